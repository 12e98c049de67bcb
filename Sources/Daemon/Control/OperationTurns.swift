import Synchronization

/// Lets one operation at a time through, in the order of their arrival.
final class OperationTurns: Sendable {
    private let state = Mutex(State())

    private struct State {
        var isTaken = false
        var waiting: [CheckedContinuation<Bool, Never>] = []
    }

    /// Operations that wait for their turn, at most.
    static let waitingMax = 32

    /// Does something when all that came before is done.
    ///
    /// - Throws: What that throws, or `AdministrationError` if too many wait already.
    func take<Value>(
        _ work: () async throws(AdministrationError) -> Value
    ) async throws(AdministrationError) -> Value {
        guard await begin() else {
            throw AdministrationError(
                .unavailable,
                "\(Self.waitingMax) commands wait for the one that is at work: try again later"
            )
        }
        defer { end() }
        return try await work()
    }

    /// Waits for the turn; false if there are too many before.
    private func begin() async -> Bool {
        await withCheckedContinuation { continuation in
            let hasTurn = state.withLock { state -> Bool? in
                guard state.isTaken else {
                    state.isTaken = true
                    return true
                }
                guard state.waiting.count < Self.waitingMax else { return false }
                state.waiting.append(continuation)
                return nil
            }
            if let hasTurn { continuation.resume(returning: hasTurn) }
        }
    }

    private func end() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.isTaken = false
            return nil
        }
        next?.resume(returning: true)
    }
}
