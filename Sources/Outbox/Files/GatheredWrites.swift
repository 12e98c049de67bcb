import GRDBSQLite

/// Writes to a write-ahead log that follow one another, gathered into one.
///
/// SQLite writes each page of a transaction by two calls, and Linux prepares the file's pages for each: one
/// call for many takes a third of the processor's time, for itself and for the sync that follows.
///
/// What SQLite relies on is kept:
///
/// - Writes reach the file in the order in which they came.
/// - Only what is added at the end is held back, until the write of a transaction's last page returns. What
///   is written again before the commit ends, such as the checksums of a transaction that did not fit the
///   cache, goes to the file at once.
/// - Any other call on the file finds everything in it, as the caller flushes before it.
///
/// So what is held back belongs to a transaction that has not ended, which nobody reads, and which is no loss
/// if the process dies. After an error what was held back is forgotten: the transaction fails with it.
final class GatheredWrites {
    /// The bytes that are held back at most: what SQLite's files take in one call, see `seekAndWriteFd` in
    /// its `os_unix.c`.
    static let bytesMax = 0x1FFFF

    /// "WAL Frame Header" in SQLite's "Database File Format".
    private enum FrameHeader {
        static let byteCount = 24
        /// The size of the database after a transaction, in its last frame; zero in the others.
        static let commitBytes = 4..<8
    }

    private let bytesMax: Int
    private var bytes: [UInt8] = []
    /// Where the last write ended, and so what is held back.
    private var end: Int64 = 0
    private var isLastPageNext = false

    /// Prepares to hold back so many bytes at most; none of them if that is 0.
    init(bytesMax: Int = GatheredWrites.bytesMax) {
        self.bytesMax = bytesMax
    }

    /// Takes a write; the file gets it now or later.
    ///
    /// - Parameters:
    ///   - new: What is written, as one of SQLite's calls: a frame's header, its page, or something else.
    ///   - newOffset: Where it goes.
    ///   - file: The file.
    /// - Returns: SQLite's code.
    func write(_ new: UnsafeRawBufferPointer, at newOffset: Int64, to file: some WritableFile) -> CInt {
        let isContinuation = newOffset == end
        let endsTransaction = isLastPageNext
        isLastPageNext = unsafe Self.isLastHeader(new)
        if !isContinuation || bytes.count + new.count > bytesMax {
            let code = flush(to: file)
            guard code == SQLITE_OK else { return code }
        }
        end = newOffset + Int64(new.count)
        guard isContinuation, new.count <= bytesMax else { return unsafe file.write(new, at: newOffset) }
        if bytes.isEmpty { bytes.reserveCapacity(bytesMax) }
        // The caller's memory is valid for the length of the call; it is copied here.
        unsafe bytes.append(contentsOf: new)
        return endsTransaction ? flush(to: file) : SQLITE_OK
    }

    /// Writes what is held back; does nothing if there is nothing.
    ///
    /// - Returns: SQLite's code.
    func flush(to file: some WritableFile) -> CInt {
        guard !bytes.isEmpty else { return SQLITE_OK }
        defer { bytes.removeAll(keepingCapacity: true) }
        // The pointer is used within the call alone.
        return unsafe bytes.withUnsafeBytes { unsafe file.write($0, at: end - Int64($0.count)) }
    }

    /// Whether this is the header of a transaction's last frame; its page is what is written next.
    private static func isLastHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count == FrameHeader.byteCount else { return false }
        return FrameHeader.commitBytes.contains { unsafe bytes[$0] != 0 }
    }
}

/// What gathered writes are passed on to.
protocol WritableFile {
    /// Writes all of some bytes, and returns SQLite's code.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) -> CInt
}
