package import Dispatcher
package import Events
import Synchronization
import Telemetry

/// The time of day in milliseconds, which never goes back within the process: a clock that is set back must
/// not hold up dispatches until it has caught up.
package final class SystemClock: Sendable {
    private let last = Atomic<Int64>(0)
    private let wall: @Sendable () -> Timestamp
    private let start = ContinuousClock.now

    /// Makes a clock.
    ///
    /// - Parameter wall: The time of day as the system tells it.
    package init(wall: @escaping @Sendable () -> Timestamp = { .systemTime }) {
        self.wall = wall
    }

    /// The time now, or the latest time that was given, if that is later.
    package func now() -> Timestamp {
        let wall = wall().milliseconds
        let previous = last.max(wall, ordering: .relaxed).oldValue
        return Timestamp(milliseconds: max(wall, previous))
    }

    /// Waits for so long.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    package func sleep(_ duration: Duration) async throws {
        try await Task.sleep(for: duration, clock: .continuous)
    }

    /// The same clock for the dispatcher, with real waiting.
    package var dispatchClock: DispatchClock {
        DispatchClock(
            now: { self.now() },
            uptime: { self.start.duration(to: .now) },
            sleep: { try await self.sleep($0) }
        )
    }
}
