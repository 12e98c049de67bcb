import Foundation
import Synchronization

/// That somebody wants this process to stop, for commands that have something to tidy then.
enum StopRequest {
    private static let flag = Atomic(false)

    /// Whether the process was asked to stop since `watch()`.
    static var isMade: Bool { flag.load(ordering: .relaxed) }

    /// From now on, signals that would end the process are only noted; one that it ignores, as `nohup` has
    /// it, stays ignored.
    static func watch() {
        // Makes the flag, which must not happen in a handler.
        guard !isMade else { return }
        for number in [SIGHUP, SIGINT, SIGTERM] {
            let before = signal(number) { _ in StopRequest.flag.store(true, ordering: .relaxed) }
            // Addresses are compared, and none is called: Swift cannot ask whether functions are the same.
            let (found, ignored) = (address(of: before), address(of: SIG_IGN))
            if found == ignored { signal(number, SIG_IGN) }
        }
    }

    private static func address(of handler: sighandler_t?) -> Int {
        unsafe unsafeBitCast(handler, to: Int.self)
    }
}
