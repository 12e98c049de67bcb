import Dispatcher
import Glibc
import Logging
import Testing

@Suite("Output of commands", .timeLimit(.minutes(10)))
struct CommandOutputTests {
    @Test("Each line is logged while the command runs, with its stream")
    func lines() async throws {
        let bench = try CommandBench(script: "echo one; echo two >&2; printf three; cat > /dev/null")
        try await bench.run()
        let entries = bench.log.entries.elements
        #expect(Set(entries.map(\.message)) == ["A command wrote a line"])
        #expect(
            entries.filter { $0["output.stream"] == "stdout" }.map { $0["output.line"] } == ["one", "three"]
        )
        #expect(entries.filter { $0["output.stream"] == "stderr" }.map { $0["output.line"] } == ["two"])
        #expect(entries.filter { $0.level == .notice }.map { $0["output.line"] } == ["two"])
    }

    @Test("Of a flood a hundred lines are logged, and how much was left out; the rest is read all the same")
    func flood() async throws {
        let bench = try CommandBench(script: "seq 1 200000; echo last >&2; exit 3")
        #expect(await bench.failure().map { "\($0)" } == "exit code 3: last")
        let entries = bench.log.entries.elements
        #expect(entries.count == 101)
        #expect(entries.last?.message == "A command wrote more than is logged")
        #expect(entries.last.flatMap { $0["output.dropped.lines"] } == "199901")
    }

    @Test("A process that was left behind and keeps the pipes open does not hold up the attempt")
    func survivor() async throws {
        let bench = try CommandBench(script: "sleep 600 & echo $!; echo done >&2")
        try await bench.run()
        #expect(bench.lines.contains("done"))
        let survivor = try #require(bench.lines.compactMap { Int32($0) }.first)
        #expect(kill(survivor, SIGKILL) == 0, "it is left alone")
    }

    @Test("A process that was left behind and writes for ever does not hold up the attempt")
    func floodingSurvivor() async throws {
        let bench = try CommandBench(script: "echo $$; yes & echo $!")
        try await bench.run()
        let survivor = try #require(bench.lines.first.flatMap { Int32($0) })
        // It may have died of its closed pipe before.
        kill(-survivor, SIGKILL)
    }
}
