extension AzureDevOps {
    /// The member of the body with the id of the subscription that sent it.
    static let subscriptionMember = "subscriptionId"

    /// One event sent to two subscriptions is two deliveries; a notification that is sent again keeps both
    /// ids.
    package func identify(_ request: WebhookRequest, body: JSONValue) -> DeliveryIdentity {
        let notification = body["notificationId"]
        let notificationId = notification.int64.map(String.init) ?? notification.text
        var deliveryId: String?
        if let subscriptionId = body[Self.subscriptionMember].text, let notificationId {
            deliveryId = "\(subscriptionId):\(notificationId)"
        }
        return DeliveryIdentity(deliveryId: deliveryId, eventName: body["eventType"].text)
    }
}
