import Dispatcher
import Events
import Logging
import Outbox
import ServiceLifecycle

/// Prunes what is past its age, some minutes after the start and every hour.
struct RetentionService: Service {
    let administration: OutboxAdministration
    let clock: MachineClock
    let logger: Logger

    /// A start has other things to do first, and a daemon that is started again and again does not prune.
    static let firstWait = Duration.seconds(300)

    /// Between two runs.
    static let interval = Duration.seconds(3600)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var wait = Self.firstWait
            while (try? await clock.sleep(wait)) != nil {  // fails only when the daemon ends
                await prune()
                wait = Self.interval
            }
        }
    }

    private func prune() async {
        do {
            let counts = try await administration.applyRetention()
            guard counts.deliveries > 0 else { return }
            logger.notice(
                "Retention has pruned the outbox",
                metadata: ["deliveries": "\(counts.deliveries)", "freed.bytes": "\(counts.freedBytes)"]
            )
        } catch {
            // That it rests was told when the clock was set.
            guard ![.stopping, .resting].contains(error.code) else { return }
            logger.warning(
                "Retention could not prune the outbox; it tries again in an hour",
                metadata: [LogKey.errorCode: "\(error.code.rawValue)", LogKey.errorMessage: "\(error)"]
            )
        }
    }
}
