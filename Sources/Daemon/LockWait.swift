package import Events
import Outbox
import ServiceLifecycle

/// Waits for an outbox that another process gives up soon, or about which it takes commands soon.
package struct LockWait: Sendable {
    private let timeMax: Duration
    private let clock: MachineClock
    private let onWait: @Sendable (_ reason: String) -> Void

    /// How often it is looked.
    private static let interval = Duration.milliseconds(100)

    /// Makes a way to wait.
    ///
    /// - Parameters:
    ///   - timeMax: For how long.
    ///   - clock: What it goes by.
    ///   - onWait: Told at once, and each time that it is somebody else who has the outbox.
    package init(
        timeMax: Duration,
        clock: MachineClock = .system,
        onWait: @escaping @Sendable (_ reason: String) -> Void
    ) {
        self.clock = clock
        self.timeMax = timeMax
        self.onWait = onWait
    }

    /// Does something that needs the outbox, again and again while it throws `OutboxError.Code.busy`.
    ///
    /// - Returns: What that returns.
    /// - Throws: What it throws in the end, or `CancellationError` when the process is to stop.
    package func opening<Value: Sendable>(
        _ open: @Sendable () async throws -> Value
    ) async throws -> Value {
        var looksLeft = Int(timeMax / Self.interval)
        var told: String?
        while true {
            do {
                return try await open()
            } catch let error as OutboxError where error.code == .busy {
                guard looksLeft > 0 else {
                    throw OutboxError(.busy, "\(error.message); try again when that has ended")
                }
                if error.message != told { onWait(error.message) }
                told = error.message
            }
            looksLeft -= 1
            try await cancelWhenGracefulShutdown { try await clock.sleep(Self.interval) }
        }
    }
}
