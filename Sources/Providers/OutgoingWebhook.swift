package import Events

/// A delivery to be sent the way a provider sends one.
package struct OutgoingWebhook: Sendable {
    /// The provider's own name of the event; nil leaves its header out.
    package var eventName: String?
    /// The provider's own id of the delivery.
    package var deliveryId: String
    /// The JSON to send.
    package var body: [UInt8]
    /// Whether the body goes out byte for byte; else a provider whose bodies hold the delivery id puts
    /// `deliveryId` there.
    package var keepsBody: Bool
    /// The time that signatures with a timestamp carry.
    package var sentAt: Timestamp

    package init(
        eventName: String?,
        deliveryId: String,
        body: [UInt8],
        keepsBody: Bool = true,
        sentAt: Timestamp
    ) {
        self.eventName = eventName
        self.deliveryId = deliveryId
        self.body = body
        self.keepsBody = keepsBody
        self.sentAt = sentAt
    }
}
