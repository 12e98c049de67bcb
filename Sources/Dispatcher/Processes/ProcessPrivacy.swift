import CProcess
import Glibc

/// Keeps what this process knows from other processes of the same user, its own commands among them.
package enum ProcessPrivacy {
    /// Hides the variables of the environment where the system shows them, and the memory of the process.
    ///
    /// The variables are still there for this process and, by `setenv` and `exec`, for whom it starts.
    /// To be called before anything else runs. Root, and who has its capabilities, sees everything all the
    /// same.
    ///
    /// - Returns: The system's error if something could not be hidden.
    @discardableResult
    package static func begin() -> Int32? {
        let isMemoryHidden = forgewire_set_dumpable(0) == 0
        let code = isMemoryHidden ? 0 : errno
        let environmentCode = forgewire_hide_environment()
        if environmentCode != 0 { return environmentCode }
        return isMemoryHidden ? nil : code
    }

    /// Allows core dumps, and with them others of the same user to read the memory.
    package static func allowCoreDumps() { _ = forgewire_set_dumpable(1) }
}
