import Synchronization

/// One run of an attempt, with its deadline.
///
/// The handler runs in a task of its own, not in a child task, because the dispatcher must be able to go on
/// without it when the daemon stops: a child task would hold up its parent until it returns.
final class AttemptRun: Sendable {
    private let state = Mutex(State())

    private struct State {
        var handler: Task<Void, Never>?
        var isPastDeadline = false
        var isInterrupted = false
        var end: AttemptEnd?
        var waiter: CheckedContinuation<AttemptEnd, Never>?
    }

    /// Whether the daemon has cut the run off; true before the handler's cancellation arrives.
    var isInterrupted: Bool { state.withLock { $0.isInterrupted } }

    /// Runs the handler and waits until it has returned or the run is interrupted.
    ///
    /// - Parameters:
    ///   - timeout: When the handler is cancelled; it still occupies its slot until it returns.
    ///   - clock: What the timeout goes by.
    ///   - onDeadline: Called when the timeout passes.
    ///   - handler: What is to be done. It is given what lets the time begin, and calls that once it really
    ///     begins: waiting for a thread behind others is not the handler's fault.
    /// - Returns: How the run ended.
    func run(
        timeout: Duration,
        clock: DispatchClock,
        onDeadline: @escaping @Sendable () -> Void,
        handler: @escaping @Sendable (_ begin: @escaping @Sendable () -> Void) async throws -> Void
    ) async -> AttemptEnd {
        let begun = Doorbell()
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await begun.wait(atMost: nil, clock: clock)
                // Cancelled: the handler was faster.
                guard !Task.isCancelled, (try? await clock.sleep(timeout)) != nil else { return }
                if self.passDeadline() { onDeadline() }
            }
            let task = Task {
                do {
                    try await handler { begun.ring() }
                    self.finish(.returned)
                } catch {
                    self.finish(.threw(error))
                }
            }
            attach(task)
            let end = await withCheckedContinuation { wait($0) }
            group.cancelAll()
            return end
        }
    }

    /// Cancels the handler and ends the run at once, whether the handler returns or not.
    func interrupt() {
        let handler = state.withLock { state in
            state.isInterrupted = true
            return state.handler
        }
        // Before the run ends: what the handler ends when it is cancelled has ended then, too.
        handler?.cancel()
        finish(.interrupted)
    }

    /// Cancels the handler; false if it was done before.
    private func passDeadline() -> Bool {
        let handler = state.withLock { state -> Task<Void, Never>? in
            guard state.end == nil else { return nil }
            state.isPastDeadline = true
            return state.handler
        }
        handler?.cancel()
        return handler != nil
    }

    private func finish(_ end: AttemptEnd) {
        let resume = state.withLock { state -> (CheckedContinuation<AttemptEnd, Never>, AttemptEnd)? in
            guard state.end == nil else { return nil }
            let end = Self.end(end, of: state)
            state.end = end
            defer { state.waiter = nil }
            return state.waiter.map { ($0, end) }
        }
        resume?.0.resume(returning: resume?.1 ?? end)
    }

    /// What a handler that was cancelled says means little: it may return as if it were done, or throw.
    private static func end(_ end: AttemptEnd, of state: State) -> AttemptEnd {
        if state.isInterrupted { return .interrupted }
        return state.isPastDeadline ? .timedOut : end
    }

    private func attach(_ task: Task<Void, Never>) {
        let isOver = state.withLock { state in
            state.handler = task
            return state.end != nil || state.isPastDeadline || state.isInterrupted
        }
        if isOver { task.cancel() }
    }

    private func wait(_ waiter: CheckedContinuation<AttemptEnd, Never>) {
        let end = state.withLock { state in
            if state.end == nil { state.waiter = waiter }
            return state.end
        }
        if let end { waiter.resume(returning: end) }
    }
}
