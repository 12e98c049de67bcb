import Events
import Glibc
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

    /// A command that reads nothing closes its stdin; writing to that must be an error, not our end.
    private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    private let firstSignal: FirstSignal
    private let clock: MachineClock
    private let room: ChildRoom
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
    ///   - room: Is told whether the program could be started.
    init(firstSignal: FirstSignal, groups: ProcessGroups, clock: MachineClock, room: ChildRoom) {
        _ = Self.ignoresBrokenPipes
        self.firstSignal = firstSignal
        self.groups = groups
        self.clock = clock
        self.room = room
        // The first that comes decides.
        (cuts, cut) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1))
    }

    /// The program has done what it was started for: it is killed if it does not exit soon.
    func expectExit() { cut.yield(.result) }

    /// Starts the program and waits for its end.
    ///
    /// - Parameters:
    ///   - program: What is started.
    ///   - input: What it may read from stdin.
    ///   - keepsInputOpen: Whether stdin ends only with the run.
    ///   - isInterrupted: Whether the cancellation is the daemon's end: then nothing is waited for.
    ///   - receive: Takes what it writes, on a thread of the run's own.
    /// - Returns: How it ended.
    /// - Throws: `StartFailure` if it cannot be started.
    func run(
        _ program: Program,
        input: [UInt8],
        keepsInputOpen: Bool,
        isInterrupted: @Sendable () -> Bool,
        receive: @escaping @Sendable (OutputStream, [UInt8]) -> Void
    ) async throws -> End {
        try Task.checkCancellation()
        groups.insert(group)
        defer { groups.remove(group) }
        return try await withTaskCancellationHandler {
            try await uncancelled {
                try await self.runToEnd(program, input, keepsInputOpen: keepsInputOpen, receive: receive)
            }
        } onCancel: {
            wasCutOff.withLock { $0 = true }
            if isInterrupted() { group.kill() }
            cut.yield(.deadline)
        }
    }

    private func runToEnd(
        _ program: Program,
        _ input: [UInt8],
        keepsInputOpen: Bool,
        receive: @escaping @Sendable (OutputStream, [UInt8]) -> Void
    ) async throws -> End {
        async let end: Void = endWhenCut()
        let processID: Int32
        do {
            processID = try await withCheckedThrowingContinuation { continuation in
                do {
                    try OwnThread.start {
                        continuation.resume(
                            with: Result {
                                try self.serve(
                                    program,
                                    input,
                                    keepsInputOpen: keepsInputOpen,
                                    receive: receive
                                )
                            }
                        )
                    }
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        } catch {
            if let failure = error as? StartFailure, failure.isWantOfRoom { room.refused("\(failure)") }
            exited()
            await end
            throw error
        }
        await end
        // The number may be another group's as soon as the leader is reaped.
        group.end()
        let status = StartedChild.reap(processID)
        if wasCutOff.withLock({ $0 }) { return .cutOff }
        return status < 0 ? .signalled(-status) : .exited(code: status)
    }

    /// Starts the program and does all that it needs while it runs, on a thread of its own.
    ///
    /// - Returns: The process id of the program, which has exited and is not reaped.
    private func serve(
        _ program: Program,
        _ input: [UInt8],
        keepsInputOpen: Bool,
        receive: @escaping @Sendable (OutputStream, [UInt8]) -> Void
    ) throws(StartFailure) -> Int32 {
        let child = try StartedChild.start(program, descriptorsMax: room.descriptorsMax)
        room.started()
        group.begin(leader: child.processID)
        var streams = ChildStreams(child, input: input, keepsInputOpen: keepsInputOpen, receive: receive)
        streams.run(onExit: exited)
        return child.processID
    }

    private func exited() {
        group.leaderExited()
        exitBell.ring()
        cut.finish()
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
}
