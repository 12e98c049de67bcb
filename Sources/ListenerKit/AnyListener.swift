/// A listener without its event type, as the registry keeps it and the dispatcher runs it.
public struct AnyListener: Sendable {
    /// The name in the configuration and the outbox.
    public let name: String
    /// The kinds of event that the listener takes.
    public let kinds: [EventKind]
    /// The listener's Swift type, for messages.
    public let typeName: String

    private let handler:
        @Sendable ([UInt8], (any Event)?, (EventEnvelope) -> ListenerContext) async throws -> Void

    /// Wraps a listener.
    public init<Wrapped: Listener>(_ listener: Wrapped) {
        name = listener.name
        kinds = Wrapped.Event.kinds
        typeName = String(describing: Wrapped.self)
        handler = { json, typedEvent, context in
            let event = try Self.event(Wrapped.Event.self, json: json, typedEvent)
            try await listener.handle(event, context: context(event.envelope))
        }
    }

    /// Has the listener handle an event, which is decoded unless somebody has it already.
    ///
    /// - Parameters:
    ///   - json: The event JSON.
    ///   - typedEvent: What the JSON reads as, where somebody has it.
    ///   - context: Makes the context from the event's envelope.
    /// - Throws: `DecodingError`, or what the listener throws.
    package func handle(
        json: [UInt8],
        typedEvent: (any Event)? = nil,
        context: (EventEnvelope) -> ListenerContext
    ) async throws {
        try await handler(json, typedEvent, context)
    }

    private static func event<Wanted: Event>(
        _ type: Wanted.Type,
        json: [UInt8],
        _ typedEvent: (any Event)?
    ) throws -> Wanted {
        guard let typedEvent else { return try Wanted.decode(json: json) }
        if let event = typedEvent as? Wanted { return event }
        if let event = AnyEvent(typedEvent, json: json) as? Wanted { return event }
        // The wrong type: decoding says so.
        return try Wanted.decode(json: json)
    }
}
