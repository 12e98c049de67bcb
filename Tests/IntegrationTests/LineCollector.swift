import Synchronization

/// Collects the lines that a process writes, and lets tests wait for one.
final class LineCollector: Sendable {
    private let state = Mutex(State())

    private struct State {
        var lines: [String] = []
        var isEnded = false
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0
    }

    private struct Waiter {
        let isMatch: @Sendable ([String]) -> Bool
        let continuation: CheckedContinuation<Bool, Never>
    }

    /// The whole lines so far.
    var lines: [String] { state.withLock { $0.lines } }

    /// Whether there are no more lines, because the process has ended.
    var isEnded: Bool { state.withLock { $0.isEnded } }

    /// Waits until the lines satisfy a condition.
    ///
    /// - Throws: `LinesEnded` if the process ended first, `CancellationError` at the test's time limit.
    func wait(until isMatch: @escaping @Sendable ([String]) -> Bool) async throws {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        let isFound = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Bool? in
                    if isMatch(state.lines) { return true }
                    if state.isEnded || Task.isCancelled { return false }
                    state.waiters[id] = Waiter(isMatch: isMatch, continuation: continuation)
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.continuation.resume(returning: false)
        }
        guard !isFound else { return }
        try Task.checkCancellation()
        throw LinesEnded(lines: lines)
    }

    /// Waits for a line with a text and returns it.
    func line(containing text: String) async throws -> String {
        try await wait { $0.contains { $0.contains(text) } }
        return lines.first { $0.contains(text) } ?? ""
    }

    /// Adds a line.
    func add(_ line: String) {
        let satisfied = state.withLock { state in
            state.lines.append(line)
            let lines = state.lines
            let ids = state.waiters.filter { $0.value.isMatch(lines) }.map(\.key)
            return ids.compactMap { state.waiters.removeValue(forKey: $0) }
        }
        for waiter in satisfied { waiter.continuation.resume(returning: true) }
    }

    /// There are no more lines.
    func end() {
        let waiters = state.withLock { state in
            state.isEnded = true
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.continuation.resume(returning: false) }
    }
}

/// The process ended before it wrote what was waited for.
struct LinesEnded: Error, CustomStringConvertible {
    let lines: [String]

    var description: String { "the process ended after: \(lines.suffix(20).joined(separator: "\n"))" }
}
