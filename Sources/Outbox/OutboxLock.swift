private import Foundation
private import Synchronization

/// Holds an outbox, so that there are never two writers, by whatever names they know it.
///
/// There are two locks: `<outbox path>.lock`, which also says who has it, and one on the outbox's own file,
/// for those who come by a link, or whose `.lock` was removed. Both end with the process, so a stale file is
/// harmless and stays where it is.
///
/// The outbox's file is opened here before SQLite opens it, and closed after SQLite has closed it: closing
/// any descriptor of a file gives up the POSIX locks that the process has on it, by which SQLite keeps
/// processes apart. So nothing else in the process opens the file, its `-wal` or its `-shm`; asking for their
/// attributes does no harm.
final class OutboxLock: Sendable {
    /// What comes behind the outbox's path.
    static let suffix = ".lock"

    /// Whether the outbox's file was made with it.
    let isNew: Bool
    /// The outbox's file.
    let file: FileIdentity

    private let held: Mutex<Held?>

    private struct Held {
        /// What says who has it.
        let name: LockedFile
        let outbox: LockedFile
    }

    /// Takes the lock, and makes the outbox's file if there is none.
    ///
    /// - Parameters:
    ///   - outboxPath: The outbox.
    ///   - role: What this process does with it.
    /// - Throws: `OutboxError.Code.locked` or `.busy`, naming the holder, or `.unavailable` if a file cannot
    ///   be made or locked.
    init(outboxPath: String, as role: OutboxRole) throws(OutboxError) {
        let owner = OutboxOwner(of: outboxPath)
        let name = try Self.lockName(of: outboxPath, for: owner)
        do throws(OutboxError) {
            let (outbox, isNew) = try Self.lockFile(outboxPath, for: owner)
            guard let file = FileIdentity(of: outbox.descriptor) else {
                outbox.release()
                throw OutboxError(.unavailable, "\(outboxPath) cannot be looked at: \(systemMessage(errno))")
            }
            (self.isNew, self.file) = (isNew, file)
            held = Mutex(Held(name: name, outbox: outbox))
        } catch {
            name.release()
            throw error
        }
        announce(role)
    }

    deinit { release() }

    /// Says what this process does now, for those who find the lock taken.
    func announce(_ role: OutboxRole) {
        held.withLock { held in
            guard let held else { return }
            let text = Array(LockHolder(processID: getpid(), role: role).text.utf8)
            // The bytes live as long as the call. Nothing depends on them, so a failure is no error.
            _ = unsafe pwrite(held.name.descriptor, text, text.count, 0)
            _ = ftruncate(held.name.descriptor, off_t(text.count))
        }
    }

    /// Gives the lock up; may be called twice.
    ///
    /// No connection of this process has the outbox open any more, see above.
    func release() {
        held.withLock { held in
            held?.outbox.release()
            held?.name.release()
            held = nil
        }
    }

    private static func lockName(
        of outboxPath: String,
        for owner: OutboxOwner?
    ) throws(OutboxError) -> LockedFile {
        let path = outboxPath + suffix
        let descriptor = try OutboxFiles.openLock(path, for: owner)
        do {
            return try LockedFile(descriptor, at: path) { LockHolder(ofOutbox: outboxPath)?.isGone ?? false }
        } catch {
            let holder = LockHolder(ofOutbox: outboxPath)
            guard let holder, holder.isPassing else {
                let description = holder?.description ?? "another process"
                throw error.outboxError(path, "\(outboxPath) is in use by \(description); stop that first")
            }
            throw error.outboxError(path, "\(outboxPath) is in use by \(holder)", code: .busy)
        }
    }

    private static func lockFile(
        _ path: String,
        for owner: OutboxOwner?
    ) throws(OutboxError) -> (file: LockedFile, isNew: Bool) {
        let (descriptor, isNew) = try OutboxFiles.openOutbox(path, for: owner)
        let file = FileIdentity(of: descriptor)?.number
        func holder() -> LockHolder? {
            file.flatMap { SystemLocks.current.holder(of: $0) }.map { LockHolder(processID: $0, role: nil) }
        }
        do {
            return (try LockedFile(descriptor, at: path) { holder()?.isGone ?? false }, isNew)
        } catch {
            let description = holder()?.description ?? "another process"
            throw error.outboxError(
                path,
                "\(path) is in use by \(description), under another name or without its \(suffix); "
                    + "stop that first"
            )
        }
    }
}

extension LockedFile.Fault {
    /// The fault of a file as users are told it.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - reason: What to say if somebody else has it.
    ///   - code: What can be done then.
    /// - Returns: The error.
    fileprivate func outboxError(
        _ path: String,
        _ reason: String,
        code: OutboxError.Code = .locked
    ) -> OutboxError {
        switch self {
        case .held: OutboxError(code, reason)
        case .misplaced: OutboxError(.busy, "\(path) was being given up by another process")
        case .system(let number):
            OutboxError(.unavailable, "\(path) cannot be locked: \(systemMessage(number))")
        }
    }
}

/// What the system calls an error.
func systemMessage(_ code: CInt) -> String {
    // `strerror` returns a string that is alive until the next call in this thread; it is copied at once.
    unsafe String(cString: strerror(code))
}
