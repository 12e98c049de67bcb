import Logging
import Providers
import ServiceLifecycle
import Settings
import UnixSignals

/// Reads the configuration again on SIGHUP: sources, secrets and listeners change at once, a file with errors
/// changes nothing.
struct ReloadService: Service {
    /// Gives the plan of the file as it is now.
    let loadPlan: @Sendable () throws -> ServicePlan
    /// Puts a plan into force, or throws and leaves everything as it was.
    let apply: @Sendable (ServicePlan) async throws -> Void
    let current: ServicePlan
    let notifier: SystemdNotifier
    let logger: Logger

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        var current = current
        for await _ in signals.cancelOnGracefulShutdown() {
            notifier.notify(.reloading)
            current = await reload(replacing: current)
            notifier.notify(.ready)
        }
    }

    /// Reads and applies the configuration.
    ///
    /// - Parameter current: The plan in force.
    /// - Returns: The plan that is in force afterwards.
    func reload(replacing current: ServicePlan) async -> ServicePlan {
        do {
            let plan = try loadPlan()
            // A file that is being written is empty for a moment, and every delivery would be refused.
            guard !plan.sources.isEmpty || current.sources.isEmpty else { throw NoSourceLeft() }
            try await apply(plan)
            report(plan, after: current)
            return plan
        } catch {
            logger.error(
                "The configuration was not taken; the old one stays",
                metadata: ["problems": "\(error)"]
            )
            return current
        }
    }

    private func report(_ plan: ServicePlan, after current: ServicePlan) {
        let sources = { (plan: ServicePlan) in plan.sources.map(\.name).sorted().joined(separator: " ") }
        let listeners = { (plan: ServicePlan) in
            plan.listeners.map(\.settings.name).sorted().joined(separator: " ")
        }
        logger.notice(
            "The configuration was read again",
            metadata: [
                "sources": "\(sources(plan))", "sources.before": "\(sources(current))",
                "listeners": "\(listeners(plan))", "listeners.before": "\(listeners(current))",
            ]
        )
        if plan.configuration.needsRestart(after: current.configuration) {
            logger.warning("What is neither a source nor a listener changes at the next start only")
        }
    }
}

/// A reload would leave nothing that deliveries can come from.
private struct NoSourceLeft: CustomStringConvertible, Error {
    let description = "no source is left, so every delivery would be refused; start again if that is meant"
}

extension Configuration {
    /// Whether anything is different that a reload does not change.
    fileprivate func needsRestart(after other: Configuration) -> Bool {
        var same = self
        same.sources = other.sources
        same.listeners = other.listeners
        same.dispatcher.defaults = other.dispatcher.defaults
        return same != other
    }
}
