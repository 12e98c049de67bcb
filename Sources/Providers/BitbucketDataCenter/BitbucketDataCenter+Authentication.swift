package import Signatures

extension BitbucketDataCenter {
    /// SHA-256 under the name that others give to a SHA-1 header; the prefix tells them apart.
    static let signature = HubSignature(header: "X-Hub-Signature", prefix: "sha256=", scheme: "hub-sha256")

    /// Without exactly one signature that could be right.
    package func faultInHead(
        _ headers: HeaderFields,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> String? {
        Self.signature.fault(in: headers)
    }

    /// Bitbucket signs the body as it is sent.
    ///
    /// The user and password that a hook can send besides prove nothing about the body, and are not looked
    /// at.
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
                ("Content-Type", "application/json; charset=utf-8"),
                ("User-Agent", "Atlassian HttpClient / forgewire"),
                (Self.deliveryHeader, webhook.deliveryId),
            ],
            eventHeader: Self.eventHeader,
            secret: secret
        )
    }
}
