package import Events
import ListenerKit
import Synchronization

/// Runs a listener of this program in a process of its own, for an attempt that may bring the process down.
///
/// The process is this program again, with a hidden command that calls `IsolatedAttempt.run`. Its death
/// without an answer is certain evidence against the listener; a death of the daemon ends it, too, and is
/// none.
package struct IsolatedRunner: AttemptRunner {
    private let program: String
    private let arguments: [String]
    private let environment: [String: String]
    private let room: ChildRoom
    private let clock: MachineClock
    private let makeToken: @Sendable () -> String
    private let writeError: @Sendable ([UInt8]) -> Void
    private let groups = ProcessGroups()

    /// Makes a runner; nothing is started before an attempt.
    ///
    /// - Parameters:
    ///   - program: The path of the executable; this program itself, also when its file was replaced.
    ///   - arguments: Its arguments; `--listener` and the name come behind them.
    ///   - environment: All variables that the process gets.
    ///   - clock: What deadlines go by.
    ///   - room: The room for processes, which commands share; nil for any number of them.
    ///   - makeToken: Gives a word that nobody can guess.
    ///   - writeError: Where the stderr of the process goes, but for its answers; must not wait.
    package init(
        program: String = "/proc/self/exe",
        arguments: [String],
        environment: [String: String],
        clock: MachineClock,
        room: ChildRoom? = nil,
        makeToken: @escaping @Sendable () -> String = Self.randomToken,
        writeError: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.clock = clock
        self.room = room ?? ChildRoom(clock: clock)
        self.makeToken = makeToken
        self.writeError = writeError
    }

    /// 128 random bits in hexadecimal digits.
    package static func randomToken() -> String {
        let bits = UInt128.random(in: 0...UInt128.max)
        return "answer-" + String(bits, radix: 16)
    }

    /// Waits for room for a process.
    package func whenReady(_ body: () async throws -> Void) async throws { try await room.whenFree(body) }

    /// Runs the listener for one attempt.
    ///
    /// - Throws: What the listener threw, as far as the dispatcher tells errors apart;
    ///   `AttemptFailure.crashedAlone` if the process died under it; another error if it did not come so far;
    ///   `CancellationError` if it was cut off.
    package func run(_ attempt: Attempt) async throws {
        let token = makeToken()
        let process = ChildProcess(firstSignal: .none, groups: groups, clock: clock, room: room)
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
        let program = program(listener: attempt.dispatch.listener)
        do {
            return try await process.run(
                program,
                input: try request(attempt, token: token).line() + attempt.dispatch.json,
                keepsInputOpen: true,
                isInterrupted: attempt.isInterrupted
            ) { _, bytes in
                receive(bytes)
            }
        } catch let failure as StartFailure {
            throw ProcessFailure.notStarted(failure, name: self.program, program: program)
        }
    }

    private func program(listener: String) -> Program {
        var program = Program(
            path: program,
            arguments: ["forgewire"] + arguments + ["--listener", listener],
            variables: environment
        )
        program.isOutputRead = false
        return program
    }

    private func request(_ attempt: Attempt, token: String) -> IsolatedRequest {
        let dispatch = attempt.dispatch
        let timeLeft = clock.uptime().duration(to: attempt.deadline.uptime)
        return IsolatedRequest(
            token: token,
            event: dispatch.event,
            delivery: dispatch.delivery,
            attempt: dispatch.attempt,
            deadline: attempt.deadline.time,
            timeoutMilliseconds: max(0, timeLeft.milliseconds),
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
