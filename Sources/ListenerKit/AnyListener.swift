/// A listener without its event type, as the registry keeps it and the dispatcher runs it.
public struct AnyListener: Sendable {
    /// The name in the configuration and the outbox.
    public let name: String
    /// The kinds of event that the listener takes.
    public let kinds: [EventKind]
    /// The listener's Swift type, for messages.
    public let typeName: String

    private let decodeAndHandle: @Sendable ([UInt8], (EventEnvelope) -> ListenerContext) async throws -> Void

    /// Wraps a listener.
    public init<Wrapped: Listener>(_ listener: Wrapped) {
        name = listener.name
        kinds = Wrapped.Event.kinds
        typeName = String(describing: Wrapped.self)
        decodeAndHandle = { json, context in
            let event = try Wrapped.Event.decode(json: json)
            try await listener.handle(event, context: context(event.envelope))
        }
    }

    /// Decodes the event JSON and has the listener handle it.
    ///
    /// - Throws: `DecodingError`, or what the listener throws.
    package func handle(json: [UInt8], context: (EventEnvelope) -> ListenerContext) async throws {
        try await decodeAndHandle(json, context)
    }
}
