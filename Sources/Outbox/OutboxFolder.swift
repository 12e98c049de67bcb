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
    /// The mode of a new outbox, before the umask.
    static let mode: UInt32 = 0o640

    /// Opens the file, and makes it if there is none: payloads are nobody else's business, whatever the umask
    /// allows.
    ///
    /// SQLite gives its other files the same mode. Only who holds the lock may do this, see `OutboxLock`.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - owner: Whose a new one is; nil for this process's user.
    /// - Returns: The file, for reading and writing, and whether it was made.
    /// - Throws: `OutboxError` if it cannot be opened.
    static func openOutbox(
        _ path: String,
        for owner: OutboxOwner?
    ) throws(OutboxError) -> (descriptor: CInt, isNew: Bool) {
        let made = openFile(path, O_EXCL, mode: mode)
        if made >= 0 {
            owner?.take(made)
            return (made, true)
        }
        // A link that leads nowhere yet is there, too.
        let descriptor = errno == EEXIST ? openFile(path, 0, mode: mode) : made
        guard descriptor >= 0 else {
            throw OutboxError(.unavailable, "\(path) cannot be opened: \(systemMessage(errno))")
        }
        return (descriptor, false)
    }

    /// Opens the lock, and makes it if there is none.
    ///
    /// No link is followed: who may write in the folder could have a command of root write elsewhere.
    ///
    /// - Throws: `OutboxError` if it cannot be opened.
    static func openLock(_ path: String, for owner: OutboxOwner?) throws(OutboxError) -> CInt {
        let descriptor = openFile(path, O_NOFOLLOW, mode: 0o600)
        guard descriptor >= 0 else {
            throw OutboxError(.unavailable, "\(path) cannot be opened: \(systemMessage(errno))")
        }
        owner?.take(descriptor)
        return descriptor
    }

    private static func openFile(_ path: String, _ flags: CInt, mode: mode_t) -> CInt {
        // The path's C string lives as long as the call.
        unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | flags, mode)
    }

    /// Removes an outbox that nobody has open; the lock last, by whom it is held.
    static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal", OutboxLock.suffix] {
            // The path's C string lives as long as the call.
            unsafe unlink(path + suffix)
        }
    }
}
