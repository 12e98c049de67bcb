/// A check run, commit status or CI job was made, changed or finished.
public struct CheckRunEvent: Event {
    /// `check_run` alone.
    public static let kinds = [EventKind.checkRun]

    /// What every event has.
    public let envelope: EventEnvelope
    /// What happened.
    public let action: CheckRunAction
    /// The check run.
    public let checkRun: CheckRun

    /// Makes an event that is not stored yet.
    public init(envelope: EventEnvelope, action: CheckRunAction, checkRun: CheckRun) {
        self.envelope = envelope
        self.action = action
        self.checkRun = checkRun
    }

    /// Decodes the event JSON.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: EventCodingKey.self)
        self.init(
            envelope: try EventEnvelope(from: decoder),
            action: try fields.decode(CheckRunAction.self, forKey: .action),
            checkRun: try fields.decode(CheckRun.self, forKey: .checkRun)
        )
    }

    /// The action's word.
    public var actionName: String? { action.rawValue }

    /// The same event as the outbox has it, under its id there.
    public func stored(as id: Int64) -> Self {
        Self(envelope: envelope.stored(as: id), action: action, checkRun: checkRun)
    }

    /// Writes the fields of the event JSON behind `kind`.
    public func writeFields(to json: inout JSONWriter) {
        json.event(action: action, envelope)
        json.field("checkRun", checkRun)
    }
}

/// One check of one commit.
public struct CheckRun: Codable, Hashable, JSONWritable, Sendable {
    /// The provider's id; nil where checks have none.
    public var id: String?
    /// Its name.
    public var name: String?
    /// The reporting system's own id.
    public var externalId: String?
    /// How far it has come.
    public var status: BuildStatus
    /// How it ended; nil before the end.
    public var conclusion: BuildConclusion?
    /// The provider's word for the status.
    public var rawStatus: String?
    /// The provider's word for the conclusion.
    public var rawConclusion: String?
    /// The commit that was checked.
    public var headSha: String?
    /// Its web page.
    public var url: String?
    /// The suite that it belongs to.
    public var checkSuiteId: String?
    /// The pull requests that the provider names; GitHub names none from forks.
    public var pullRequestNumbers: [Int]
    /// When it began.
    public var startedAt: Timestamp?
    /// When it ended.
    public var completedAt: Timestamp?
    /// The app or context that reports it.
    public var app: String?
    /// The button that was pressed, for `requested_action`.
    public var requestedActionId: String?

    /// Makes a check run of which only the status is known.
    public init(status: BuildStatus) {
        self.status = status
        pullRequestNumbers = []
    }

    /// Writes the check run as the event JSON has it.
    public func write(to json: inout JSONWriter) {
        json.object {
            $0.field("id", id)
            $0.field("name", name)
            $0.field("externalId", externalId)
            $0.field("status", status)
            $0.field("conclusion", conclusion)
            $0.field("rawStatus", rawStatus)
            $0.field("rawConclusion", rawConclusion)
            $0.field("headSha", headSha)
            $0.field("url", url)
            $0.field("checkSuiteId", checkSuiteId)
            $0.field("pullRequestNumbers", pullRequestNumbers)
            $0.field("startedAt", startedAt)
            $0.field("completedAt", completedAt)
            $0.field("app", app)
            $0.detail("requestedActionId", requestedActionId)
        }
    }
}

/// What happened to a check run.
public struct CheckRunAction: OpenEnum {
    /// The word in the event JSON.
    public let rawValue: String

    /// Wraps any word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It was made.
    public static let created = Self(rawValue: "created")
    /// Its status changed, short of the end.
    public static let updated = Self(rawValue: "updated")
    /// It ended.
    public static let completed = Self(rawValue: "completed")
    /// Somebody pressed one of its buttons.
    public static let requestedAction = Self(rawValue: "requested_action")
    /// Somebody asked for it to run again.
    public static let rerequested = Self(rawValue: "rerequested")

    /// The five actions of the model.
    public static let known: [Self] = [created, updated, completed, requestedAction, rerequested]
}
