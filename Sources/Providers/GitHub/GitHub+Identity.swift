extension GitHub {
    /// The header with the delivery's GUID.
    static let deliveryHeader = "X-GitHub-Delivery"
    /// The header with the event's name.
    static let eventHeader = "X-GitHub-Event"

    /// The delivery's GUID, which a redelivery keeps; the body names neither it nor the event.
    package func identify(_ request: WebhookRequest, body: JSONValue) -> DeliveryIdentity {
        DeliveryIdentity(
            deliveryId: request.headers.only(Self.deliveryHeader),
            eventName: request.headers.only(Self.eventHeader)
        )
    }
}
