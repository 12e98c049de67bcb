import ArgumentParser
import Daemon
import Foundation
import Listeners
import Logging
import Metrics
import Settings
import Telemetry

/// `forgewire serve`: runs the daemon.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs the daemon in the foreground.",
        discussion: """
            SIGTERM and SIGINT stop it: requests and attempts in progress are finished first, within \
            dispatcher.drain. SIGHUP reads the configuration again.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Option(help: "The least level that is logged.")
    var logLevel = LogLevel.info

    func run() async throws {
        let metrics = MetricsRegistry()
        LoggingSystem.bootstrap { [logLevel] _ in LineLogHandler(level: logLevel.level) }
        MetricsSystem.bootstrap(metrics)
        // A reader of standard output that goes away is an error of one write, not the end of the daemon.
        signal(SIGPIPE, SIG_IGN)
        // Until the reload service listens to it, SIGHUP must not end the process.
        signal(SIGHUP, SIG_IGN)
        let logger = Logger(label: "forgewire")
        let (path, environment) = (options.file, ProcessInfo.processInfo.environment)
        let load: @Sendable () throws -> ServicePlan = {
            let registry = try makeListenerRegistry()
            let loaded = try ServicePlan.load(path: path, environment: environment, registry: registry)
            for warning in loaded.warnings {
                logger.warning("The configuration has a weak point", metadata: ["problem": "\(warning)"])
            }
            return loaded.plan
        }
        let plan: ServicePlan
        do {
            plan = try load()
        } catch let error as ConfigurationError {
            for problem in error.problems { StandardError.write(problem.description) }
            throw CommandExit.invalidConfiguration
        }
        let daemon = Daemon(
            plan: plan,
            reloadPlan: load,
            environment: environment,
            metrics: metrics,
            logger: logger
        )
        try await daemon.run()
    }
}

/// The log levels by their names.
enum LogLevel: String, CaseIterable, ExpressibleByArgument {
    case trace, debug, info, notice, warning, error, critical

    /// The same level of the logging library.
    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}
