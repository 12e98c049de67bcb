package import Signatures

/// The way of signing that GitHub began: a header with the HMAC-SHA256 of the body in hexadecimal digits.
package struct HubSignature: Sendable {
    /// The header that holds it.
    package let header: String
    /// What stands before the digits; compared with case.
    package let prefix: String
    /// The scheme's name in `deliveries.verified_by`.
    package let scheme: String

    package init(header: String, prefix: String, scheme: String) {
        self.header = header
        self.prefix = prefix
        self.scheme = scheme
    }

    /// Whether one of the secrets signed the message.
    package func verify(_ message: [UInt8], in headers: HeaderFields, secrets: [Secret]) -> Authentication {
        let values = headers.values(header)
        guard let value = values.first else { return .refused(reason: "no \(header) header") }
        guard values.count == 1 else { return .refused(reason: "more than one \(header) header") }
        guard let signature = decode(value) else { return .refused(reason: "malformed \(header) header") }
        var match: Secret?
        // No early exit: the time must not tell which secret matched, or how many there are to go.
        for secret in secrets {
            let code = HMACSHA256.code(of: message, key: secret.bytes)
            if ConstantTime.isEqual(code, signature) { match = secret }
        }
        guard let match else { return .refused(reason: "no secret matches the \(header) header") }
        return .verified(by: "\(scheme) \(match.reference)")
    }

    /// The header's value for a message.
    package func value(for message: [UInt8], secret: Secret) -> String {
        prefix + Hexadecimal.encode(HMACSHA256.code(of: message, key: secret.bytes))
    }

    /// A request with the fields of a provider, and the signature of the body unless there is no secret.
    package func request(
        for webhook: OutgoingWebhook,
        fields: [(name: String, value: String)],
        eventHeader: String,
        secret: Secret?
    ) -> WebhookRequest {
        var fields = fields
        if let eventName = webhook.eventName { fields.append((eventHeader, eventName)) }
        if let secret { fields.append((header, value(for: webhook.body, secret: secret))) }
        return WebhookRequest(headers: HeaderFields(fields), body: webhook.body, receivedAt: webhook.sentAt)
    }

    private func decode(_ value: String) -> [UInt8]? {
        guard value.utf8.count == prefix.utf8.count + 2 * HMACSHA256.byteCount else { return nil }
        return value.withoutPrefix(prefix).flatMap(Hexadecimal.decode)
    }
}
