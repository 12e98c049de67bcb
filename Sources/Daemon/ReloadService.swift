import ServiceLifecycle
import UnixSignals

/// Has the configuration taken over on SIGHUP, as `forgewire reload` does.
struct ReloadService: Service {
    let reloader: Reloader
    /// What a SIGHUP during the start waits for.
    let gate: StartGate

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        guard await gate.isPassed() else {
            // A service that ends before its turn would end the daemon.
            try? await gracefulShutdown()  // fails only when the daemon ends in another way
            return
        }
        for await _ in signals.cancelOnGracefulShutdown() {
            // Why it failed is in the log; nobody else asks.
            _ = try? await reloader.reload()
        }
    }
}
