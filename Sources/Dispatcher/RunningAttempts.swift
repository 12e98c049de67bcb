import Events
import Synchronization

/// The attempts of one queue that are under way, and who watches their deadlines.
///
/// There is one watcher for all of them and no timer for each: what begins after a look at the deadlines has
/// its own no earlier than one timeout after that look.
final class RunningAttempts: Sendable {
    private let timeout: Duration
    private let clock: MachineClock
    private let bell = Doorbell()
    private let state = Mutex(State())

    private struct State {
        var runs: [Int64: AttemptRun] = [:]
        var areInterrupted = false
        /// Whether an attempt has begun since the last look.
        var haveBegun = false
        /// Whether the watcher waits for the next attempt that begins.
        var isWatcherResting = false
    }

    init(timeout: Duration, clock: MachineClock) {
        self.timeout = timeout
        self.clock = clock
    }

    /// Whether what is under way was cut off, and nothing begins any more.
    var areInterrupted: Bool { state.withLock { $0.areInterrupted } }

    /// Takes a run in before it starts; false if it must not start any more.
    func add(_ run: AttemptRun) -> Bool {
        state.withLock { state in
            guard !state.areInterrupted else { return false }
            state.runs[run.dispatch.event] = run
            return true
        }
    }

    /// The time of a run begins; what it goes by is not the time of day, which may be set.
    ///
    /// - Returns: Its deadline, as the listener is told it.
    func begin(_ run: AttemptRun) -> Moment {
        let now = clock.moment
        run.begin(deadline: now.uptime + timeout)
        let isAwaited = state.withLock { state in
            state.haveBegun = true
            defer { state.isWatcherResting = false }
            return state.isWatcherResting
        }
        if isAwaited { bell.ring() }
        return Moment(time: now.time.advanced(by: timeout), uptime: now.uptime + timeout)
    }

    /// A run has ended.
    func remove(_ run: AttemptRun) {
        state.withLock { $0.runs[run.dispatch.event] = nil }
    }

    /// Ends all runs at once, also those whose handlers do not return.
    ///
    /// - Returns: Those that this ended.
    func interrupt() -> [AttemptRun] {
        let runs = state.withLock { state in
            state.areInterrupted = true
            return Array(state.runs.values)
        }
        return runs.filter { $0.interrupt() }
    }

    /// Cancels handlers at their deadlines, until the task is cancelled.
    ///
    /// - Parameter onDeadline: Is told of each.
    func watchDeadlines(onDeadline: @Sendable (AttemptRun) -> Void) async {
        while !Task.isCancelled {
            if let time = look(onDeadline: onDeadline) {
                // Cancelled: the loop ends.
                try? await clock.sleep(until: time)
            } else {
                await bell.wait(atMost: nil, clock: clock)
            }
        }
    }

    /// Looks at the deadlines once.
    ///
    /// - Returns: At what uptime to look again; nil when nothing has to be watched until an attempt begins.
    private func look(onDeadline: @Sendable (AttemptRun) -> Void) -> Uptime? {
        let now = clock.uptime()
        let (runs, haveBegun) = state.withLock { state in
            defer { state.haveBegun = false }
            return (Array(state.runs.values), state.haveBegun)
        }
        var next: Uptime?
        for run in runs {
            switch run.look(now: now) {
            case .ahead(let deadline): next = min(next ?? deadline, deadline)
            case .passed: onDeadline(run)
            case .none: continue
            }
        }
        let latest = now + timeout
        if let next { return min(next, latest) }
        // While attempts come and go, to look once in a timeout is cheaper than to be woken by each.
        return haveBegun || !rest() ? latest : nil
    }

    /// Waits for the next attempt that begins; false if one has begun just now.
    private func rest() -> Bool {
        state.withLock { state in
            guard !state.haveBegun else { return false }
            state.isWatcherResting = true
            return true
        }
    }
}
