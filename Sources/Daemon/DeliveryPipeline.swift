import Dispatcher
import Ingest
import ServiceLifecycle

/// Ingest and the dispatcher, which begin to stop at the same moment: while requests in progress finish, so
/// do
/// attempts.
struct DeliveryPipeline: Service {
    let ingest: IngestServer
    let dispatcher: Dispatcher
    /// Called when the shutdown begins.
    let onStopping: @Sendable () -> Void

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await dispatcher.run() }
                group.addTask { try await ingest.run() }
                try await group.waitForAll()
            }
        } onGracefulShutdown: {
            onStopping()
            dispatcher.drain()
        }
    }
}
