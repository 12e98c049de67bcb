import ArgumentParser
import Daemon
import Listeners
import Logging
import Settings

/// `forgewire serve`: runs the daemon.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs the daemon in the foreground.",
        discussion: """
            SIGTERM and SIGINT stop it: requests and attempts in progress are finished first, within \
            dispatcher.drain. SIGHUP reads the configuration again, as `forgewire reload` does.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Option(help: "The least level that is logged.")
    var logLevel = LogLevel.info

    func run() async throws {
        do {
            try await DaemonProcess(configurationFile: options.file, logLevel: logLevel).serve()
        } catch let error as ConfigurationError {
            for problem in error.problems { StandardError.write(problem.description) }
            throw CommandExit.invalidConfiguration
        }
    }
}

/// The log levels by their names.
enum LogLevel: String, CaseIterable, ExpressibleByArgument {
    case trace, debug, info, notice, warning, error, critical

    /// The same level of the logging library.
    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}

extension DaemonProcess {
    /// This process as the daemon, or as one that works for it.
    init(configurationFile: String?, logLevel: LogLevel) {
        let arguments = IsolatedAttemptCommand.arguments(logLevel: logLevel)
        self.init(
            configurationPath: configurationFile,
            program: Daemon.Program(version: Version.current, isolationArguments: arguments),
            logLevel: logLevel.level,
            makeRegistry: makeListenerRegistry
        )
    }
}
