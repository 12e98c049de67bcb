import Dispatcher
import Ingest
import ServiceLifecycle

/// Ingest and the dispatcher, which begin to stop at the same moment: while requests in progress finish, so
/// do attempts.
struct DeliveryPipeline: Service {
    let ingest: IngestServer
    let dispatcher: Dispatcher
    /// The attempts begin when all is there, or are drained if that never comes.
    let gate: StartGate
    /// Called when the shutdown begins, or when ingest cannot go on.
    let onStopping: @Sendable () -> Void

    func run() async throws {
        try await withGracefulShutdownHandler {
            async let attempts: Void = runAttempts()
            var failure: (any Error)?
            do {
                try await ingest.run()
            } catch {
                // An address that is taken, say: what the dispatcher has is finished, not cut off.
                failure = error
                stop()
            }
            await attempts
            if let failure { throw failure }
        } onGracefulShutdown: {
            stop()
        }
    }

    private func runAttempts() async {
        if await !gate.isPassed() { dispatcher.drain() }
        await dispatcher.run()
    }

    private func stop() {
        onStopping()
        dispatcher.drain()
    }
}
