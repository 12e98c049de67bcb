import Foundation
import GRDB

/// A payload as `deliveries` holds it: zlib (RFC 1950) if and only if its length differs from that of the
/// original, else the original.
package struct StoredPayload: Sendable {
    /// Payloads below this size, in bytes, are kept as they are: there is not much to save.
    static let compressedFrom = 512

    /// What the column holds.
    let bytes: [UInt8]
    /// The length of the original.
    let originalCount: Int

    private static let compressors = PayloadCompressorPool()

    /// Compresses a payload, if that makes it shorter.
    package init(compressing original: [UInt8]) {
        originalCount = original.count
        let compressed =
            original.count < Self.compressedFrom ? nil : Self.compressors.compress(original)
        bytes = compressed ?? original
    }

    /// Takes what a row holds.
    init(bytes: [UInt8], originalCount: Int) {
        self.bytes = bytes
        self.originalCount = originalCount
    }

    /// Reads the payload of a delivery; nil if there is none of that id.
    static func fetch(_ database: Database, delivery id: Int64) throws -> StoredPayload? {
        try Row.fetchOne(database, sql: ReaderSQL.payload, arguments: [id]).map { row in
            StoredPayload(bytes: Array(row["payload"] as Data), originalCount: row["payload_bytes"])
        }
    }

    /// The payload exactly as it was received.
    ///
    /// - Throws: `OutboxError.Code.corrupt` if the bytes are not what was written.
    func original() throws(OutboxError) -> [UInt8] {
        guard bytes.count != originalCount else { return bytes }
        guard let original = expand(bytes, toCount: originalCount) else {
            throw OutboxError(.corrupt, "a payload of \(originalCount) bytes cannot be expanded")
        }
        return original
    }
}
