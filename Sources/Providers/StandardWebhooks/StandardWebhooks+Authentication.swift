package import Signatures

extension StandardWebhooks {
    /// Without id, time and a signature that one of the keys could have made.
    package func faultInHead(
        _ headers: HeaderFields,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> String? {
        HeadFault.reason { () throws(HeadFault) in try Self.claim(headers, secrets) }
    }

    /// A secret that `fault` refuses matches nothing.
    package func authenticate(
        _ request: WebhookRequest,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> Authentication {
        do {
            return try Self.claim(request.headers, secrets).verify(request, tolerance: policy.tolerance)
        } catch {
            return .refused(reason: error.reason)
        }
    }

    private static func claim(
        _ headers: HeaderFields,
        _ secrets: [Secret]
    ) throws(HeadFault) -> StandardSignature.Claim {
        try StandardSignature.Claim(headers, keys: secrets.compactMap { StandardSignature.Key($0) })
    }

    /// Keys of any length are taken: the specification's 24 to 64 bytes bind those who make them.
    package func fault(in secret: Secret, policy: VerificationPolicy) -> String? {
        guard StandardSignature.Key(secret) == nil else { return nil }
        if secret.bytes.starts(with: StandardSignature.privatePrefix.utf8) {
            return "is a private key (whsk_…), which is the sender's alone: use its public key (whpk_…)"
        }
        if secret.bytes.starts(with: StandardSignature.publicPrefix.utf8) {
            return "is no Ed25519 public key: expected whpk_ and the base64 of its 32 bytes"
        }
        return "is no Standard Webhooks key: expected whsec_ and base64, base64 alone, or whpk_ and base64"
    }

    /// Of a key what the base64 stands for.
    package func guessedByteCount(of secret: Secret) -> Int {
        StandardSignature.Key(secret)?.guessedByteCount ?? secret.bytes.count
    }

    /// A delivery of JSON; unsigned ones have an id and a time all the same.
    package func request(
        for webhook: OutgoingWebhook,
        secret: Secret?
    ) throws(SigningError) -> WebhookRequest {
        var fields: [(name: String, value: String)] = [
            ("Content-Type", "application/json"),
            ("User-Agent", "forgewire"),
        ]
        fields += try StandardSignature.fields(for: webhook, secret: secret)
        return WebhookRequest(headers: HeaderFields(fields), body: webhook.body, receivedAt: webhook.sentAt)
    }
}
