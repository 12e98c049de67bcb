public import Tracing

/// What a listener may want to know beyond the event.
public struct ListenerContext: Sendable {
    /// The event's id, the same on every attempt: the idempotency key.
    public let eventId: Int64
    /// Which attempt this is, from 1.
    public let attempt: Int
    /// When the attempt is cancelled.
    public let deadline: Timestamp
    /// The span of this attempt.
    public let span: any Span
    /// The repository that received the event.
    public let repository: Repository?
    /// Who did it.
    public let actor: User?

    private let makeLogger: @Sendable () -> Logger
    private let readPayload: @Sendable () async throws -> [UInt8]

    /// A logger that names the event, the listener and the attempt.
    public var logger: Logger { makeLogger() }

    /// Makes a context; in tests of a listener, `payload` can be a literal.
    ///
    /// The logger is made when it is asked for: most attempts log nothing.
    public init(
        eventId: Int64,
        attempt: Int,
        deadline: Timestamp,
        logger: @autoclosure @escaping @Sendable () -> Logger,
        span: any Span,
        repository: Repository?,
        actor: User?,
        payload: @escaping @Sendable () async throws -> [UInt8]
    ) {
        self.eventId = eventId
        self.attempt = attempt
        self.deadline = deadline
        makeLogger = logger
        self.span = span
        self.repository = repository
        self.actor = actor
        readPayload = payload
    }

    /// The exact bytes that the provider sent, read from the outbox when asked for.
    ///
    /// - Throws: An error if the outbox cannot be read.
    public func payload() async throws -> [UInt8] { try await readPayload() }
}
