import Providers
import Signatures

extension MadeUp {
    static let signature = HubSignature(
        header: "X-Made-Up-Signature",
        prefix: "sha256:",
        scheme: "made-up-sha256"
    )

    func authenticate(
        _ request: WebhookRequest,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> Authentication {
        Self.signature.verify(request.body, in: request.headers, secrets: secrets)
    }

    func request(for webhook: OutgoingWebhook, secret: Secret?) -> WebhookRequest {
        var fields = [("Content-Type", "application/json"), (Self.deliveryHeader, webhook.deliveryId)]
        if let eventName = webhook.eventName { fields.append((Self.eventHeader, eventName)) }
        if let secret {
            fields.append((Self.signature.header, Self.signature.value(for: webhook.body, secret: secret)))
        }
        return WebhookRequest(
            headers: HeaderFields(fields.map { (name: $0, value: $1) }),
            body: webhook.body,
            receivedAt: webhook.sentAt
        )
    }
}
