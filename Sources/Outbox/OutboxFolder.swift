private import Foundation

/// The folder of an outbox, with those above it as far as this process made them.
struct OutboxFolder: Sendable {
    /// What this process made, the deepest first.
    private let made: [String]

    /// Whether this process made the folder that the outbox is in.
    var isNew: Bool { !made.isEmpty }

    /// Makes what is missing, readable for its owner alone.
    ///
    /// - Throws: `OutboxError`; nothing new is left then.
    init(of outboxPath: String) throws(OutboxError) {
        var missing: [String] = []
        var folder = URL(fileURLWithPath: outboxPath).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
            missing.append(folder.path)
            folder = folder.deletingLastPathComponent()
        }
        var made: [String] = []
        for path in missing.reversed() {
            // The path's C string lives as long as the call.
            if unsafe mkdir(path, 0o700) == 0 {
                made.insert(path, at: 0)
            } else if errno != EEXIST {
                let reason = systemMessage(errno)
                Self.remove(made)
                throw OutboxError(.unavailable, "the folder \(path) cannot be made: \(reason)")
            }
        }
        self.made = made
    }

    /// Removes what this process made, while nothing is in it.
    func removeIfEmpty() { Self.remove(made) }

    private static func remove(_ folders: [String]) {
        for path in folders {
            // The path's C string lives as long as the call.
            guard unsafe rmdir(path) == 0 else { return }
        }
    }
}

/// The files of an outbox.
enum OutboxFiles {
    /// Makes the file if there is none: payloads are nobody else's business, whatever the umask allows.
    ///
    /// SQLite gives its other files the same mode. A file that is there is not opened: closing it would give
    /// up the POSIX locks that connections in this process hold on it.
    ///
    /// - Returns: Whether it was made.
    /// - Throws: `OutboxError` if it cannot be.
    static func make(_ path: String) throws(OutboxError) -> Bool {
        // The path's C string lives as long as the call.
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        if descriptor < 0, errno == EEXIST { return false }
        guard descriptor >= 0 else {
            throw OutboxError(.unavailable, "\(path) cannot be opened: \(systemMessage(errno))")
        }
        close(descriptor)
        return true
    }

    /// Removes an outbox that nobody has open; the lock last, by whom it is held.
    static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal", ".lock"] {
            // The path's C string lives as long as the call.
            unsafe unlink(path + suffix)
        }
    }
}
