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

    /// How many signatures of one request are looked at: two keys of a rotation, each with two versions, make
    /// four.
    static let signatureCountMax = 16
    /// How many digits a timestamp may have; eleven last until the year 5138.
    static let timestampDigitCountMax = 12

    /// How many digits a sender's timestamp has at least: nine were enough until 2001.
    static let timestampDigitCountMin = 9

    private static let separator = [UInt8(ascii: ".")]

    /// Whether one of the keys signed the request, and not too long before or after it was received.
    ///
    /// - Parameters:
    ///   - request: What was received; `receivedAt` is the clock.
    ///   - keys: The keys in force. Each is tried, whichever matches.
    ///   - tolerance: How far the timestamp may be off, in both directions, counted in whole seconds.
    /// - Returns: What proved it authentic, or why nothing did.
    static func verify(_ request: WebhookRequest, keys: [Key], tolerance: Duration) -> Authentication {
        for header in [idHeader, timestampHeader, signatureHeader] {
            let values = request.headers.values(header)
            guard let value = values.first, !value.isEmpty else {
                return .refused(reason: "no \(header) header")
            }
            guard values.count == 1 else { return .refused(reason: "more than one \(header) header") }
        }
        guard let message = SignedMessage(request), let signatures = request.headers.only(signatureHeader)
        else { return .refused(reason: "malformed \(idHeader) or \(timestampHeader) header") }
        let now = request.receivedAt.milliseconds / 1000
        guard abs(now - message.seconds) <= tolerance.components.seconds else {
            return .refused(reason: "the \(timestampHeader) is outside the tolerance")
        }
        return verify(message, Entry.list(signatures), keys: keys)
    }

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

    /// No early exit: the time must not tell which secret matched, or how many there are to go.
    private static func verify(_ message: SignedMessage, _ entries: [Entry], keys: [Key]) -> Authentication {
        var match: String?
        for key in keys {
            switch key.material {
            case .shared(let bytes):
                let code = message.code(key: bytes)
                for entry in entries where entry.version == .v1 {
                    if ConstantTime.isEqual(code, entry.bytes) { match = "\(Version.v1.scheme) \(key)" }
                }
            case .verifying(let publicKey):
                // One copy of the body, made only if something is there to be verified with it.
                let candidates = entries.filter { $0.version == .v1a }
                guard !candidates.isEmpty else { continue }
                let bytes = message.bytes
                for entry in candidates where publicKey.isValid(entry.bytes, for: bytes) {
                    match = "\(Version.v1a.scheme) \(key)"
                }
            }
        }
        guard let match else { return .refused(reason: "no secret matches the \(signatureHeader) header") }
        return .verified(by: match)
    }

    /// The versions of signatures that are known.
    private enum Version: String, CaseIterable {
        /// HMAC-SHA256.
        case v1
        /// Ed25519.
        case v1a

        /// The name in `deliveries.verified_by`.
        var scheme: String { "standard-webhooks-\(rawValue)" }

        var byteCount: Int {
            switch self {
            case .v1: HMACSHA256.byteCount
            case .v1a: Ed25519.signatureByteCount
            }
        }
    }

    /// One signature of a list.
    private struct Entry {
        let version: Version
        let bytes: [UInt8]

        /// Nil for versions that are not known, and for what is malformed.
        private init?(_ text: Substring.UTF8View) {
            guard let comma = text.firstIndex(of: UInt8(ascii: ",")),
                let version = Version.allCases.first(where: { $0.rawValue.utf8.elementsEqual(text[..<comma]) }
                ),
                let bytes = Base64.decode(Substring(text[text.index(after: comma)...])),
                bytes.count == version.byteCount
            else { return nil }
            self.version = version
            self.bytes = bytes
        }

        /// Those of the first `signatureCountMax` signatures that could be right.
        static func list(_ text: String) -> [Entry] {
            text[...].utf8.split(
                separator: UInt8(ascii: " "),
                maxSplits: signatureCountMax,
                omittingEmptySubsequences: false
            )
            .prefix(signatureCountMax).compactMap(Entry.init)
        }
    }

    /// What is signed: `<id>.<timestamp>.<body>`, each exactly as received.
    struct SignedMessage {
        let id: String
        let timestamp: String
        let body: [UInt8]
        let seconds: Int64

        /// Nil if the timestamp is not a number of digits alone, or the id holds one.
        init?(_ request: WebhookRequest) {
            guard let id = request.headers.only(idHeader), !Self.holdsTimestamp(id),
                let text = request.headers.only(timestampHeader),
                text.utf8.count <= timestampDigitCountMax,
                text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(text)
            else { return nil }
            self.init(id: id, timestamp: text, body: request.body, seconds: seconds)
        }

        init(id: String, timestamp: String, body: [UInt8], seconds: Int64 = 0) {
            self.id = id
            self.timestamp = timestamp
            self.body = body
            self.seconds = seconds
        }

        var bytes: [UInt8] { prefix + body }

        /// Whether an id has digits like a timestamp's between two dots.
        ///
        /// The dots divide the message, and ids must not have any; yet some senders' have. With a timestamp
        /// between them, a signed body that itself holds one between dots could be divided anew there: into
        /// another id, time and body under the same signature.
        private static func holdsTimestamp(_ id: String) -> Bool {
            let parts = id.utf8.split(separator: separator[0], omittingEmptySubsequences: false)
            return parts.dropFirst().dropLast().contains { part in
                part.count >= timestampDigitCountMin && part.allSatisfy { (0x30...0x39).contains($0) }
            }
        }

        func code(key: [UInt8]) -> [UInt8] {
            var computation = HMACSHA256(key: key)
            computation.update(prefix)
            computation.update(body)
            return computation.finish()
        }

        private var prefix: [UInt8] { Array(id.utf8) + separator + Array(timestamp.utf8) + separator }
    }
}
