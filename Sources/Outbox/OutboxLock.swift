private import Foundation
private import Synchronization

/// Holds `<outbox path>.lock`, so that there are never two writers.
///
/// The lock is `flock`'s: the kernel gives it up when the process ends, however it ends, so a stale file is
/// harmless and stays where it is.
final class OutboxLock: Sendable {
    private let descriptor: Mutex<CInt?>

    /// How often, and how long apart, it is looked whether a lock is free whose holder is gone: two seconds.
    private static let looksMax = 100
    private static let lookInterval = DispatchTimeInterval.milliseconds(20)

    /// Takes the lock.
    ///
    /// - Throws: `OutboxError.Code.locked`, naming the holder, or `.unavailable` if the file cannot be made.
    init(outboxPath: String) throws(OutboxError) {
        let path = outboxPath + ".lock"
        // The path's C string lives as long as the call.
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw OutboxError(.unavailable, "\(path) cannot be opened: \(systemMessage(errno))")
        }
        let code = Self.take(descriptor, path: path)
        guard code != 0 || Self.isStill(descriptor, at: path) else {
            close(descriptor)
            throw OutboxError(.locked, "\(outboxPath) was being given up by another process; try again")
        }
        guard code == 0 else {
            let holder = Self.holder(of: path)
            close(descriptor)
            guard code == EWOULDBLOCK else {
                throw OutboxError(.unavailable, "\(path) cannot be locked: \(systemMessage(code))")
            }
            throw OutboxError(.locked, "\(outboxPath) is in use by \(holder); stop that first")
        }
        self.descriptor = Mutex(descriptor)
        // For the message above, in another process; nothing depends on it, so a failure to write is no
        // error.
        try? "\(getpid())\n".write(toFile: path, atomically: false, encoding: .utf8)
    }

    deinit { release() }

    /// Gives the lock up; may be called twice.
    func release() {
        descriptor.withLock { descriptor in
            guard let open = descriptor else { return }
            descriptor = nil
            // Not by closing alone: a child between `fork` and `exec` has the same lock open for a moment.
            flock(open, LOCK_UN)
            close(open)
        }
    }

    /// Takes the lock, or gives the error code.
    ///
    /// A process that was killed while it started another one may still seem to hold the lock: until its
    /// `exec`, the other one has it open, too. That is waited for; a holder that lives is told of at once.
    private static func take(_ descriptor: CInt, path: String) -> CInt {
        var looksLeft = looksMax
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            guard code == EWOULDBLOCK, looksLeft > 0, isHolderGone(path) else { return code }
            looksLeft -= 1
            _ = DispatchSemaphore(value: 0).wait(timeout: .now() + lookInterval)
        }
        return 0
    }

    /// Whether the file that is locked is the one that others find: who gives up an outbox removes its lock.
    private static func isStill(_ descriptor: CInt, at path: String) -> Bool {
        var (locked, found) = (stat(), stat())
        // The path's C string and the results live as long as the calls.
        guard unsafe fstat(descriptor, &locked) == 0, unsafe stat(path, &found) == 0 else { return false }
        return locked.st_ino == found.st_ino && locked.st_dev == found.st_dev
    }

    private static func isHolderGone(_ path: String) -> Bool {
        guard let process = holderID(of: path).flatMap(pid_t.init), process > 0 else { return false }
        return kill(process, 0) != 0 && errno == ESRCH
    }

    private static func holder(of path: String) -> String {
        holderID(of: path).map { "process \($0)" } ?? "another process"
    }

    private static func holderID(of path: String) -> String? {
        let text = try? String(contentsOfFile: path, encoding: .utf8)  // for a message only
        let process = text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        return process.isEmpty ? nil : process
    }
}

/// What the system calls an error.
func systemMessage(_ code: CInt) -> String {
    // `strerror` returns a string that is alive until the next call in this thread; it is copied at once.
    unsafe String(cString: strerror(code))
}
