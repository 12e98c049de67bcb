package import Events

/// The time and the waiting of the dispatcher, so that tests need no real time.
package struct DispatchClock: Sendable {
    /// The time of day, which never goes back within a process.
    package var now: @Sendable () -> Timestamp
    /// Waits for so long; throws `CancellationError` when its task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Timestamp,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }
}
