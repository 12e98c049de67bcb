import Events
import Synchronization

/// One run of an attempt, from its start to its end.
///
/// The handler runs in a task of its own, not in a child task, because the dispatcher must be able to go on
/// without it when the daemon stops: a child task would hold up its parent until it returns.
final class AttemptRun: Sendable {
    /// What is attempted.
    let dispatch: ClaimedDispatch
    /// Whether the attempt shows if its listener still fails.
    let isProbe: Bool
    /// When it was given its slot; waiting for room counts as its time, too.
    let startedAt: Uptime

    private let state = Mutex(State())

    private struct State {
        var handler: Task<Void, Never>?
        var deadline: Uptime?
        var isPastDeadline = false
        var isInterrupted = false
        var isOver = false
    }

    /// What a look at the deadline finds.
    enum Look: Equatable {
        /// The deadline is still to come, at this uptime.
        case ahead(Uptime)
        /// The deadline has just passed, and the handler is cancelled.
        case passed
        /// There is none to wait for: the time has not begun, the deadline passed before, or the run is over.
        case none
    }

    init(_ dispatch: ClaimedDispatch, isProbe: Bool, startedAt: Uptime) {
        self.dispatch = dispatch
        self.isProbe = isProbe
        self.startedAt = startedAt
    }

    /// Whether the daemon has cut the run off; true before the handler's cancellation arrives.
    var isInterrupted: Bool { state.withLock { $0.isInterrupted } }

    /// Runs the handler in a task of its own.
    ///
    /// - Parameters:
    ///   - executor: Where; nil for Swift's shared pool.
    ///   - handler: What is to be done. It calls `begin(deadline:)` first: waiting for a thread behind others
    ///     is not the handler's fault.
    ///   - onEnd: Called once, with how the run ended, unless `interrupt()` was first.
    func start(
        on executor: (any TaskExecutor)?,
        handler: @escaping @Sendable () async throws -> Void,
        onEnd: @escaping @Sendable (AttemptEnd) -> Void
    ) {
        let task = Task(executorPreference: executor) {
            let end: AttemptEnd
            do {
                try await handler()
                end = .returned
            } catch {
                end = .threw(error)
            }
            if let end = self.finish(end) { onEnd(end) }
        }
        attach(task)
    }

    /// The time begins; the deadline is an uptime of the clock.
    func begin(deadline: Uptime) { state.withLock { $0.deadline = deadline } }

    /// Cancels the handler if its deadline has passed; it still occupies its slot until it returns.
    func look(now: Uptime) -> Look {
        let (look, handler) = state.withLock { state -> (Look, Task<Void, Never>?) in
            guard !state.isOver, !state.isPastDeadline, let deadline = state.deadline else {
                return (.none, nil)
            }
            guard deadline <= now else { return (.ahead(deadline), nil) }
            state.isPastDeadline = true
            return (.passed, state.handler)
        }
        handler?.cancel()
        return look
    }

    /// Cancels the handler and ends the run at once, whether the handler returns or not.
    ///
    /// - Returns: Whether that ended it; false if it was over.
    func interrupt() -> Bool {
        let handler = state.withLock { state in
            state.isInterrupted = true
            return state.handler
        }
        // Before the run ends: what the handler ends when it is cancelled has ended then, too.
        handler?.cancel()
        return finish(.interrupted) != nil
    }

    /// Ends the run; nil if it was over.
    private func finish(_ end: AttemptEnd) -> AttemptEnd? {
        state.withLock { state in
            guard !state.isOver else { return nil }
            state.isOver = true
            // What a handler that was cancelled says means little: it may return as if it were done, or
            // throw.
            if state.isInterrupted { return .interrupted }
            return state.isPastDeadline ? .timedOut : end
        }
    }

    private func attach(_ task: Task<Void, Never>) {
        let isCancelled = state.withLock { state in
            state.handler = task
            return state.isPastDeadline || state.isInterrupted
        }
        if isCancelled { task.cancel() }
    }
}
