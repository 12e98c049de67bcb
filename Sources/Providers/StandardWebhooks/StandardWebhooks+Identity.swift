extension StandardWebhooks {
    /// The id is in a header, and the same for every attempt; the specification has the event's name in the
    /// body.
    package func identify(_ request: WebhookRequest, body: JSONValue) -> DeliveryIdentity {
        DeliveryIdentity(
            deliveryId: request.headers.only(StandardSignature.idHeader),
            eventName: body["type"].text
        )
    }
}
