/// The files of an outbox that are open, to be compared with what is at their places.
///
/// What is written to a file that was moved, deleted or replaced is gone for whoever opens the outbox next:
/// nothing of it may be answered.
struct OutboxPlace: Sendable {
    /// The number of the file by which connections lock each other out, as `/proc/locks` has it; nil if it
    /// is not there.
    var index: UInt64? { FileIdentity(at: indexPath)?.number }

    private let path: String
    private let logPath: String
    private let indexPath: String
    private let file: FileIdentity
    private let log: FileIdentity?

    /// Remembers what is open.
    ///
    /// - Parameters:
    ///   - path: Where the outbox was opened; a link there is followed anew at each comparison.
    ///   - file: The outbox's file.
    ///   - fullPath: Its path without links, beside which SQLite keeps its log: that was opened just now, and
    ///     stays open as long as the connection.
    init(path: String, file: FileIdentity, fullPath: String) {
        self.path = path
        self.file = file
        logPath = fullPath + "-wal"
        indexPath = fullPath + "-shm"
        log = FileIdentity(at: logPath)
    }

    /// What is wrong; nil as long as the files that are open are those that are there.
    ///
    /// Costs two calls of the system, about a microsecond each.
    var fault: OutboxError? {
        if FileIdentity(at: path) != file { return Self.fault(of: path) }
        if let log, FileIdentity(at: logPath) != log { return Self.fault(of: logPath) }
        return nil
    }

    private static func fault(of path: String) -> OutboxError {
        OutboxError(
            .unavailable,
            "\(path) was moved, deleted or replaced while it is open: put it back, or restart the daemon to "
                + "go on with what is there"
        )
    }
}
