import ListenerKit
import Subprocess
import Synchronization
import SystemPackage

/// Runs a listener of this program in a process of its own, for an attempt that may bring the process down.
///
/// The process is this program again, with a hidden command that calls `IsolatedAttempt.run`. Its death
/// without an answer is certain evidence against the listener; a death of the daemon ends it, too, and is
/// none.
package struct IsolatedRunner: AttemptRunner {
    private let program: String
    private let arguments: [String]
    private let clock: DispatchClock
    private let makeToken: @Sendable () -> String
    private let writeError: @Sendable ([UInt8]) -> Void
    private let groups = ProcessGroups()

    /// Makes a runner; nothing is started before an attempt.
    ///
    /// - Parameters:
    ///   - program: The path of the executable; this program itself, also when its file was replaced.
    ///   - arguments: Its arguments; `--listener` and the name come behind them.
    ///   - clock: What deadlines go by.
    ///   - makeToken: Gives a word that nobody can guess.
    ///   - writeError: Where the stderr of the process goes, but for its answers; must not wait.
    package init(
        program: String = "/proc/self/exe",
        arguments: [String],
        clock: DispatchClock,
        makeToken: @escaping @Sendable () -> String = Self.randomToken,
        writeError: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.program = program
        self.arguments = arguments
        self.clock = clock
        self.makeToken = makeToken
        self.writeError = writeError
    }

    /// 128 random bits in hexadecimal digits.
    package static func randomToken() -> String {
        let bits = UInt128.random(in: 0...UInt128.max)
        return "answer-" + String(bits, radix: 16)
    }

    /// Runs the listener for one attempt.
    ///
    /// - Throws: What the listener threw, as far as the dispatcher tells errors apart;
    ///   `AttemptFailure.crashedAlone` if the process died under it; another error if it did not come so far;
    ///   `CancellationError` if it was cut off.
    package func run(_ attempt: Attempt) async throws {
        let token = makeToken()
        let process = ChildProcess(firstSignal: .none, groups: groups, clock: clock)
        let filter = Mutex(AnswerFilter(token: token))
        let end = try await start(process, attempt, token: token) { bytes in
            let (passed, isDone) = filter.withLock { ($0.receive(bytes), $0.result != nil) }
            if !passed.isEmpty { writeError(passed) }
            if isDone { process.expectExit() }
        }
        let (rest, hasStarted, result) = filter.withLock { ($0.finish(), $0.hasStarted, $0.result) }
        if !rest.isEmpty { writeError(rest) }
        try Self.judge(end, hasStarted: hasStarted, result: result)
    }

    /// Kills what is still running.
    package func close() async { groups.kill() }

    private func start(
        _ process: ChildProcess,
        _ attempt: Attempt,
        token: String,
        receive: @escaping @Sendable ([UInt8]) -> Void
    ) async throws -> ChildProcess.End {
        do {
            return try await process.run(
                configuration(listener: attempt.dispatch.listener),
                output: .currentStandardOutput,
                input: try request(attempt, token: token).line() + attempt.dispatch.json,
                keepsInputOpen: true,
                isInterrupted: attempt.isInterrupted,
                read: { await process.bytes(of: $0.standardError, receive) }
            )
        } catch let error as SubprocessError {
            throw ProcessFailure.notStarted(error, program: program, workingDirectory: nil, path: nil)
        }
    }

    private func configuration(listener: String) -> Configuration {
        Configuration(
            executable: .path(FilePath(program)),
            arguments: Arguments(
                executablePathOverride: "forgewire",
                remainingValues: arguments + ["--listener", listener]
            ),
            environment: .inherit
        )
    }

    private func request(_ attempt: Attempt, token: String) -> IsolatedRequest {
        let dispatch = attempt.dispatch
        let timeLeft = attempt.deadline.milliseconds - clock.now().milliseconds
        return IsolatedRequest(
            token: token,
            event: dispatch.event,
            delivery: dispatch.delivery,
            attempt: dispatch.attempt,
            deadline: attempt.deadline,
            timeoutMilliseconds: max(0, timeLeft),
            eventBytes: dispatch.json.count
        )
    }

    private static func judge(_ end: ChildProcess.End, hasStarted: Bool, result: IsolatedAnswer?) throws {
        let reason: String
        switch end {
        case .cutOff: throw CancellationError()
        case .exited(let code): reason = "exited with code \(code)"
        case .signalled(let signal): reason = ProcessFailure.ended(by: signal)
        }
        if let result { return try result.end() }
        // Before the listener was called the process has only itself, or its surroundings, to blame.
        guard hasStarted else {
            throw IsolatedFailure(
                description: "the process of its own \(reason) before the listener was called"
            )
        }
        throw AttemptFailure.crashedAlone("\(reason), in a process of its own")
    }
}
