private import Glibc

/// A point in the time since the machine was started, its sleep included (CLOCK_BOOTTIME): waits go by it, as
/// setting the clock does not change it.
package typealias Uptime = ContinuousClock.Instant

/// The clocks of the machine, and waiting by them: the one way in which the daemon gets to know the time.
///
/// What is stored or shown, and what is compared with other machines' times, goes by the time of day. What is
/// waited for or measured goes by the uptime.
package struct MachineClock: Sendable {
    /// The time of day; it steps when the clock is set.
    package var now: @Sendable () -> Timestamp
    /// The uptime.
    package var uptime: @Sendable () -> Uptime
    /// Waits for so long; throws `CancellationError` when its task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void

    /// Makes a clock of a test's.
    package init(
        now: @escaping @Sendable () -> Timestamp,
        uptime: @escaping @Sendable () -> Uptime,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
    }

    /// That of this machine.
    package static let system = MachineClock(
        now: { .systemTime },
        uptime: { .now },
        sleep: { try await Task.sleep(for: $0, clock: .continuous) }
    )

    /// Now, by both clocks.
    package var moment: Moment { Moment(time: now(), uptime: uptime()) }

    /// Waits until an uptime, or not at all if it is past.
    ///
    /// - Throws: `CancellationError` when its task is cancelled.
    package func sleep(until time: Uptime) async throws { try await sleep(uptime().duration(to: time)) }
}

/// A moment by both clocks, by which times of the one can be told as those of the other.
package struct Moment: Hashable, Sendable {
    /// The time of day.
    package var time: Timestamp
    /// The uptime.
    package var uptime: Uptime

    /// Makes a moment.
    package init(time: Timestamp, uptime: Uptime) {
        self.time = time
        self.uptime = uptime
    }

    /// The time of day at an uptime, if the clock is not set between the two.
    package func time(at uptime: Uptime) -> Timestamp {
        time.advanced(by: self.uptime.duration(to: uptime))
    }

    /// The uptime at a time of day, if the clock is not set between the two.
    package func uptime(at time: Timestamp) -> Uptime {
        uptime.advanced(by: time.duration(since: self.time))
    }
}

extension Duration {
    /// The whole milliseconds.
    package var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}

extension Timestamp {
    /// The time of day by the system's clock.
    fileprivate static var systemTime: Timestamp {
        var time = timespec()
        // The pointer is to `time`, which lives until the call returns; the clock always exists.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
