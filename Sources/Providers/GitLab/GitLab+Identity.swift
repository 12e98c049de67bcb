extension GitLab {
    /// The header with the key that retries and resends of one event to one hook keep.
    static let keyHeader = "Idempotency-Key"
    /// The header with the event's name.
    static let eventHeader = "X-Gitlab-Event"
    /// The header with the id of a chain of events, which several deliveries share.
    static let chainHeader = "X-Gitlab-Event-UUID"
    /// The header with the signed id, which is the key again.
    static let signedIdHeader = "webhook-id"

    /// The key, or what older servers have instead of it; a chain's id is none without the body's digest.
    ///
    /// `X-Gitlab-Webhook-UUID` is new with every request, so it says nothing.
    package func identify(_ request: WebhookRequest, body: JSONValue) -> DeliveryIdentity {
        let headers = request.headers
        let key = headers.only(Self.keyHeader) ?? headers.only(Self.signedIdHeader)
        return DeliveryIdentity(
            deliveryId: key ?? chainedId(request),
            eventName: headers.only(Self.eventHeader) ?? Self.kind(of: body)
        )
    }

    private func chainedId(_ request: WebhookRequest) -> String? {
        request.headers.only(Self.chainHeader).map { "\($0):\(DeliveryIdentity.digest(of: request.body))" }
    }
}
