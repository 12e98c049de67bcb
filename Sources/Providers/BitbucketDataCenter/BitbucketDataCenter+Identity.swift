extension BitbucketDataCenter {
    /// The header with the request's UUID.
    static let deliveryHeader = "X-Request-Id"
    /// The header with the event's key, such as `pr:opened`.
    static let eventHeader = "X-Event-Key"

    /// The request's UUID; the body names the event too, but for that of the connection test.
    package func identify(_ request: WebhookRequest, body: JSONValue) -> DeliveryIdentity {
        DeliveryIdentity(
            deliveryId: request.headers.only(Self.deliveryHeader),
            eventName: request.headers.only(Self.eventHeader) ?? body["eventKey"].text
        )
    }
}
