import Providers
import Signatures

extension MadeUp {
    static let signature = HubSignature(
        header: "X-Made-Up-Signature",
        prefix: "sha256:",
        scheme: "made-up-sha256"
    )

    func faultInHead(
        _ headers: HeaderFields,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> String? {
        Self.signature.fault(in: headers)
    }

    func authenticate(
        _ request: WebhookRequest,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> Authentication {
        Self.signature.verify(request.body, in: request.headers, secrets: secrets)
    }

    func request(for webhook: OutgoingWebhook, secret: Secret?) -> WebhookRequest {
        Self.signature.request(
            for: webhook,
            fields: [("Content-Type", "application/json"), (Self.deliveryHeader, webhook.deliveryId)],
            eventHeader: Self.eventHeader,
            secret: secret
        )
    }
}
