import Dispatcher
import Events
import FoundationEssentials
import ListenerKit
import Logging
import TestKit
import Testing

@testable import Dispatcher

@Suite("Attempts in a process of their own: the daemon's side", .timeLimit(.minutes(10)))
struct IsolatedRunnerTests {
    @Test("The process gets its arguments, the listener's name, the request and the event")
    func request() async throws {
        let bench = IsolationBench(
            "echo \"$@\" >&2; echo \"$request\" >&2; echo \"$event\" >&2; answer delivered"
        )
        try await bench.run()
        let lines = bench.errorOutput.split(separator: "\n")
        try #require(lines.count == 3)
        #expect(lines[0] == "isolated-attempt --listener deploy")
        let request = try JSONDecoder().decode(IsolatedRequest.self, from: Data(lines[1].utf8))
        #expect(
            request
                == IsolatedRequest(
                    token: "secret-word",
                    event: 15,
                    delivery: 12,
                    attempt: 3,
                    deadline: Timestamp(milliseconds: 1_800_000_010_000),
                    timeoutMilliseconds: 10_000,
                    eventBytes: ClaimedDispatch.example().json.count
                )
        )
        #expect(Array(lines[2].utf8) == ClaimedDispatch.example().json)
    }

    @Test("What the listener threw is thrown in the daemon, too")
    func outcomes() async throws {
        let failed = IsolationBench(#"answer failed '"error":"no such label"'"#)
        #expect(await failed.failure().map { "\($0)" } == "no such label")
        let permanent = IsolationBench(#"answer permanent '"error":"gone"'"#)
        await #expect(throws: ListenerError.permanent("gone")) { try await permanent.run() }
        let retry = IsolationBench(#"answer retry '"error":"busy","afterMilliseconds":90000'"#)
        await #expect(throws: ListenerError.retry(after: .seconds(90), reason: "busy")) {
            try await retry.run()
        }
    }

    @Test(
        "A process that ends under the listener without an answer has crashed alone",
        arguments: [
            ("kill -ILL $$", "ended by signal 4 (SIGILL), in a process of its own"),
            ("kill -KILL $$", "ended by signal 9 (SIGKILL), in a process of its own"),
            ("exit 0", "exited with code 0, in a process of its own"),
            ("exit 3", "exited with code 3, in a process of its own"),
        ]
    )
    func crashed(script: String, reason: String) async throws {
        let bench = IsolationBench(script)
        await #expect(throws: AttemptFailure.crashedAlone(reason)) { try await bench.run() }
    }

    @Test("A process that ends before the listener was called is no crash of the listener's")
    func notStarted() async throws {
        let bench = IsolationBench(rawScript: "echo 'config.yml:1:1: no' >&2; exit 78")
        let failure = try #require(await bench.failure())
        #expect(!(failure is AttemptFailure))
        #expect("\(failure)" == "the process of its own exited with code 78 before the listener was called")
        #expect(bench.errorOutput == "config.yml:1:1: no\n")
        let missing = IsolationBench(program: "/no/such", arguments: [])
        #expect(await missing.failure().map { "\($0)".contains("/no/such does not exist") } == true)
    }

    @Test("Answers need the token")
    func forgedAnswer() async throws {
        let bench = IsolationBench(#"echo 'answer-1 {"outcome":"delivered"}' >&2"#)
        await #expect(throws: AttemptFailure.self) { try await bench.run() }
        #expect(bench.errorOutput == "answer-1 {\"outcome\":\"delivered\"}\n")
    }

    @Test("A process that has answered is delivered, and killed two seconds later if it does not exit")
    func lingers() async throws {
        let bench = IsolationBench("trap '' TERM; answer delivered; sleep 600")
        let run = bench.begin()
        let result = await bench.clock.passTime(upTo: .seconds(4)) { await run.result }
        #expect(throws: Never.self) { try result.get() }
    }

    @Test("A process that ignores its deadline is killed two seconds later, which is no crash")
    func ignoresDeadline() async throws {
        let bench = IsolationBench("echo $$ >&2; sleep 600")
        let run = bench.begin()
        let leader = try #require(await bench.firstProcess())
        run.cancel()
        await bench.clock.sleeper(for: .milliseconds(50))
        bench.clock.advance(by: .milliseconds(1949))
        #expect(ProcessTable.isAlive(group: leader), "it is not even asked to end")
        let result = await bench.clock.passTime(upTo: .seconds(4)) { await run.result }
        #expect(throws: CancellationError.self) { try result.get() }
        while ProcessTable.isAlive(group: leader) { await Task.yield() }
    }

    @Test("Its stdin stays open as long as the daemon lives, and an interruption kills it at once")
    func interrupted() async throws {
        let bench = IsolationBench("echo $$ >&2; cat > /dev/null; echo 'end of input' >&2")
        let run = bench.begin()
        let leader = try #require(await bench.firstProcess())
        bench.isInterrupted.set()
        run.cancel()
        while ProcessTable.isAlive(group: leader) { await Task.yield() }
        let result = await bench.clock.passTime(upTo: .seconds(4)) { await run.result }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(bench.errorOutput == "\(leader)\n")
    }
}

/// A script in the place of this program, which has `$request`, `$event` and `answer OUTCOME [FIELDS]`.
struct IsolationBench {
    let clock = ManualClock()
    let isInterrupted = Flag()

    private let runner: IsolatedRunner
    private let errors = Journal<[UInt8]>()

    private static let prelude = #"""
        read -r request
        event=$(head -c "$(expr "$request" : '.*"eventBytes":\([0-9]*\)')")
        token=$(expr "$request" : '.*"token":"\([^"]*\)"')
        answer() { echo "$token {\"outcome\":\"$1\"${2:+,$2}}" >&2; }
        answer started

        """#

    init(_ script: String) {
        self.init(rawScript: Self.prelude + script)
    }

    init(rawScript: String) {
        self.init(program: "/bin/sh", arguments: ["-c", rawScript, "forgewire", "isolated-attempt"])
    }

    init(program: String, arguments: [String]) {
        runner = IsolatedRunner(
            program: program,
            arguments: arguments,
            environment: ["PATH": "/usr/bin:/bin"],
            clock: clock.machineClock,
            makeToken: { "secret-word" },
            writeError: { [errors] in errors.append($0) }
        )
    }

    /// What was passed on.
    var errorOutput: String { String(decoding: errors.elements.joined(), as: UTF8.self) }

    func run() async throws {
        let dispatch = ClaimedDispatch.example()
        try await runner.run(
            Attempt(
                dispatch: dispatch,
                deadline: .showing(dispatch.startedAt.advanced(by: .seconds(10))),
                logger: Logger(label: "test"),
                payload: { throw CancellationError() },
                isInterrupted: { [isInterrupted] in isInterrupted.isSet }
            )
        )
    }

    func failure() async -> (any Error)? {
        do {
            try await run()
            return nil
        } catch {
            return error
        }
    }

    func begin() -> Task<Void, any Error> { Task { try await self.run() } }

    /// The id in the first line that is passed on.
    func firstProcess() async -> Int32? {
        await errors.first(1).first.flatMap { Int32(String(decoding: $0.dropLast(), as: UTF8.self)) }
    }
}
