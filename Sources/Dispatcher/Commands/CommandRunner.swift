import Events
import FoundationEssentials
import ListenerKit
import Subprocess
import SystemPackage

/// Runs a command for each attempt: the event JSON on stdin, the outcome in the exit code.
package struct CommandRunner: AttemptRunner {
    /// The exit code that says that trying again cannot help: `EX_DATAERR` of sysexits.h.
    package static let permanentExitCode: Int32 = 65

    private let settings: CommandSettings
    private let environment: [String: String]
    private let clock: DispatchClock
    private let groups = ProcessGroups()

    /// Makes a runner; nothing is started before an attempt.
    ///
    /// - Parameters:
    ///   - settings: What is run.
    ///   - environment: The daemon's own environment, of which a command gets a few variables.
    ///   - clock: What the time between SIGTERM and SIGKILL goes by.
    package init(_ settings: CommandSettings, environment: [String: String], clock: DispatchClock) {
        self.settings = settings
        self.environment = environment
        self.clock = clock
    }

    /// Runs the command for one attempt.
    ///
    /// - Throws: `ListenerError.permanent` for exit code 65, `AttemptFailure.crashed` for death by a signal,
    ///   another error if the command cannot be started or exits otherwise, `CancellationError` if it was cut
    ///   off.
    package func run(_ attempt: Attempt) async throws {
        let variables = CommandEnvironment.variables(
            for: attempt.dispatch,
            daemon: environment,
            configured: settings.environment
        )
        let program = try configuration(variables)
        let input = try await eventDocument(attempt, includesPayload: settings.includesPayload)
        let output = CommandOutput(logger: attempt.logger, secrets: settings.secrets)
        let process = ChildProcess(firstSignal: .terminate, groups: groups, clock: clock)
        do {
            let end = try await process.run(
                program,
                output: .sequence,
                input: input,
                keepsInputOpen: false,
                isInterrupted: attempt.isInterrupted
            ) { execution in
                async let errors: Void = process.bytes(of: execution.standardError) {
                    output.receive($0, from: .stderr)
                }
                await process.bytes(of: execution.standardOutput) { output.receive($0, from: .stdout) }
                await errors
            }
            output.finish()
            try Self.judge(end, lastLine: output.lastErrorLine)
        } catch let error as SubprocessError {
            throw ProcessFailure.notStarted(
                error,
                program: settings.command.first ?? "",
                workingDirectory: settings.workingDirectory,
                path: variables["PATH"]
            )
        }
    }

    /// Kills what is still running.
    package func close() async { groups.kill() }

    private func configuration(_ variables: [String: String]) throws -> Configuration {
        guard let program = settings.command.first, !program.isEmpty else {
            throw ProcessFailure.notStarted("the command is empty")
        }
        guard !settings.command.contains(where: { $0.utf8.contains(0) }) else {
            throw ProcessFailure.notStarted("the command has a NUL character, which no argument can hold")
        }
        return Configuration(
            executable: Self.executable(program),
            arguments: Arguments(
                executablePathOverride: program,
                remainingValues: Array(settings.command.dropFirst())
            ),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0.key), $0.value) })
            ),
            workingDirectory: settings.workingDirectory.map { FilePath($0) }
        )
    }

    private static func executable(_ program: String) -> Executable {
        if !program.contains("/") { return .name(program) }
        if program.hasPrefix("/") { return .path(FilePath(program)) }
        // The system would take it relative to where the command runs.
        return .path(FilePath(FileManager.default.currentDirectoryPath).appending(program))
    }

    private static func judge(_ end: ChildProcess.End, lastLine: String?) throws {
        switch end {
        case .exited(code: 0): return
        case .exited(code: permanentExitCode):
            throw ListenerError.permanent(
                ProcessFailure.exit(code: permanentExitCode, lastLine: lastLine).description
            )
        case .exited(let code): throw ProcessFailure.exit(code: code, lastLine: lastLine)
        case .signalled(let signal): throw AttemptFailure.crashed(ProcessFailure.ended(by: signal))
        case .cutOff: throw CancellationError()
        }
    }
}
