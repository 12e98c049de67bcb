import Events
import Synchronization

/// Wakes one waiter; rings that come while nobody waits are kept, as one.
final class Doorbell: Sendable {
    private let state = Mutex(State())

    private struct State {
        var isRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    /// Wakes the waiter, or lets the next one pass at once.
    func ring() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            if state.waiter == nil { state.isRung = true }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Waits for a ring, or for the end of a time if one is given; one waiter at a time.
    func wait(atMost duration: Duration?, clock: MachineClock) async {
        guard let duration else { return await wait() }
        if takeRing() { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            // An end by cancellation is an end like any other.
            group.addTask { try? await clock.sleep(duration) }
            await group.next()
            group.cancelAll()
        }
    }

    private func takeRing() -> Bool {
        state.withLock { state in
            defer { state.isRung = false }
            return state.isRung
        }
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    precondition(state.waiter == nil, "a doorbell has one waiter")
                    if state.isRung || Task.isCancelled {
                        state.isRung = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            // Not `ring()`: the cancelled waiter must not leave a ring behind if it has gone already.
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
    }
}
