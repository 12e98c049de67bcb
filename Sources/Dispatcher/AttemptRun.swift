import Synchronization

/// One run of a handler, with its deadline.
///
/// The handler runs in a task of its own, not in a child task, because the dispatcher must be able to go on
/// without it when the daemon stops: a child task would hold up its parent until it returns.
final class AttemptRun: Sendable {
    private let state = Mutex(State())

    private struct State {
        var handler: Task<Void, Never>?
        var isPastDeadline = false
        var end: AttemptEnd?
        var waiter: CheckedContinuation<AttemptEnd, Never>?
    }

    /// Runs the handler on the listener's threads and waits until it has returned or the run is interrupted.
    ///
    /// - Parameters:
    ///   - timeout: When the handler is cancelled; it still occupies its slot until it returns.
    ///   - clock: What the timeout goes by.
    ///   - executor: The listener's.
    ///   - onDeadline: Called when the timeout passes.
    ///   - handler: What is to be done.
    /// - Returns: How the run ended.
    func run(
        timeout: Duration,
        clock: DispatchClock,
        executor: ListenerExecutor,
        onDeadline: @escaping @Sendable () -> Void,
        handler: @escaping @Sendable () async throws -> Void
    ) async -> AttemptEnd {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // Cancelled: the handler was faster.
                guard (try? await clock.sleep(timeout)) != nil else { return }
                if self.passDeadline() { onDeadline() }
            }
            let task = Task(executorPreference: executor) {
                do {
                    try await handler()
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
        let handler = state.withLock { $0.handler }
        finish(.interrupted)
        handler?.cancel()
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
            var end = end
            // A handler that was cancelled at its deadline may return as if it were done; only time tells.
            if state.isPastDeadline, case .interrupted = end {
            } else if state.isPastDeadline {
                end = .timedOut
            }
            state.end = end
            defer { state.waiter = nil }
            return state.waiter.map { ($0, end) }
        }
        resume?.0.resume(returning: resume?.1 ?? end)
    }

    private func attach(_ task: Task<Void, Never>) {
        let isOver = state.withLock { state in
            state.handler = task
            return state.end != nil || state.isPastDeadline
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
