import Dispatcher
import Ingest
import ServiceLifecycle

/// Ingest and the dispatcher, which begin to stop at the same moment: while requests in progress finish, so
/// do attempts.
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
                // The first failure, such as an address that is taken, ends the other one, too.
                while try await group.next() != nil {}
            }
        } onGracefulShutdown: {
            onStopping()
            dispatcher.drain()
        }
    }
}
