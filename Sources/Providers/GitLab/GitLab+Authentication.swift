package import Signatures

extension GitLab {
    /// The header with the plain token, the secret itself.
    static let tokenHeader = "X-Gitlab-Token"
    /// What stands in `deliveries.verified_by` before the reference of a plain token.
    static let tokenScheme = "gitlab-token"

    /// By the signature if there is one, however wrong; else by the plain token.
    ///
    /// A policy that requires a signature takes no plain token, and a signing token is never taken in clear.
    package func authenticate(
        _ request: WebhookRequest,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> Authentication {
        let header = StandardSignature.signatureHeader
        guard request.headers.values(header).isEmpty else {
            let keys = secrets.filter(Self.isSigningToken).compactMap(StandardSignature.Key.init)
            guard !keys.isEmpty else {
                return .refused(reason: "a \(header) header, but the source has no signing token")
            }
            return StandardSignature.verify(request, keys: keys, tolerance: policy.tolerance)
        }
        guard !policy.requiresSignature else { return .refused(reason: "no \(header) header") }
        return verifyToken(request, tokens: secrets.filter { !Self.isSigningToken($0) })
    }

    /// A signing token must be base64; a plain token is of no use where the policy wants a signature.
    package func fault(in secret: Secret, policy: VerificationPolicy) -> String? {
        if Self.isSigningToken(secret) {
            return StandardSignature.Key(secret) == nil
                ? "begins with whsec_, but is no signing token: expected base64 behind it" : nil
        }
        return policy.requiresSignature
            ? "is a plain token, which proves nothing where a signature is required" : nil
    }

    /// A delivery of JSON: with a signing token signed, with a plain token that shows it.
    package func request(
        for webhook: OutgoingWebhook,
        secret: Secret?
    ) throws(SigningError) -> WebhookRequest {
        var fields: [(name: String, value: String)] = [
            ("Content-Type", "application/json"),
            ("User-Agent", "GitLab/forgewire"),
            (Self.keyHeader, webhook.deliveryId),
            (Self.chainHeader, webhook.deliveryId),
        ]
        if let eventName = webhook.eventName { fields.append((Self.eventHeader, eventName)) }
        if let secret, Self.isSigningToken(secret) {
            fields += try StandardSignature.fields(for: webhook, secret: secret)
        } else if let secret {
            fields.append((Self.tokenHeader, String(decoding: secret.bytes, as: UTF8.self)))
        }
        return WebhookRequest(headers: HeaderFields(fields), body: webhook.body, receivedAt: webhook.sentAt)
    }

    private static func isSigningToken(_ secret: Secret) -> Bool {
        secret.bytes.starts(with: StandardSignature.sharedPrefix.utf8)
    }

    private func verifyToken(_ request: WebhookRequest, tokens: [Secret]) -> Authentication {
        let values = request.headers.values(Self.tokenHeader)
        guard let value = values.first, !value.isEmpty else {
            return .refused(reason: "neither a webhook-signature nor a \(Self.tokenHeader) header")
        }
        guard values.count == 1 else { return .refused(reason: "more than one \(Self.tokenHeader) header") }
        var match: Secret?
        // No early exit: the time must not tell which token matched, or how many there are to go.
        for token in tokens where token.isEqual(to: Array(value.utf8)) { match = token }
        guard let match else { return .refused(reason: "no secret matches the \(Self.tokenHeader) header") }
        return .verified(by: "\(Self.tokenScheme) \(match.reference)")
    }
}
