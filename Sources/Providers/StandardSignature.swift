import Events
import Signatures

/// The way of signing of Standard Webhooks 1.0.0: the delivery's id, the time and the body are signed
/// together, and a delivery may carry several signatures.
enum StandardSignature {
    /// The header with the delivery's id, the same for every attempt.
    static let idHeader = "webhook-id"
    /// The header with the seconds since 1970 at which this attempt was signed.
    static let timestampHeader = "webhook-timestamp"
    /// The header with the signatures: `<version>,<base64>`, with single spaces between them.
    static let signatureHeader = "webhook-signature"

    /// The header fields with which a sender signs a body; without a secret those that need none.
    ///
    /// - Throws: `SigningError` if the secret is no HMAC key.
    static func fields(
        for webhook: OutgoingWebhook,
        secret: Secret?
    ) throws(SigningError) -> [(name: String, value: String)] {
        let timestamp = String(webhook.sentAt.milliseconds / 1000)
        var fields = [(name: idHeader, value: webhook.deliveryId), (timestampHeader, timestamp)]
        guard let secret else { return fields }
        let message = SignedMessage(id: webhook.deliveryId, timestamp: timestamp, body: webhook.body)
        switch Key(secret)?.material {
        case .shared(let key):
            fields.append((signatureHeader, "v1," + Base64.encode(message.code(key: key))))
        case .verifying:
            throw SigningError("\(secret.reference) holds a whpk_… public key, which cannot sign")
        case nil:
            throw SigningError("\(secret.reference) holds no key: expected whsec_ and base64")
        }
        return fields
    }

    /// The bytes between the parts of what is signed.
    private static let separator = [UInt8(ascii: ".")]

    /// What is signed: `<id>.<timestamp>.<body>`, each exactly as received.
    struct SignedMessage {
        private let prefix: [UInt8]
        private let body: [UInt8]

        init(id: String, timestamp: String, body: [UInt8]) {
            prefix = Array(id.utf8) + separator + Array(timestamp.utf8) + separator
            self.body = body
        }

        /// A copy of all of it.
        var bytes: [UInt8] { prefix + body }

        func code(key: [UInt8]) -> [UInt8] {
            var computation = HMACSHA256(key: key)
            computation.update(prefix)
            computation.update(body)
            return computation.finish()
        }
    }
}
