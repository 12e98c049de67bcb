package import Events
import FoundationEssentials
import ListenerKit

/// Runs a command for each attempt: the event JSON on stdin, the outcome in the exit code.
package struct CommandRunner: AttemptRunner {
    /// The exit code that says that trying again cannot help: `EX_DATAERR` of sysexits.h.
    package static let permanentExitCode: Int32 = 65

    private let settings: CommandSettings
    private let environment: [String: String]
    private let clock: MachineClock
    private let room: ChildRoom
    private let groups = ProcessGroups()

    /// Makes a runner; nothing is started before an attempt.
    ///
    /// - Parameters:
    ///   - settings: What is run.
    ///   - environment: The daemon's own environment, of which a command gets a few variables.
    ///   - clock: What the time between SIGTERM and SIGKILL goes by.
    ///   - room: The room for commands, which they share with others; nil for any number of them.
    package init(
        _ settings: CommandSettings,
        environment: [String: String],
        clock: MachineClock,
        room: ChildRoom? = nil
    ) {
        self.settings = settings
        self.environment = environment
        self.clock = clock
        self.room = room ?? ChildRoom(clock: clock)
    }

    /// Waits for room for a process.
    package func whenReady(_ body: () async throws -> Void) async throws { try await room.whenFree(body) }

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
        let program = try program(variables)
        let input = try await eventDocument(attempt, includesPayload: settings.includesPayload)
        let output = CommandOutput(logger: attempt.logger, secrets: settings.secrets)
        let process = ChildProcess(firstSignal: .terminate, groups: groups, clock: clock, room: room)
        do {
            let end = try await process.run(
                program,
                input: input,
                keepsInputOpen: false,
                isInterrupted: attempt.isInterrupted
            ) { stream, bytes in
                output.receive(bytes, from: stream)
            }
            output.finish()
            try Self.judge(end, lastLine: output.lastErrorLine)
        } catch let failure as StartFailure {
            throw ProcessFailure.notStarted(failure, name: settings.command.first ?? "", program: program)
        }
    }

    /// Kills what is still running.
    package func close() async { groups.kill() }

    private func program(_ variables: [String: String]) throws -> Program {
        guard let name = settings.command.first, !name.isEmpty else {
            throw ProcessFailure.notStarted("the command is empty")
        }
        guard !settings.command.contains(where: { $0.utf8.contains(0) }) else {
            throw ProcessFailure.notStarted("the command has a NUL character, which no argument can hold")
        }
        let directory = settings.workingDirectory
        guard name.contains("/") else {
            return Program(
                named: name,
                arguments: settings.command,
                variables: variables,
                workingDirectory: directory
            )
        }
        // The system would take a relative path as relative to where the command runs.
        let isAbsolute = name.hasPrefix("/")
        return Program(
            path: isAbsolute ? name : FileManager.default.currentDirectoryPath + "/" + name,
            arguments: settings.command,
            variables: variables,
            workingDirectory: directory
        )
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
