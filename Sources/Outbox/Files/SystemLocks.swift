private import Foundation

/// The locks of the machine's files, as far as this process may know their holders: see proc_locks(5).
///
/// Files are known by their number alone: their device has two numbers on some file systems. So this is for
/// messages.
struct SystemLocks {
    /// Bytes of SQLite's index file that are locked by who reads from the log; see "WAL-mode File Format".
    private static let readMarks: ClosedRange<UInt64> = 123...127

    private let locks: [Lock]

    private struct Lock {
        let kind: Substring
        let processID: Int32
        let file: UInt64
        let bytes: ClosedRange<UInt64>

        /// Nil for a line that is none, or of a process that waits for its lock.
        init?(_ line: Substring) {
            let fields = line.split(separator: " ")
            guard fields.count == 8, let processID = Int32(fields[4]), processID > 0,
                let file = fields[5].split(separator: ":").last.flatMap({ UInt64($0) }),
                let first = UInt64(fields[6])
            else { return nil }
            let last = fields[7] == "EOF" ? UInt64.max : UInt64(fields[7])
            guard let last, first <= last else { return nil }
            (self.kind, self.processID, self.file, self.bytes) = (fields[1], processID, file, first...last)
        }
    }

    /// Bytes that are read, at most.
    private static let bytesMax = 4 << 20

    /// The locks now; none if they cannot be read.
    static var current: SystemLocks {
        // The path's C string lives as long as the call.
        let descriptor = unsafe open("/proc/locks", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return SystemLocks("") }
        defer { close(descriptor) }
        // The system gives some lines a call, and does not say how many there are.
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count < bytesMax {
            // The memory lives as long as the call, which writes no more than there is room for.
            let count = unsafe read(descriptor, &part, part.count)
            guard count > 0 else { break }
            bytes += part.prefix(count)
        }
        return SystemLocks(String(decoding: bytes, as: UTF8.self))
    }

    /// Reads the text of `/proc/locks`.
    init(_ text: String) { locks = text.split(separator: "\n").compactMap(Lock.init) }

    /// Who holds a file with `flock`.
    func holder(of file: UInt64) -> Int32? {
        locks.first { $0.kind == "FLOCK" && $0.file == file }?.processID
    }

    /// The processes that read from the log to which an index file belongs, each once, in their order.
    func readers(of index: UInt64) -> [Int32] {
        let readers = locks.filter {
            $0.kind == "POSIX" && $0.file == index && $0.bytes.overlaps(Self.readMarks)
        }
        return Set(readers.map(\.processID)).sorted()
    }
}
