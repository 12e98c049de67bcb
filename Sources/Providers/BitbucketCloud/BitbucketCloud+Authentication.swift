package import Signatures

extension BitbucketCloud {
    /// SHA-256 under the name that others give to a SHA-1 header; the prefix tells them apart.
    static let signature = HubSignature(header: "X-Hub-Signature", prefix: "sha256=", scheme: "hub-sha256")

    /// The hook that `request` names: none of a real repository.
    private static let hookUUID = "7f3f2c1a-0000-4000-8000-000000000001"

    /// Without exactly one signature that could be right.
    package func faultInHead(
        _ headers: HeaderFields,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> String? {
        Self.signature.fault(in: headers)
    }

    /// Bitbucket signs the body as it is sent.
    package func authenticate(
        _ request: WebhookRequest,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> Authentication {
        Self.signature.verify(request.body, in: request.headers, secrets: secrets)
    }

    /// A first attempt; unsigned ones carry no signature header at all.
    package func request(for webhook: OutgoingWebhook, secret: Secret?) -> WebhookRequest {
        Self.signature.request(
            for: webhook,
            fields: [
                ("Content-Type", "application/json"),
                ("User-Agent", "Bitbucket-Webhooks/forgewire"),
                ("X-Hook-UUID", Self.hookUUID),
                (Self.deliveryHeader, webhook.deliveryId),
                ("X-Attempt-Number", "1"),
            ],
            eventHeader: Self.eventHeader,
            secret: secret
        )
    }
}
