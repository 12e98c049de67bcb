package import Signatures

extension GitLab {
    /// The header with the plain token, the secret itself.
    static let tokenHeader = "X-Gitlab-Token"
    /// What stands in `deliveries.verified_by` before the reference of a plain token.
    static let tokenScheme = "gitlab-token"

    /// Without a signature that could be right, or, where there is none, without the right token.
    package func faultInHead(
        _ headers: HeaderFields,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> String? {
        HeadFault.reason { () throws(HeadFault) in
            try Self.proof(in: headers, secrets: secrets, policy: policy)
        }
    }

    /// By the signature if there is one, however wrong; else by the plain token.
    ///
    /// A policy that requires a signature takes no plain token, and a signing token is never taken in clear.
    package func authenticate(
        _ request: WebhookRequest,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> Authentication {
        do {
            switch try Self.proof(in: request.headers, secrets: secrets, policy: policy) {
            case .token(let secret): return .verified(by: "\(Self.tokenScheme) \(secret.reference)")
            case .signature(let claim): return claim.verify(request, tolerance: policy.tolerance)
            }
        } catch {
            return .refused(reason: error.reason)
        }
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

    /// Of a signing token what the base64 stands for.
    package func guessedByteCount(of secret: Secret) -> Int {
        let key = Self.isSigningToken(secret) ? StandardSignature.Key(secret) : nil
        return key?.guessedByteCount ?? secret.bytes.count
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

    /// What a head proves a request with.
    private enum Proof {
        /// The plain token, which is right.
        case token(Secret)
        /// A signature, which could be right.
        case signature(StandardSignature.Claim)
    }

    private static func proof(
        in headers: HeaderFields,
        secrets: [Secret],
        policy: VerificationPolicy
    ) throws(HeadFault) -> Proof {
        let header = StandardSignature.signatureHeader
        guard !headers.contains(header) else {
            let keys = secrets.filter(isSigningToken).compactMap(StandardSignature.Key.init)
            guard !keys.isEmpty else {
                throw HeadFault("a \(header) header, but the source has no signing token")
            }
            return .signature(try StandardSignature.Claim(headers, keys: keys))
        }
        guard !policy.requiresSignature else { throw HeadFault("no \(header) header") }
        return .token(try token(in: headers, of: secrets.filter { !isSigningToken($0) }))
    }

    private static func token(in headers: HeaderFields, of tokens: [Secret]) throws(HeadFault) -> Secret {
        switch headers.occurrence(of: tokenHeader) {
        case .repeated:
            throw HeadFault("more than one \(tokenHeader) header")
        case .once(let value) where !value.isEmpty:
            // What is longer than any token is not even copied.
            guard value.utf8.count <= Secret.shownByteCountMax(of: tokens),
                let match = Secret.shown(by: Array(value.utf8), of: tokens)
            else { throw HeadFault("no secret matches the \(tokenHeader) header") }
            return match
        case .none, .once:
            throw HeadFault("neither a \(StandardSignature.signatureHeader) nor a \(tokenHeader) header")
        }
    }
}
