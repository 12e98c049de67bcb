import Glibc
import Subprocess
import Synchronization

/// One run of a program for one attempt, in a process group of its own, which ends with the attempt.
///
/// The task's cancellation is the deadline, or the daemon's end. At the deadline the whole group gets the
/// time to end that `grace` says, and is killed after it. Who has left the group (daemons, new sessions), or
/// is still there when the program has exited by itself, is left alone, but its output is no longer read.
final class ChildProcess: Sendable {
    /// How a run ended.
    enum End: Hashable, Sendable {
        case exited(code: Int32)
        case signalled(Int32)
        /// The deadline, or the daemon's end, came first.
        case cutOff
    }

    /// What a program gets at its deadline, before it is killed.
    enum FirstSignal: Sendable {
        case terminate
        /// Nothing: it knows its deadline.
        case none
    }

    /// How long a group may take to end after its first signal.
    static let grace = Duration.seconds(2)

    /// How often it is looked whether the whole group has ended; the leader's exit is told at once.
    private static let look = Duration.milliseconds(50)

    /// What is still read when the program has exited, of each stream: more than a pipe holds, and bounded,
    /// as somebody who has inherited the pipe may write for ever.
    private static let bytesAfterExitMax = 1 << 20

    /// Signal 0 is sent, and then nothing for a century.
    private static let exitWatch = [
        TeardownStep.send(
            signal: Signal(rawValue: 0),
            allowedDurationToNextStep: .seconds(100 * 365 * 86_400)
        )
    ]

    /// A command that reads nothing closes its stdin; writing to that must be an error, not our end.
    private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    private let firstSignal: FirstSignal
    private let clock: DispatchClock
    private let group = ProcessGroup()
    private let groups: ProcessGroups
    private let cuts: AsyncStream<Cut>
    private let cut: AsyncStream<Cut>.Continuation
    private let wasCutOff = Mutex(false)
    private let exitBell = Doorbell()

    private enum Cut {
        case deadline
        case result
    }

    /// Makes a run that has not begun.
    ///
    /// - Parameters:
    ///   - firstSignal: What the group gets at the deadline.
    ///   - groups: Where the run's group is listed as long as it runs.
    ///   - clock: What the time to end goes by.
    init(firstSignal: FirstSignal, groups: ProcessGroups, clock: DispatchClock) {
        _ = Self.ignoresBrokenPipes
        self.firstSignal = firstSignal
        self.groups = groups
        self.clock = clock
        // The first that comes decides.
        (cuts, cut) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1))
    }

    /// The program has done what it was started for: it is killed if it does not exit soon.
    func expectExit() { cut.yield(.result) }

    /// Starts the program and waits for its end.
    ///
    /// - Parameters:
    ///   - program: What is started; its group is set here.
    ///   - output: Where its stdout goes.
    ///   - input: What it may read from stdin.
    ///   - keepsInputOpen: Whether stdin ends only with the run.
    ///   - isInterrupted: Whether the cancellation is the daemon's end: then nothing is waited for.
    ///   - read: Reads the streams, with `bytes(of:_:)`.
    /// - Returns: How it ended.
    /// - Throws: `SubprocessError` if it cannot be started.
    func run<Output: OutputProtocol>(
        _ program: Configuration,
        output: Output,
        input: [UInt8],
        keepsInputOpen: Bool,
        isInterrupted: @Sendable () -> Bool,
        read: @escaping @Sendable (Execution<CustomWriteInput, Output, SequenceOutput>) async -> Void
    ) async throws -> End where Output.OutputType == Void {
        try Task.checkCancellation()
        groups.insert(group)
        defer { groups.remove(group) }
        return try await withTaskCancellationHandler {
            try await uncancelled {
                let result = try await self.start(program, output: output) { execution in
                    await self.attend(execution, input: input, keepsInputOpen: keepsInputOpen, read: read)
                }
                return self.end(of: result)
            }
        } onCancel: {
            wasCutOff.withLock { $0 = true }
            if isInterrupted() { group.kill() }
            cut.yield(.deadline)
        }
    }

    /// Gives the bytes of a stream, until it ends or the program has.
    func bytes(of stream: SubprocessOutputSequence, _ receive: ([UInt8]) -> Void) async {
        var bytesLeft = Self.bytesAfterExitMax
        // What cannot be read is lost; how the program ended is known all the same.
        var iterator = stream.makeAsyncIterator()
        while bytesLeft > 0, let buffer = try? await iterator.next() {
            if group.hasLeaderExited { bytesLeft -= buffer.count }
            // The bytes are copied before the buffer goes.
            receive(unsafe buffer.withUnsafeBytes { unsafe Array($0) })
            // Who writes without a pause would never let this thread's other tasks run, the end included.
            await Task.yield()
        }
    }

    private func start<Output: OutputProtocol>(
        _ program: Configuration,
        output: Output,
        _ body: (Execution<CustomWriteInput, Output, SequenceOutput>) async -> Void
    ) async throws -> TerminationStatus {
        var program = program
        program.platformOptions.processGroupID = 0
        return try await Subprocess.run(
            program,
            input: .inputWriter,
            output: output,
            error: .sequence,
            body: body
        ).terminationStatus
    }

    /// Does all that a running program needs.
    ///
    /// The program is not reaped before this has returned.
    private func attend<Output: OutputProtocol>(
        _ execution: Execution<CustomWriteInput, Output, SequenceOutput>,
        input: [UInt8],
        keepsInputOpen: Bool,
        read: @escaping @Sendable (Execution<CustomWriteInput, Output, SequenceOutput>) async -> Void
    ) async {
        group.begin(leader: execution.processIdentifier.value)
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                // It need not read: a closed stdin, or an exit, is no failure.
                _ = try? await execution.standardInputWriter.write(input)
                if !keepsInputOpen { try? await execution.standardInputWriter.finish() }
            }
            tasks.addTask { await read(execution) }
            tasks.addTask { await self.endWhenCut() }
            // Returns when the process has exited.
            await execution.teardown(using: Self.exitWatch)
            group.leaderExited()
            exitBell.ring()
            cut.finish()
            await tasks.waitForAll()
        }
        group.end()
    }

    private func endWhenCut() async {
        for await cut in cuts {
            if cut == .deadline, firstSignal == .terminate { group.terminate() }
            if await isOver(after: cut) { return }
            group.kill()
            // Who is killed goes at once, but for what the kernel must finish first, which has no bound.
            _ = await isOver(after: cut)
            return
        }
    }

    /// Looks for the end as long as `grace` says.
    private func isOver(after cut: Cut) async -> Bool {
        for _ in 0..<Int(Self.grace / Self.look) {
            if cut == .deadline ? group.isGone : group.hasLeaderExited { return true }
            await exitBell.wait(atMost: Self.look, clock: clock)
        }
        return false
    }

    private func end(of status: TerminationStatus) -> End {
        if wasCutOff.withLock({ $0 }) { return .cutOff }
        return switch status {
        case .exited(let code): .exited(code: code)
        case .signaled(let signal): .signalled(signal)
        }
    }
}
