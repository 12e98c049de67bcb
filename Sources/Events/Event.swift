/// A typed, provider-neutral event: what a listener gets.
///
/// Fields are only ever added. What the provider did not say is nil.
public protocol Event: Decodable, Sendable {
    /// The kinds that this type holds; a listener for the type gets these.
    static var kinds: [EventKind] { get }

    /// What every event has, whatever its kind.
    var envelope: EventEnvelope { get }

    /// The action's word, if the event has one.
    var actionName: String? { get }

    /// The event JSON, as it is stored and as commands and HTTP endpoints get it.
    var json: String { get }

    /// Reads the event JSON.
    ///
    /// - Throws: `DecodingError` if the text is not an event of this type.
    static func decode(json: [UInt8]) throws -> Self

    /// The same event as the outbox has it, under its id there: what `decode(json:)` makes of its text.
    func stored(as id: Int64) -> Self

    /// Writes `action` and the fields of this kind, after those of the envelope.
    func writeFields(to json: inout JSONWriter)
}

/// The fields that stand in every event.
public struct EventEnvelope: Codable, Hashable, Sendable {
    /// The event's id in the outbox, the idempotency key for listeners; 0 until it is stored.
    public var id: Int64
    /// The version of the event's shape.
    public var schema: Int
    /// What the event is about.
    public var kind: EventKind
    /// The provider's name, such as `github`.
    public var provider: String
    /// The configured source that received the delivery.
    public var source: String
    /// What the event belongs to, such as `pull_request/2`; events with the same subject are kept in order.
    public var subject: String?
    /// The provider's own id of the delivery.
    public var deliveryId: String
    /// When the request was complete.
    public var receivedAt: Timestamp
    /// When it happened, as the provider says.
    public var occurredAt: Timestamp?
    /// The repository that received the event.
    public var repository: Repository?
    /// Who did it.
    public var actor: User?

    /// The schema that this version writes.
    public static let currentSchema = 1

    /// Makes the envelope of an event that is not stored yet.
    public init(
        kind: EventKind,
        provider: String,
        source: String,
        subject: String?,
        deliveryId: String,
        receivedAt: Timestamp,
        occurredAt: Timestamp?,
        repository: Repository?,
        actor: User?
    ) {
        id = 0
        schema = Self.currentSchema
        self.kind = kind
        self.provider = provider
        self.source = source
        self.subject = subject
        self.deliveryId = deliveryId
        self.receivedAt = receivedAt
        self.occurredAt = occurredAt
        self.repository = repository
        self.actor = actor
    }

    /// The same envelope with the event's id in the outbox.
    func stored(as id: Int64) -> EventEnvelope {
        var envelope = self
        envelope.id = id
        return envelope
    }
}

extension Event {
    /// The event's id in the outbox: the same on every attempt, so the idempotency key; 0 until it is stored.
    public var id: Int64 { envelope.id }
    /// What the event is about.
    public var kind: EventKind { envelope.kind }
    /// The provider's name, such as `github`.
    public var provider: String { envelope.provider }
    /// The configured source that received the delivery.
    public var source: String { envelope.source }
    /// What the event belongs to, such as `pull_request/2`.
    public var subject: String? { envelope.subject }
    /// The provider's own id of the delivery.
    public var deliveryId: String { envelope.deliveryId }
    /// When the request was complete.
    public var receivedAt: Timestamp { envelope.receivedAt }
    /// When it happened, as the provider says.
    public var occurredAt: Timestamp? { envelope.occurredAt }
    /// The repository that received the event.
    public var repository: Repository? { envelope.repository }
    /// Who did it.
    public var actor: User? { envelope.actor }
}
