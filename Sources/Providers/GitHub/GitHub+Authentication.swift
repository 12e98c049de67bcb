package import Signatures

extension GitHub {
    /// SHA-256 alone: the SHA-1 header that goes with it is legacy and is never looked at.
    static let signature = HubSignature(
        header: "X-Hub-Signature-256",
        prefix: "sha256=",
        scheme: "hub-sha256"
    )

    /// Without exactly one signature that could be right.
    package func faultInHead(
        _ headers: HeaderFields,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> String? {
        Self.signature.fault(in: headers)
    }

    /// GitHub signs the body as it is sent, a form too.
    package func authenticate(
        _ request: WebhookRequest,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> Authentication {
        Self.signature.verify(request.body, in: request.headers, secrets: secrets)
    }

    /// A delivery of JSON; unsigned ones carry no signature header at all.
    package func request(for webhook: OutgoingWebhook, secret: Secret?) -> WebhookRequest {
        Self.signature.request(
            for: webhook,
            fields: [
                ("Content-Type", "application/json"),
                ("User-Agent", "GitHub-Hookshot/forgewire"),
                (Self.deliveryHeader, webhook.deliveryId),
            ],
            eventHeader: Self.eventHeader,
            secret: secret
        )
    }
}
