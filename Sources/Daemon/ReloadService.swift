import Ingest
import Logging
import Providers
import ServiceLifecycle
import Settings
import Synchronization
import UnixSignals

/// Reads the configuration again on SIGHUP: sources and secrets change at once, a file with errors changes
/// nothing.
struct ReloadService: Service {
    let sources: SourceTable
    let loadPlan: @Sendable () throws -> ServicePlan
    let current: ServicePlan
    let notifier: SystemdNotifier
    let logger: Logger

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        var current = current
        for await _ in signals.cancelOnGracefulShutdown() {
            notifier.notify(.reloading)
            current = reload(replacing: current)
            notifier.notify(.ready)
        }
    }

    /// Swaps the sources and returns the plan that is in force afterwards.
    func reload(replacing current: ServicePlan) -> ServicePlan {
        let plan: ServicePlan
        do {
            plan = try loadPlan()
        } catch {
            logger.error(
                "The configuration is invalid and was not taken; the old one stays",
                metadata: ["problems": "\(error)"]
            )
            return current
        }
        sources.replace(with: plan.sources)
        let names = { (plan: ServicePlan) in plan.sources.map(\.name).sorted().joined(separator: " ") }
        logger.notice(
            "The configuration was read again",
            metadata: ["sources": "\(names(plan))", "sources.before": "\(names(current))"]
        )
        if plan.configuration.needsRestart(after: current.configuration) {
            logger.warning("Only sources and secrets change without a restart; the rest will at the next one")
        }
        return plan
    }
}

extension Configuration {
    /// Whether anything but the sources is different.
    fileprivate func needsRestart(after other: Configuration) -> Bool {
        var same = self
        same.sources = other.sources
        return same != other
    }
}
