/// A suite of checks, or CI pipeline, was asked for, changed or finished.
public struct CheckSuiteEvent: Event {
    /// `check_suite` alone.
    public static let kinds = [EventKind.checkSuite]

    /// What every event has.
    public let envelope: EventEnvelope
    /// What happened.
    public let action: CheckSuiteAction
    /// The check suite.
    public let checkSuite: CheckSuite

    /// Makes an event that is not stored yet.
    public init(envelope: EventEnvelope, action: CheckSuiteAction, checkSuite: CheckSuite) {
        self.envelope = envelope
        self.action = action
        self.checkSuite = checkSuite
    }

    /// Decodes the event JSON.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: EventCodingKey.self)
        self.init(
            envelope: try EventEnvelope(from: decoder),
            action: try fields.decode(CheckSuiteAction.self, forKey: .action),
            checkSuite: try fields.decode(CheckSuite.self, forKey: .checkSuite)
        )
    }

    /// The action's word.
    public var actionName: String? { action.rawValue }

    /// The same event as the outbox has it, under its id there.
    public func stored(as id: Int64) -> Self {
        Self(envelope: envelope.stored(as: id), action: action, checkSuite: checkSuite)
    }

    /// Writes the fields of the event JSON behind `kind`.
    public func writeFields(to json: inout JSONWriter) {
        json.event(action: action, envelope)
        json.field("checkSuite", checkSuite)
    }
}

/// All checks of one commit by one app, or one CI pipeline.
public struct CheckSuite: Codable, Hashable, JSONWritable, Sendable {
    /// The provider's id.
    public var id: String?
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
    /// The branch that was checked.
    public var headBranch: String?
    /// Its web page, put together where the provider sends none.
    public var url: String?
    /// The pull requests that the provider names.
    public var pullRequestNumbers: [Int]
    /// The app or pipeline that reports it.
    public var app: String?

    /// Makes a check suite of which only the status is known.
    public init(status: BuildStatus) {
        self.status = status
        pullRequestNumbers = []
    }

    /// Writes the check suite as the event JSON has it.
    public func write(to json: inout JSONWriter) {
        json.object {
            $0.field("id", id)
            $0.field("status", status)
            $0.field("conclusion", conclusion)
            $0.field("rawStatus", rawStatus)
            $0.field("rawConclusion", rawConclusion)
            $0.field("headSha", headSha)
            $0.field("headBranch", headBranch)
            $0.field("url", url)
            $0.field("pullRequestNumbers", pullRequestNumbers)
            $0.field("app", app)
        }
    }
}

/// What happened to a check suite.
public struct CheckSuiteAction: OpenEnum {
    /// The word in the event JSON.
    public let rawValue: String

    /// Wraps any word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It was asked for.
    public static let requested = Self(rawValue: "requested")
    /// Its status changed, short of the end.
    public static let updated = Self(rawValue: "updated")
    /// It ended.
    public static let completed = Self(rawValue: "completed")
    /// Somebody asked for it to run again.
    public static let rerequested = Self(rawValue: "rerequested")

    /// The four actions of the model.
    public static let known: [Self] = [requested, updated, completed, rerequested]
}
