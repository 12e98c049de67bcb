import Dispatch
import Foundation

/// A gate that blocks the thread of who waits at it, as a listener that calls a slow library does.
final class BlockingGate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func pass() { semaphore.wait() }

    func open(times: Int) {
        for _ in 0..<times { semaphore.signal() }
    }
}

/// The name that the system has for the current thread; not asynchronous, so that it stays the current one.
func threadName() -> String {
    // Where there is no name, the test fails.
    let name = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
    return name?.trimmingCharacters(in: .newlines) ?? ""
}
