private import Foundation

/// An open file with `flock`'s lock on it, which no other process has then.
///
/// The kernel gives the lock up when the process ends, however it ends.
struct LockedFile: Sendable {
    /// The file.
    let descriptor: CInt

    /// How often, and how long apart, it is looked whether a lock is free whose holder is gone: two seconds.
    private static let looksMax = 100
    private static let lookInterval = DispatchTimeInterval.milliseconds(20)

    /// Why a file was not locked.
    enum Fault: Error {
        /// Somebody else has it.
        case held
        /// It was moved or deleted meanwhile, as by who gives up an outbox that was never used.
        case misplaced
        /// The system's error.
        case system(CInt)
    }

    /// Locks a file, and closes it if that fails.
    ///
    /// - Parameters:
    ///   - descriptor: The file, open; nobody else closes it.
    ///   - path: Where others find it.
    ///   - isHolderGone: Whether who has the lock has ended.
    /// - Throws: `Fault`.
    init(_ descriptor: CInt, at path: String, isHolderGone: () -> Bool) throws(Fault) {
        let code = Self.take(descriptor, isHolderGone)
        guard code == 0 else {
            close(descriptor)
            throw code == EWOULDBLOCK ? .held : .system(code)
        }
        guard let locked = FileIdentity(of: descriptor), FileIdentity(at: path) == locked else {
            close(descriptor)
            throw .misplaced
        }
        self.descriptor = descriptor
    }

    /// Gives the lock up and closes the file; called once.
    func release() {
        // Not by closing alone: a child between `fork` and `exec` has the same lock open for a moment.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Takes the lock, or gives the error code.
    ///
    /// A process that was killed while it started another one may still seem to hold the lock: until its
    /// `exec`, the other one has it open, too. That is waited for; a holder that lives is told of at once.
    private static func take(_ descriptor: CInt, _ isHolderGone: () -> Bool) -> CInt {
        var looksLeft = looksMax
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            guard code == EWOULDBLOCK, looksLeft > 0, isHolderGone() else { return code }
            looksLeft -= 1
            _ = DispatchSemaphore(value: 0).wait(timeout: .now() + lookInterval)
        }
        return 0
    }
}
