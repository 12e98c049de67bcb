package import Events

/// The time and the waiting of the dispatcher, so that tests need no real time.
package struct DispatchClock: Sendable {
    /// The time of day, which never goes back within a process.
    package var now: @Sendable () -> Timestamp
    /// The time since some moment in the past; setting the clock does not change it.
    package var uptime: @Sendable () -> Duration
    /// Waits for so long; throws `CancellationError` when its task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Timestamp,
        uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
    }
}
