/// An authentic delivery with the events made from it, ready for the outbox.
package struct Delivery: Sendable {
    /// The configured source.
    package var source: String
    /// The provider's name.
    package var provider: String
    /// The provider's own id; the key of deduplication within the source.
    package var deliveryId: String
    /// The provider's own name of the event; nil where neither header nor body says.
    package var eventName: String?
    /// When the request was complete.
    package var receivedAt: Timestamp
    /// The allow-listed request headers, as a JSON object.
    package var headers: String
    /// The scheme and the secret reference that proved it authentic.
    package var verifiedBy: String
    /// The body exactly as received.
    package var payload: [UInt8]
    /// Why it could not be read or typed; nil when it could.
    package var problem: String?
    /// At least one event, in the order of their ordinals.
    package var events: [any Event]

    package init(
        source: String,
        provider: String,
        deliveryId: String,
        eventName: String?,
        receivedAt: Timestamp,
        headers: String,
        verifiedBy: String,
        payload: [UInt8],
        problem: String?,
        events: [any Event]
    ) {
        self.source = source
        self.provider = provider
        self.deliveryId = deliveryId
        self.eventName = eventName
        self.receivedAt = receivedAt
        self.headers = headers
        self.verifiedBy = verifiedBy
        self.payload = payload
        self.problem = problem
        self.events = events
    }
}

/// What the outbox did with a delivery, once that is on disk.
package struct DeliveryReceipt: Hashable, Sendable {
    /// The outbox's id of the delivery.
    package var delivery: Int64
    /// The ids of its events, in the order of their ordinals.
    package var events: [Int64]
    /// Whether the same delivery id was there before; then nothing was written.
    package var isDuplicate: Bool

    package init(delivery: Int64, events: [Int64], isDuplicate: Bool) {
        self.delivery = delivery
        self.events = events
        self.isDuplicate = isDuplicate
    }
}
