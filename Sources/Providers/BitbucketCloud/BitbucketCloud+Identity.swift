extension BitbucketCloud {
    /// The header with the request's UUID.
    static let deliveryHeader = "X-Request-UUID"
    /// The header with the event's key, such as `pullrequest:created`.
    static let eventHeader = "X-Event-Key"

    /// The request's UUID; the body names neither it nor the event.
    package func identify(_ request: WebhookRequest, body: JSONValue) -> DeliveryIdentity {
        DeliveryIdentity(
            deliveryId: request.headers.only(Self.deliveryHeader),
            eventName: request.headers.only(Self.eventHeader)
        )
    }
}
