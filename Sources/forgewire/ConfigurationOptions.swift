import ArgumentParser
import Daemon
import Events
import Foundation
import ListenerKit
import Listeners
import Outbox
import Settings

/// What every command takes: where the configuration is.
struct ConfigurationOptions: ParsableArguments {
    @Option(name: .customLong("config"), help: ArgumentHelp("The configuration file.", valueName: "file"))
    var file: String?

    /// Checks the configuration and tells its problems on standard error.
    ///
    /// - Throws: Exit code 78 if there is no configuration; errors within it are left to the caller.
    func check() throws -> ServicePlan.Check {
        do {
            return try ServicePlan.check(
                path: file,
                environment: ProcessInfo.processInfo.environment,
                isTrial: true,
                registry: try makeListenerRegistry()
            )
        } catch let error as ListenerRegistryError {
            throw CommandFailure(error.description)
        } catch {
            StandardError.write("Error: \(error)")
            throw CommandExit.invalidConfiguration
        }
    }

    /// The configuration of a command that reads or sends: secrets that it does not need may be missing.
    ///
    /// - Throws: Exit code 78 with every problem on standard error if the file itself is invalid.
    func load() throws -> Configuration {
        let check = try check()
        let errors = check.fileProblems.filter { $0.severity == .error }
        guard errors.isEmpty else {
            for problem in errors { StandardError.write(problem.description) }
            throw CommandExit.invalidConfiguration
        }
        return check.configuration
    }

    /// Where the configuration says that the outbox is; an error elsewhere in it does not matter.
    ///
    /// - Throws: Exit code 78 with every problem on standard error if the file cannot be read.
    func outboxPath() throws -> String {
        let check = try check()
        guard check.isReadable else {
            for problem in check.fileProblems { StandardError.write(problem.description) }
            throw CommandExit.invalidConfiguration
        }
        return check.configuration.outbox.path
    }

    /// The outbox that the configuration names, for reading.
    ///
    /// - Throws: A failure that says what to do if there is none.
    func openOutbox() throws -> OutboxReader {
        try OutboxReader(path: try load().outbox.path)
    }
}

/// The exit codes of the contract, beside 64, which the argument parser uses for wrong usage.
enum CommandExit {
    static let failed = ExitCode(1)
    static let invalidConfiguration = ExitCode(78)
}

/// A failure that is told on one line; exit code 1.
struct CommandFailure: CustomStringConvertible, Error {
    let description: String

    /// What it repeats of others may hold anything.
    init(_ description: String) { self.description = HarmlessText.lines(description) }
}
