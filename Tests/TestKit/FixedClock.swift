package import Events

extension MachineClock {
    /// A clock that stands still; waits by it end at once.
    package static func showing(_ time: Timestamp) -> MachineClock {
        MachineClock(
            now: { time },
            uptime: { Uptime(testMilliseconds: time.milliseconds) },
            sleep: { _ in }
        )
    }
}

extension AttemptRecord {
    /// An attempt that took the time between its beginning and its end, as no clock was set.
    package init(
        _ dispatch: ClaimedDispatch,
        finishedAt: Timestamp,
        outcome: AttemptOutcome,
        error: String?,
        next: Next,
        hold: Duration = .zero,
        isCrashInIsolation: Bool = false
    ) {
        self.init(
            dispatch,
            finishedAt: finishedAt,
            duration: finishedAt.duration(since: dispatch.startedAt),
            outcome: outcome,
            error: error,
            next: next,
            hold: hold,
            isCrashInIsolation: isCrashInIsolation
        )
    }
}

extension Moment {
    /// A moment by clocks that nobody has set.
    package static func showing(_ time: Timestamp) -> Moment {
        Moment(time: time, uptime: Uptime(testMilliseconds: time.milliseconds))
    }
}
