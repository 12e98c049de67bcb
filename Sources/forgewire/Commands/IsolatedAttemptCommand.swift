import ArgumentParser
import Daemon

/// `forgewire isolated-attempt`: what the daemon starts for an attempt that may have ended its process.
struct IsolatedAttemptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "isolated-attempt",
        abstract: "Runs one attempt for the daemon that started it.",
        shouldDisplay: false
    )

    @Option(help: "The least level that is logged.")
    var logLevel = LogLevel.info

    @Option(help: "The outbox that the event is in.")
    var outbox: String

    @Option(help: "The Swift listener.")
    var listener: String

    @Flag(help: "Let the system write the memory of the process when it crashes.")
    var coreDumps = false

    /// The command line but for the outbox and the listener, which the daemon adds.
    ///
    /// The configuration is not read again: it may have changed since the daemon read it.
    static func arguments(logLevel: LogLevel) -> [String] {
        [configuration.commandName ?? "", "--log-level", logLevel.rawValue]
    }

    func run() async throws {
        let process = DaemonProcess(configurationFile: nil, logLevel: logLevel)
        throw ExitCode(
            try await process.runAttempt(ofListener: listener, outboxPath: outbox, leavesCoreDumps: coreDumps)
        )
    }
}
