import Logging
import Providers
import Settings
import Synchronization

/// Takes over the configuration file, one reload at a time: sources, secrets and listeners change at once, a
/// file with errors changes nothing.
final class Reloader: Sendable {
    private let loadPlan: @Sendable () throws -> ServicePlan
    private let apply: @Sendable (ServicePlan) async throws -> Void
    private let status: DaemonStatus?
    private let logger: Logger
    private let current: Mutex<ServicePlan>
    private let turns = OperationTurns()

    /// Makes a reloader that has done nothing yet.
    ///
    /// - Parameters:
    ///   - loadPlan: Gives the plan of the file as it is now.
    ///   - apply: Puts a plan into force, or throws and leaves everything as it was.
    ///   - current: The plan in force.
    ///   - status: Told when a reload begins and ends.
    ///   - logger: Where the difference is told.
    init(
        loadPlan: @escaping @Sendable () throws -> ServicePlan,
        apply: @escaping @Sendable (ServicePlan) async throws -> Void,
        current: ServicePlan,
        status: DaemonStatus?,
        logger: Logger
    ) {
        self.loadPlan = loadPlan
        self.apply = apply
        self.current = Mutex(current)
        self.status = status
        self.logger = logger
    }

    /// The plan in force.
    var plan: ServicePlan { current.withLock { $0 } }

    /// Reads and applies the configuration.
    ///
    /// - Returns: What is in force now.
    /// - Throws: Why the file was not taken; everything is as it was then.
    func reload() async throws(AdministrationError) -> ReloadRequest.Report {
        try await turns.take { () async throws(AdministrationError) -> ReloadRequest.Report in
            status?.reloading()
            do throws(AdministrationError) {
                let report = try await replace()
                status?.reloaded(problem: nil)
                return report
            } catch {
                status?.reloaded(problem: error.message)
                logger.error(
                    "The configuration was not taken; the old one stays",
                    metadata: ["problems": "\(error)"]
                )
                throw error
            }
        }
    }

    private func replace() async throws(AdministrationError) -> ReloadRequest.Report {
        let before = self.plan
        let plan: ServicePlan
        do {
            plan = try loadPlan()
        } catch {
            throw AdministrationError(.invalidConfiguration, "\(error)")
        }
        // A file that is being written is empty for a moment, and every delivery would be refused.
        guard !plan.sources.isEmpty || before.sources.isEmpty else {
            throw AdministrationError(
                .invalidConfiguration,
                "no source is left, so every delivery would be refused; start again if that is meant"
            )
        }
        do {
            try await apply(plan)
        } catch let error as AdministrationError {
            throw error
        } catch {
            throw AdministrationError(.unavailable, "\(error)")
        }
        current.withLock { $0 = plan }
        let report = ReloadRequest.Report(plan, after: before)
        tell(report, ReloadRequest.Report(before, after: before))
        return report
    }

    private func tell(_ report: ReloadRequest.Report, _ before: ReloadRequest.Report) {
        let text = { (names: [String]) in names.joined(separator: " ") }
        logger.notice(
            "The configuration was read again",
            metadata: [
                "sources": "\(text(report.sources))", "sources.before": "\(text(before.sources))",
                "listeners": "\(text(report.listeners))", "listeners.before": "\(text(before.listeners))",
            ]
        )
        if report.needsRestart {
            logger.warning("What is neither a source nor a listener changes at the next start only")
        }
    }
}

extension ReloadRequest.Report {
    fileprivate init(_ plan: ServicePlan, after before: ServicePlan) {
        sources = plan.sources.map(\.name).sorted()
        listeners = plan.listeners.map(\.settings.name).sorted()
        needsRestart = plan.configuration.needsRestart(after: before.configuration)
    }
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
