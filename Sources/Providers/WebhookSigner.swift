package import Events
package import Signatures

/// Signs what the daemon itself sends, the way of Standard Webhooks 1.0.0.
///
/// Each secret gives a signature of its own, so that a receiver can change its secret while both are in
/// force. A secret is `whsec_` and base64, or its bytes as they are.
package struct WebhookSigner: Sendable {
    private let keys: [[UInt8]]

    /// Makes a signer of the secrets that can sign, see `fault(in:)`.
    ///
    /// Without any, what it signs carries an id and a time alone.
    package init(usable secrets: [Secret]) {
        keys = secrets.compactMap { try? Self.key($0) }  // what is wrong is told by `fault(in:)`
    }

    /// Why a secret cannot sign; nil if it can.
    package static func fault(in secret: Secret) -> String? {
        do {
            _ = try key(secret)
            return nil
        } catch {
            return error.description
        }
    }

    /// How many bytes of a secret have to be guessed by whoever does not know it.
    package static func guessedByteCount(of secret: Secret) -> Int {
        let key = try? key(secret)  // what is wrong is told by `fault(in:)`
        return key?.count ?? secret.bytes.count
    }

    /// The header fields of a request.
    ///
    /// - Parameters:
    ///   - id: The `webhook-id`: the same for every attempt, without a dot.
    ///   - sentAt: The time of this attempt; receivers refuse one that is too far from their own.
    ///   - body: The exact bytes of the request's body.
    /// - Returns: `webhook-id`, `webhook-timestamp` and, with a secret, `webhook-signature`.
    package func fields(id: String, sentAt: Timestamp, body: [UInt8]) -> [(name: String, value: String)] {
        let timestamp = String(sentAt.milliseconds / 1000)
        var fields = [
            (name: StandardSignature.idHeader, value: id), (StandardSignature.timestampHeader, timestamp),
        ]
        guard !keys.isEmpty else { return fields }
        let message = StandardSignature.SignedMessage(id: id, timestamp: timestamp, body: body)
        let signatures = keys.map { "v1," + Base64.encode(message.code(key: $0)) }
        fields.append((StandardSignature.signatureHeader, signatures.joined(separator: " ")))
        return fields
    }

    private static func key(_ secret: Secret) throws(SigningError) -> [UInt8] {
        guard !secret.bytes.starts(with: StandardSignature.publicPrefix.utf8) else {
            throw SigningError("\(secret.reference) holds a whpk_… public key, which cannot sign")
        }
        guard let text = String(validating: secret.bytes, as: UTF8.self),
            text.hasPrefix(StandardSignature.sharedPrefix)
        else { return secret.bytes }
        let digits = text.dropFirst(StandardSignature.sharedPrefix.count)
        guard let key = Base64.decode(digits), !key.isEmpty else {
            throw SigningError("\(secret.reference) begins with whsec_, but no base64 follows")
        }
        return key
    }
}
