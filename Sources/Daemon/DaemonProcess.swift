import Dispatcher
package import Events
import Foundation
package import ListenerKit
package import Logging
import Metrics
import Outbox
import Settings
import Telemetry

/// A process that is the daemon, or that runs a single attempt for it: sets up what a process has once, such
/// as logging, metrics and signals.
package struct DaemonProcess: Sendable {
    private let configurationPath: String?
    private let program: Daemon.Program
    private let logLevel: Logger.Level
    private let clock: MachineClock
    private let makeRegistry: @Sendable () throws -> ListenerRegistry

    /// Makes a process that has done nothing yet.
    ///
    /// - Parameters:
    ///   - configurationPath: The file that the command line names, if it does.
    ///   - program: The executable.
    ///   - logLevel: The least level that is logged.
    ///   - clock: What it goes by.
    ///   - makeRegistry: Gives the listeners of this build.
    package init(
        configurationPath: String?,
        program: Daemon.Program,
        logLevel: Logger.Level,
        clock: MachineClock = .system,
        makeRegistry: @escaping @Sendable () throws -> ListenerRegistry
    ) {
        self.configurationPath = configurationPath
        self.program = program
        self.logLevel = logLevel
        self.clock = clock
        self.makeRegistry = makeRegistry
    }

    /// Serves until SIGTERM or SIGINT, then drains and returns.
    ///
    /// - Throws: `ConfigurationError` if there is nothing valid to serve, `ListenerRegistryError`, or what
    ///   `Daemon.run` throws.
    package func serve() async throws {
        MemoryReturn.prepareAllocator()
        ProcessPrivacy.begin()
        let metrics = MetricsRegistry()
        let logger = bootstrapLogging()
        MetricsSystem.bootstrap(metrics)
        ignoreSignals()
        let environment = ProcessInfo.processInfo.environment
        let load: @Sendable () throws -> ServicePlan = {
            let registry = try makeRegistry()
            let loaded = try ServicePlan.load(
                path: configurationPath,
                environment: environment,
                registry: registry
            )
            for warning in loaded.warnings {
                logger.warning("The configuration has a weak point", metadata: ["problem": "\(warning)"])
            }
            return loaded.plan
        }
        let plan = try load()
        if plan.configuration.daemon.coreDumps { ProcessPrivacy.allowCoreDumps() }
        let daemon = Daemon(
            plan: plan,
            reloadPlan: load,
            environment: environment,
            program: program,
            descriptors: DescriptorBudget.raisingLimit(for: plan.configuration),
            metrics: metrics,
            clock: clock,
            logger: logger
        )
        try await OrphanReaper.reaping(clock: clock, logger: logger) {
            try await daemon.run()
        }
    }

    /// Runs the one attempt that a daemon asks for on standard input.
    ///
    /// - Parameters:
    ///   - name: The listener, which has to be one of this build.
    ///   - outboxPath: Where payloads are.
    ///   - leavesCoreDumps: Whether the system may write the memory of the process when it crashes.
    /// - Returns: The exit code.
    /// - Throws: `ListenerRegistryError`, or `UnknownListener`.
    package func runAttempt(
        ofListener name: String,
        outboxPath: String,
        leavesCoreDumps: Bool = false
    ) async throws -> Int32 {
        ProcessPrivacy.begin()
        if leavesCoreDumps { ProcessPrivacy.allowCoreDumps() }
        let logger = bootstrapLogging()
        ignoreSignals()
        guard let listener = try makeRegistry().listener(named: name) else {
            throw UnknownListener(name: name)
        }
        let environment = IsolatedAttempt.Environment(clock: clock, logger: logger) {
            id in
            // Opened when it is asked for: few listeners want the payload.
            let reader = try OutboxReader(path: outboxPath)
            defer { reader.close() }
            guard let payload = try reader.payload(ofDelivery: id) else {
                throw OutboxError(.notFound, "delivery \(id) is not in the outbox any more")
            }
            return payload
        }
        return await IsolatedAttempt.run(listener, environment)
    }

    private func bootstrapLogging() -> Logger {
        LoggingSystem.bootstrap { [logLevel, clock] _ in LineLogHandler(level: logLevel, clock: clock) }
        return Logger(label: "forgewire")
    }

    private func ignoreSignals() {
        // A reader of standard output that goes away is an error of one write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        // Until the reload service listens to it, SIGHUP must not end the process.
        signal(SIGHUP, SIG_IGN)
    }
}

/// No listener of this build has that name.
package struct UnknownListener: CustomStringConvertible, Error {
    package let name: String

    /// What is missing.
    package var description: String { "no listener named \"\(name)\" is part of this build" }
}
