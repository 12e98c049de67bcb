import Providers

extension MadeUp {
    static let deliveryHeader = "X-Made-Up-Delivery"
    static let eventHeader = "X-Made-Up-Event"

    func identify(_ request: WebhookRequest, body: JSONValue) -> DeliveryIdentity {
        DeliveryIdentity(
            deliveryId: request.headers.only(Self.deliveryHeader),
            eventName: request.headers.only(Self.eventHeader)
        )
    }
}
