import Events
import Synchronization

@testable import Outbox

/// Takes as many dispatches as it was told to, and keeps them.
final class StubIntake: DispatchIntake {
    private let state: Mutex<State>

    private struct State {
        var slots: [String: Int]
        var begun: [ClaimedDispatch] = []
        var readyCalls: [Set<String>] = []
    }

    init(slots: [String: Int] = [:]) {
        state = Mutex(State(slots: slots))
    }

    var slots: [String: Int] { state.withLock { $0.slots } }
    var begun: [ClaimedDispatch] { state.withLock { $0.begun } }
    var readyCalls: [Set<String>] { state.withLock { $0.readyCalls } }
    var ready: Set<String> { readyCalls.reduce([]) { $0.union($1) } }

    /// Sets the free slots, and gives what has begun since the last call.
    func renew(slots: [String: Int]) -> [ClaimedDispatch] {
        state.withLock { state in
            defer { state = State(slots: slots) }
            return state.begun
        }
    }

    func reserve(listener: String) -> (any DispatchSlot)? {
        let isFree = state.withLock { state in
            guard let free = state.slots[listener], free > 0 else { return false }
            state.slots[listener] = free - 1
            return true
        }
        return isFree ? StubSlot(intake: self, listener: listener) : nil
    }

    func committed(listeners: Set<String>) {
        state.withLock { $0.readyCalls.append(listeners) }
    }

    private struct StubSlot: DispatchSlot {
        let intake: StubIntake
        let listener: String

        func begin(_ dispatch: ClaimedDispatch) { intake.state.withLock { $0.begun.append(dispatch) } }
        func cancel() { intake.state.withLock { $0.slots[listener, default: 0] += 1 } }
    }
}

extension OutboxBench {
    /// Has the outbox hand over to an intake.
    func connect(_ intake: StubIntake) async throws -> StubIntake {
        try await outbox.handOver(to: intake)
        return intake
    }
}
