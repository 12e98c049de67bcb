import Dispatcher
import Events
import Logging
import Synchronization
import TestKit

/// One command, with what a test watches of it.
struct CommandBench {
    let clock = ManualClock()
    let log = LogJournal()
    let folder: TemporaryFolder
    let runner: CommandRunner
    let isInterrupted = Flag()

    /// What the daemon has in its environment.
    static let daemonEnvironment = ["PATH": "/usr/bin:/bin", "HOME": "/root", "FORGEWIRE_SECRET": "hush"]

    init(
        _ command: [String],
        environment: [String: String] = [:],
        workingDirectory: String? = nil,
        includesPayload: Bool = false,
        daemonEnvironment: [String: String] = daemonEnvironment
    ) throws {
        folder = try TemporaryFolder()
        let settings = CommandSettings(
            command: command,
            workingDirectory: workingDirectory ?? folder.path("."),
            environment: environment,
            includesPayload: includesPayload
        )
        runner = CommandRunner(settings, environment: daemonEnvironment, clock: clock.machineClock)
    }

    /// Runs a script of the shell, in a folder of its own.
    init(script: String, environment: [String: String] = [:], includesPayload: Bool = false) throws {
        try self.init(
            ["/bin/sh", "-c", script],
            environment: environment,
            includesPayload: includesPayload
        )
    }

    /// The texts of the lines that the command wrote.
    var lines: [String] { log.entries.elements.compactMap { $0["output.line"] } }

    func run(_ dispatch: ClaimedDispatch = .example(), payload: [UInt8] = []) async throws {
        try await runner.run(attempt(dispatch, payload: payload))
    }

    /// The error of an attempt that fails.
    func failure(_ dispatch: ClaimedDispatch = .example()) async -> (any Error)? {
        do {
            try await run(dispatch)
            return nil
        } catch {
            return error
        }
    }

    /// Waits for the command's first lines, each of them the id of a process.
    func processes(_ count: Int) async -> [Int32] {
        await log.entries.first(count).compactMap { $0["output.line"].flatMap { Int32($0) } }
    }

    private func attempt(_ dispatch: ClaimedDispatch, payload: [UInt8]) -> Attempt {
        Attempt(
            dispatch: dispatch,
            deadline: .showing(dispatch.startedAt.advanced(by: .seconds(10))),
            logger: log.logger,
            payload: { payload },
            isInterrupted: { [isInterrupted] in isInterrupted.isSet }
        )
    }
}

/// Something that becomes true.
final class Flag: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }

    func set() { state.withLock { $0 = true } }
}

extension ClaimedDispatch {
    /// The third attempt of a pull request that was edited.
    static func example(
        listener: String = "deploy",
        action: String? = "edited",
        repository: String? = "acme/app"
    ) -> ClaimedDispatch {
        let event = EventJSON(PullRequestEvent.example).bytes(id: 15)
        var dispatch = ClaimedDispatch(
            event: 15,
            listener: listener,
            attempt: 3,
            startedAt: Timestamp(milliseconds: 1_800_000_000_000),
            delivery: 12,
            receivedAt: EventFactory.receivedAt,
            kind: "pull_request",
            json: event
        )
        dispatch.action = action
        dispatch.repository = repository
        return dispatch
    }
}

extension PullRequestEvent {
    fileprivate static var example: PullRequestEvent {
        PullRequestEvent(
            envelope: EventFactory.envelope(.pullRequest),
            action: .edited,
            pullRequest: PullRequest(number: 2)
        )
    }
}
