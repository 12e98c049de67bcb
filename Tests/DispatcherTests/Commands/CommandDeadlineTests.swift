import Dispatcher
import TestKit
import Testing

@testable import enum Dispatcher.ProcessTable

@Suite("Deadlines of commands", .timeLimit(.minutes(10)))
struct CommandDeadlineTests {
    @Test("At the deadline the whole group gets SIGTERM, and nobody waits for one that has ended")
    func terminated() async throws {
        let bench = try CommandBench(script: "sleep 600 & echo $$; sleep 600")
        let (run, leader) = try await bench.begin()
        run.cancel()
        await bench.passTime(upTo: .milliseconds(1900), until: run)
        #expect(!ProcessTable.isAlive(group: leader))
    }

    @Test("Who ignores SIGTERM is killed two seconds later, with all the children")
    func killed() async throws {
        let bench = try CommandBench(script: "trap '' TERM; sleep 600 & echo $$; sleep 600; sleep 600")
        let (run, leader) = try await bench.begin()
        run.cancel()
        await bench.clock.sleeper(for: .milliseconds(50))
        bench.clock.advance(by: .milliseconds(1949))
        #expect(ProcessTable.isAlive(group: leader))
        await bench.passTime(upTo: .seconds(4), until: run)
        await gone(leader)
    }

    @Test("A command that ends in good time on SIGTERM is not killed, but has timed out")
    func endsInTime() async throws {
        let script =
            "exec 2>/dev/null; trap 'echo cleaned; exit 0' TERM; echo $$; sleep 600 & wait"
        let bench = try CommandBench(script: script)
        let (run, _) = try await bench.begin()
        run.cancel()
        #expect(await bench.log.entries.first(2).last.flatMap { $0["output.line"] } == "cleaned")
        await bench.passTime(upTo: .seconds(4), until: run)
    }

    @Test("Children that outlive a leader which obeyed are killed two seconds later")
    func disobedientChild() async throws {
        let script = "sh -c \"trap '' TERM; echo \\$PPID; sleep 600\" & wait"
        let bench = try CommandBench(script: script)
        let (run, leader) = try await bench.begin()
        run.cancel()
        await bench.passTime(upTo: .seconds(4), until: run)
        await gone(leader)
    }

    @Test("A command that reads nothing and never ends is ended at its deadline")
    func neverReads() async throws {
        let bench = try CommandBench(script: "echo $$; sleep 600", includesPayload: true)
        let (run, leader) = try await bench.begin(payload: Array(repeating: 0x61, count: 1 << 22))
        run.cancel()
        await bench.passTime(upTo: .seconds(4), until: run)
        await gone(leader)
    }

    @Test("A command that has closed its output is still waited for, and ended at its deadline")
    func closedOutput() async throws {
        let bench = try CommandBench(script: "echo $$; exec >&- 2>&- <&-; sleep 600")
        let (run, leader) = try await bench.begin()
        run.cancel()
        await bench.passTime(upTo: .seconds(4), until: run)
        await gone(leader)
    }

    @Test("When the daemon stops, the group is killed at once: no time passes")
    func interrupted() async throws {
        let bench = try CommandBench(script: "trap '' TERM; sleep 600 & echo $$; sleep 600; sleep 600")
        let (run, leader) = try await bench.begin()
        bench.isInterrupted.set()
        run.cancel()
        await gone(leader)
        await bench.passTime(upTo: .seconds(4), until: run)
    }

    @Test("Closing the runner kills what still has time to end")
    func closed() async throws {
        let bench = try CommandBench(script: "trap '' TERM; echo $$; sleep 600; sleep 600")
        let (run, leader) = try await bench.begin()
        run.cancel()
        await bench.clock.sleeper(for: .milliseconds(50))
        await bench.runner.close()
        await gone(leader)
        await bench.passTime(upTo: .seconds(4), until: run)
    }

    @Test("An attempt that is cancelled before it begins starts nothing")
    func cancelledBefore() async throws {
        let bench = try CommandBench(script: "echo started")
        let gate = Gate()
        let run = Task {
            await gate.pass()
            try await bench.run()
        }
        run.cancel()
        gate.open()
        await #expect(throws: CancellationError.self) { try await run.value }
        #expect(bench.lines.isEmpty)
    }

    /// Waits until nobody of a group is alive; a signal takes the system a moment.
    private func gone(_ group: Int32) async {
        while ProcessTable.isAlive(group: group) { await Task.yield() }
    }
}

extension CommandBench {
    /// Starts a command and waits for its first line, the id of a process.
    fileprivate func begin(payload: [UInt8] = []) async throws -> (Task<Void, any Error>, Int32) {
        let run = Task { try await self.run(payload: payload) }
        return (run, try #require(await processes(1).first))
    }

    /// Lets time pass until an attempt is over, which was cut off.
    fileprivate func passTime(upTo limit: Duration, until run: Task<Void, any Error>) async {
        let result = await clock.passTime(upTo: limit) { await run.result }
        #expect(throws: CancellationError.self) { try result.get() }
    }
}
