private import Foundation
private import Synchronization

/// Holds `<outbox path>.lock`, so that there are never two writers.
///
/// The lock is `flock`'s: the kernel gives it up when the process ends, however it ends, so a stale file is
/// harmless and stays where it is.
final class OutboxLock: Sendable {
    private let descriptor: Mutex<CInt?>

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
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
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

    private static func holder(of path: String) -> String {
        let text = try? String(contentsOfFile: path, encoding: .utf8)  // for a message only
        let process = text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        return process.isEmpty ? "another process" : "process \(process)"
    }
}

/// What the system calls an error.
func systemMessage(_ code: CInt) -> String {
    // `strerror` returns a string that is alive until the next call in this thread; it is copied at once.
    unsafe String(cString: strerror(code))
}
