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

    /// Why no body can be the one that was signed: no signature, several, or what is none.
    package func fault(in headers: HeaderFields) -> String? {
        HeadFault.reason { () throws(HeadFault) in try signature(in: headers) }
    }

    /// Whether one of the secrets signed the message.
    package func verify(_ message: [UInt8], in headers: HeaderFields, secrets: [Secret]) -> Authentication {
        verify(in: headers, secrets: secrets) { key in HMACSHA256.code(of: message, key: key) }
    }

    /// Whether one of the secrets signed a message, whose code under a key is computed where the header could
    /// hold it.
    func verify(
        in headers: HeaderFields,
        secrets: [Secret],
        code: (_ key: [UInt8]) -> [UInt8]
    ) -> Authentication {
        let signature: [UInt8]
        do {
            signature = try self.signature(in: headers)
        } catch {
            return .refused(reason: error.reason)
        }
        var match: Secret?
        // No early exit: the time must not tell which secret matched, or how many there are to go.
        for secret in secrets where ConstantTime.isEqual(code(secret.bytes), signature) { match = secret }
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

    private func signature(in headers: HeaderFields) throws(HeadFault) -> [UInt8] {
        switch headers.occurrence(of: header) {
        case .none: throw HeadFault("no \(header) header")
        case .repeated: throw HeadFault("more than one \(header) header")
        case .once(let value):
            guard let signature = decode(value) else { throw HeadFault("malformed \(header) header") }
            return signature
        }
    }

    /// Nil for what is too long or short, without looking at more of it.
    private func decode(_ value: String) -> [UInt8]? {
        guard value.utf8.count == prefix.utf8.count + 2 * HMACSHA256.byteCount else { return nil }
        return value.withoutPrefix(prefix).flatMap(Hexadecimal.decode)
    }
}
