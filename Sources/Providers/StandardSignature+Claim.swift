import Events
import Signatures

extension StandardSignature {
    /// How many signatures of one request are looked at: two keys of a rotation, each with two versions, make
    /// four.
    static let signatureCountMax = 16
    /// How many of them are verified with public keys, each of which reads the whole body anew.
    static let publicSignatureCountMax = 4
    /// How many digits a timestamp may have; eleven last until the year 5138.
    static let timestampDigitCountMax = 12
    /// How many digits a sender's timestamp has at least: nine were enough until 2001.
    static let timestampDigitCountMin = 9

    /// What a request's header fields say: which delivery it is, when it was signed, and signatures of which
    /// one could be right.
    struct Claim {
        private let id: String
        private let timestamp: String
        private let seconds: Int64
        private let entries: [Entry]
        private let keys: [Key]

        /// Reads the header fields.
        ///
        /// - Parameters:
        ///   - headers: All of the request's.
        ///   - keys: The keys in force.
        /// - Throws: `HeadFault` if no body can be the one that was signed.
        init(_ headers: HeaderFields, keys: [Key]) throws(HeadFault) {
            id = try Self.value(of: idHeader, in: headers)
            timestamp = try Self.value(of: timestampHeader, in: headers)
            let signatures = try Self.value(of: signatureHeader, in: headers)
            guard !Self.holdsTimestamp(id), let seconds = Self.seconds(timestamp) else {
                throw HeadFault("malformed \(idHeader) or \(timestampHeader) header")
            }
            self.seconds = seconds
            self.keys = keys
            let versions = Version.allCases.filter { version in keys.contains { $0.version == version } }
            entries = Entry.list(signatures, of: versions)
            guard !entries.isEmpty else { throw HeadFault(Self.noMatch) }
        }

        /// Whether one of the keys signed the request, and not too long before or after it was received.
        ///
        /// - Parameters:
        ///   - request: The one whose header fields were read; `receivedAt` is the clock.
        ///   - tolerance: How far the timestamp may be off, in both directions, counted in whole seconds.
        /// - Returns: What proved it authentic, or why nothing did.
        func verify(_ request: WebhookRequest, tolerance: Duration) -> Authentication {
            let now = request.receivedAt.milliseconds / 1000
            guard abs(now - seconds) <= tolerance.components.seconds else {
                return .refused(reason: "the \(timestampHeader) is outside the tolerance")
            }
            let message = SignedMessage(id: id, timestamp: timestamp, body: request.body)
            // OpenSSL wants all of it in one piece for Ed25519. Made only for signatures that could be right.
            let isCopied = entries.contains { $0.version == .v1a }
            let bytes = isCopied ? message.bytes : []
            var match: Key?
            // No early exit: the time must not tell which secret matched, or how many there are to go.
            for key in keys where isMade(by: key, message, bytes) { match = key }
            guard let match else { return .refused(reason: Self.noMatch) }
            return .verified(by: "\(match.version.scheme) \(match)")
        }

        private func isMade(by key: Key, _ message: SignedMessage, _ bytes: [UInt8]) -> Bool {
            var isMade = false
            switch key.material {
            case .shared(let bytes):
                let candidates = entries.filter { $0.version == .v1 }
                guard !candidates.isEmpty else { return false }
                let code = message.code(key: bytes)
                for entry in candidates where ConstantTime.isEqual(code, entry.bytes) { isMade = true }
            case .verifying(let publicKey):
                for entry in entries where entry.version == .v1a {
                    if publicKey.isValid(entry.bytes, for: bytes) { isMade = true }
                }
            }
            return isMade
        }

        private static let noMatch = "no secret matches the \(signatureHeader) header"

        private static func value(of header: String, in headers: HeaderFields) throws(HeadFault) -> String {
            switch headers.occurrence(of: header) {
            case .repeated: throw HeadFault("more than one \(header) header")
            case .once(let value) where !value.isEmpty: return value
            case .none, .once: throw HeadFault("no \(header) header")
            }
        }

        /// Nil if it is not a number of digits alone.
        private static func seconds(_ timestamp: String) -> Int64? {
            guard timestamp.utf8.count <= timestampDigitCountMax, timestamp.utf8.allSatisfy(isDigit) else {
                return nil
            }
            return Int64(timestamp)
        }

        /// Whether an id has digits like a timestamp's between two dots.
        ///
        /// The dots divide the message, and ids must not have any; yet some senders' have. With a timestamp
        /// between them, a signed body that itself holds one between dots could be divided anew there: into
        /// another id, time and body under the same signature.
        private static func holdsTimestamp(_ id: String) -> Bool {
            // Nil before the first dot, and where something else than digits stands behind the last one.
            var digitCount: Int?
            for byte in id.utf8 {
                if byte == UInt8(ascii: ".") {
                    if let digitCount, digitCount >= timestampDigitCountMin { return true }
                    digitCount = 0
                } else {
                    digitCount = isDigit(byte) ? digitCount.map { $0 + 1 } : nil
                }
            }
            return false
        }

        private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    }

    /// The versions of signatures that are known.
    enum Version: String, CaseIterable {
        /// HMAC-SHA256.
        case v1
        /// Ed25519.
        case v1a

        /// The name in `deliveries.verified_by`.
        var scheme: String { "standard-webhooks-\(rawValue)" }

        /// The length of a signature.
        var byteCount: Int {
            switch self {
            case .v1: HMACSHA256.byteCount
            case .v1a: Ed25519.signatureByteCount
            }
        }

        /// How many of them are looked at in one request.
        var countMax: Int {
            switch self {
            case .v1: signatureCountMax
            case .v1a: publicSignatureCountMax
            }
        }

        /// Whether bytes could be a signature of some message.
        func isPossible(_ bytes: [UInt8]) -> Bool {
            switch self {
            case .v1: bytes.count == byteCount
            case .v1a: Ed25519.isPossible(bytes)
            }
        }
    }

    /// One signature of a list.
    private struct Entry {
        let version: Version
        let bytes: [UInt8]

        /// Nil for other versions than those, and for what is malformed; what is too long is not decoded.
        private init?(_ text: Substring.UTF8View, of versions: [Version]) {
            guard let comma = text.firstIndex(of: UInt8(ascii: ",")),
                let version = versions.first(where: { $0.rawValue.utf8.elementsEqual(text[..<comma]) })
            else { return nil }
            let digits = Substring(text[text.index(after: comma)...])
            guard Base64.byteCountMin(digits) <= version.byteCount, let bytes = Base64.decode(digits),
                version.isPossible(bytes)
            else { return nil }
            self.version = version
            self.bytes = bytes
        }

        /// Those of the first `signatureCountMax` signatures that could be right.
        static func list(_ text: String, of versions: [Version]) -> [Entry] {
            let entries = text[...].utf8.split(
                separator: UInt8(ascii: " "),
                maxSplits: signatureCountMax,
                omittingEmptySubsequences: false
            )
            .prefix(signatureCountMax).compactMap { Entry($0, of: versions) }
            return versions.flatMap { version in
                entries.filter { $0.version == version }.prefix(version.countMax)
            }
        }
    }
}
