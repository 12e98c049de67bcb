import Dispatcher
import Events
import FoundationEssentials
import ListenerKit
import SystemPackage
import TestKit
import Testing

@Suite("Commands", .timeLimit(.minutes(10)))
struct CommandRunnerTests {
    @Test("A command reads the event JSON, exactly as it is stored, from stdin")
    func input() async throws {
        let bench = try CommandBench(script: "cat > event.json")
        try await bench.run()
        #expect(try Data(contentsOf: bench.file("event.json")) == Data(ClaimedDispatch.example().json))
    }

    @Test("The environment is the event's, the configured and six variables of the daemon, no more")
    func environment() async throws {
        let bench = try CommandBench(["env"], environment: ["TOKEN": "configured", "HOME": "/home/deploy"])
        try await bench.run()
        let shown = Set(bench.lines)
        #expect(
            shown == [
                "FORGEWIRE_ACTION=edited", "FORGEWIRE_ATTEMPT=3",
                "FORGEWIRE_DELIVERY_ID=72d3162e-cc78-11e3-81ab-4c9367dc0958", "FORGEWIRE_EVENT_ID=15",
                "FORGEWIRE_KIND=pull_request", "FORGEWIRE_REPOSITORY=acme/app", "HOME=/home/deploy",
                "PATH=/usr/bin:/bin", "TOKEN=configured",
            ]
        )
    }

    @Test("What the event does not say is not in the environment, and a late event says so")
    func environmentOfBareEvent() async throws {
        let bench = try CommandBench(["env"], daemonEnvironment: [:])
        var dispatch = ClaimedDispatch.example(action: nil, repository: nil)
        dispatch.isOutOfOrder = true
        try await bench.run(dispatch)
        let names = Set(bench.lines.map { $0.prefix { $0 != "=" } })
        #expect(
            names == [
                "FORGEWIRE_ATTEMPT", "FORGEWIRE_DELIVERY_ID", "FORGEWIRE_EVENT_ID", "FORGEWIRE_KIND",
                "FORGEWIRE_OUT_OF_ORDER", "PATH",
            ]
        )
        #expect(bench.lines.contains("FORGEWIRE_OUT_OF_ORDER=1"))
    }

    @Test("No open descriptor of the daemon is inherited, close-on-exec or not")
    func descriptors() async throws {
        let bench = try CommandBench(script: "ls /proc/$$/fd")
        let open = try (0..<50).map { number in
            // The literal is a C string that lives as long as the call.
            try unsafe FileDescriptor.open(
                "/dev/null",
                .readOnly,
                options: number.isMultiple(of: 2) ? [] : .closeOnExec
            )
        }
        defer { for descriptor in open { try? descriptor.close() } }
        try await bench.run()
        #expect(bench.lines == ["0", "1", "2"])
    }

    @Test("No shell takes part: arguments arrive as they are")
    func arguments() async throws {
        let bench = try CommandBench(["printf", "%s\n", "$HOME", "a b", "; exit 1", ""])
        try await bench.run()
        #expect(bench.lines == ["$HOME", "a b", "; exit 1"])
    }

    @Test("Exit code 65 is a permanent failure, with the last line on stderr")
    func permanent() async throws {
        let bench = try CommandBench(script: "echo first >&2; echo 'not ours' >&2; exit 65")
        await #expect(throws: ListenerError.permanent("exit code 65: not ours")) { try await bench.run() }
    }

    @Test(
        "Any other exit code is a failure, with the last line on stderr if there is one",
        arguments: [1, 2, 127, 255]
    )
    func failed(code: Int) async throws {
        let silent = try CommandBench(script: "exit \(code)")
        #expect(await silent.failure().map { "\($0)" } == "exit code \(code)")
        let loud = try CommandBench(script: "echo out; printf 'why \\033[1mnot' >&2; exit \(code)")
        #expect(await loud.failure().map { "\($0)" } == "exit code \(code): why \u{FFFD}[1mnot")
    }

    @Test("Death by a signal is a crash", arguments: [(11, " (SIGSEGV)"), (15, " (SIGTERM)"), (40, "")])
    func crashed(signal: Int, name: String) async throws {
        let bench = try CommandBench(script: "kill -\(signal) $$")
        await #expect(throws: AttemptFailure.crashed("ended by signal \(signal)\(name)")) {
            try await bench.run()
        }
    }

    @Test("What cannot be started fails and says why")
    func notStarted() async throws {
        let folder = try TemporaryFolder()
        for name in ["notes", "junk"] {
            try Data("no program".utf8).write(to: folder.url.appending(path: name))
        }
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755],
            ofItemAtPath: folder.path("junk")
        )
        let notes = folder.path("notes")
        let cases: [(command: [String], directory: String?, reason: String)] = [
            (["no-such-program"], nil, "the program no-such-program is not in PATH (/usr/bin:/bin)"),
            (["/no/such"], nil, "the program /no/such does not exist, or is not executable"),
            ([notes], nil, "the program \(notes) is not executable: chmod +x \(notes)"),
            (
                ["true"], "/no/such",
                "the working directory /no/such cannot be used: No such file or directory"
            ),
            (["true"], "/dev/null", "the working directory /dev/null cannot be used"),
            ([], nil, "the command is empty"),
            (["true", "a\0b"], nil, "the command has a NUL character"),
        ]
        for (command, directory, reason) in cases {
            let bench = try CommandBench(command, workingDirectory: directory)
            let failure = await bench.failure().map { "\($0)" }
            #expect(failure?.contains(reason) == true, "\(failure ?? "delivered")")
        }
    }

    @Test("A program in PATH that is not executable is told with its path, unless another one is")
    func notExecutableInPath() async throws {
        let folder = try TemporaryFolder()
        for name in ["notes", "true"] {
            try Data("no program".utf8).write(to: folder.url.appending(path: name))
        }
        let path = ["PATH": "\(folder.url.path):/usr/bin:/bin"]
        let failure = await (try CommandBench(["notes"], environment: path)).failure()
        let place = folder.path("notes")
        #expect(failure.map { "\($0)" } == "the program \(place) is not executable: chmod +x \(place)")
        #expect(await (try CommandBench(["true"], environment: path)).failure() == nil)
    }

    @Test("A program with a relative path is relative to the daemon's working directory")
    func relativeProgram() async throws {
        let up = String(repeating: "../", count: FileManager.default.currentDirectoryPath.utf8.count)
        let bench = try CommandBench([up + "bin/sh", "-c", "pwd"])
        try await bench.run()
        #expect(bench.lines.count == 1)
    }

    @Test("A command that reads nothing and exits is delivered, however much there is to read")
    func readsNothing() async throws {
        let bench = try CommandBench(script: "exec <&-; exit 0", includesPayload: true)
        try await bench.run(payload: Array(repeating: 0x61, count: 1 << 22))
        let other = try CommandBench(["true"], includesPayload: true)
        try await other.run(payload: Array(repeating: 0x61, count: 1 << 22))
    }

    @Test("25 MiB of payload go through stdin")
    func largeInput() async throws {
        let bench = try CommandBench(script: "wc -c", includesPayload: true)
        let payload = Array(repeating: UInt8(ascii: "x"), count: 25 << 20)
        try await bench.run(payload: payload)
        let other = ClaimedDispatch.example().json.count + #","payload":"""#.utf8.count
        #expect(bench.lines == ["\(payload.count + other)"])
    }

    @Test("Many commands run at the same time, each with its own event")
    func manyAtOnce() async throws {
        let bench = try CommandBench(script: "cat > $FORGEWIRE_EVENT_ID; exit $FORGEWIRE_ATTEMPT")
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    var dispatch = ClaimedDispatch.example()
                    dispatch.event = Int64(number)
                    dispatch.attempt = number
                    let failure = await bench.failure(dispatch).map { "\($0)" }
                    #expect(failure == (number == 0 ? nil : "exit code \(number)"))
                }
            }
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path("."))
        #expect(Set(files) == Set((0..<40).map { "\($0)" }))
    }
}

extension CommandBench {
    func file(_ name: String) -> URL { folder.url.appending(path: name) }
}
