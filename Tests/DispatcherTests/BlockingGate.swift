import Dispatch

/// A gate that blocks the thread of who waits at it, as a listener that calls a slow library does.
final class BlockingGate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func pass() { semaphore.wait() }

    func open(times: Int) {
        for _ in 0..<times { semaphore.signal() }
    }
}
