/// Something happened to a pull request.
public struct PullRequestEvent: Event {
    /// `pull_request` alone.
    public static let kinds = [EventKind.pullRequest]

    /// What every event has.
    public let envelope: EventEnvelope
    /// What happened.
    public let action: PullRequestAction
    /// The pull request.
    public let pullRequest: PullRequest

    /// Makes an event that is not stored yet.
    public init(envelope: EventEnvelope, action: PullRequestAction, pullRequest: PullRequest) {
        self.envelope = envelope
        self.action = action
        self.pullRequest = pullRequest
    }

    /// Decodes the event JSON.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: EventCodingKey.self)
        self.init(
            envelope: try EventEnvelope(from: decoder),
            action: try fields.decode(PullRequestAction.self, forKey: .action),
            pullRequest: try fields.decode(PullRequest.self, forKey: .pullRequest)
        )
    }

    /// The action's word.
    public var actionName: String? { action.rawValue }

    /// The same event as the outbox has it, under its id there.
    public func stored(as id: Int64) -> Self {
        Self(envelope: envelope.stored(as: id), action: action, pullRequest: pullRequest)
    }

    /// Writes the fields of the event JSON behind `kind`.
    public func writeFields(to json: inout JSONWriter) {
        json.event(action: action, envelope)
        json.field("pullRequest", pullRequest)
    }
}
