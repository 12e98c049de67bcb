/// An event without a neutral type: its content is in the payload, which `ListenerContext` gives.
public struct UnknownEvent: Event {
    /// `unknown` alone.
    public static let kinds = [EventKind.unknown]

    /// What every event has.
    public let envelope: EventEnvelope
    /// The body's own action, if it has one.
    public let action: String?

    /// Makes an event that is not stored yet.
    public init(envelope: EventEnvelope, action: String?) {
        self.envelope = envelope
        self.action = action
    }

    /// Decodes the event JSON.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: EventCodingKey.self)
        self.init(
            envelope: try EventEnvelope(from: decoder),
            action: try fields.decodeIfPresent(String.self, forKey: .action)
        )
    }

    /// The action's word.
    public var actionName: String? { action }

    /// The same event as the outbox has it, under its id there.
    public func stored(as id: Int64) -> Self {
        Self(envelope: envelope.stored(as: id), action: action)
    }

    /// Writes the fields of the event JSON behind `kind`.
    public func writeFields(to json: inout JSONWriter) {
        json.event(action: action, envelope)
    }
}
