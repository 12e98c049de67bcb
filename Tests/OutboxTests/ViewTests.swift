import Events
import Foundation
import TestKit
import Testing

@testable import Outbox

/// People read these with the `sqlite3` shell, so names and meanings are an interface.
@Suite("Views")
struct ViewTests {
    @Test("recent_events shows the newest first, with a summary and where it went")
    func recentEvents() async throws {
        try await OutboxBench.use { bench in
            try await fill(bench)
            let columns =
                "id, received_at, source, what, repository, subject, actor, summary, dispatches, problem"
            #expect(
                try bench.rows("SELECT \(columns) FROM recent_events") == [
                    "2|2026-11-21T20:00:00.999Z|github|unknown|NULL|NULL|NULL|pull_request|NULL|odd",
                    "1|2026-11-21T20:00:00.123Z|github|pull_request.edited|acme/app|pull_request/2|octocat"
                        + "|Update the README|one dead, two pending|NULL",
                ]
            )
        }
    }

    @Test("pending_dispatches shows what waits and what runs")
    func pendingDispatches() async throws {
        try await OutboxBench.use { bench in
            try await fill(bench)
            try await bench.accept(EventFactory.delivery("c"))
            _ = try await bench.claim(limit: 1)
            let columns =
                "event, listener, state, attempts, next_attempt_at, received_at, what, repository, subject"
            let time = "2026-11-21T20:00:00.123Z"
            #expect(
                try bench.rows("SELECT \(columns) FROM pending_dispatches") == [
                    "1|two|pending|0|\(time)|\(time)|pull_request.edited|acme/app|pull_request/2",
                    "3|one|running|1|\(time)|\(time)|pull_request.edited|acme/app|pull_request/2",
                ]
            )
        }
    }

    @Test("dead_letters shows what was given up, and why")
    func deadLetters() async throws {
        try await OutboxBench.use { bench in
            try await fill(bench)
            let columns = "event, listener, reason, error, attempts, finished_at, what, repository, subject"
            #expect(
                try bench.rows("SELECT \(columns) FROM dead_letters") == [
                    "1|one|permanent|why|1|2026-11-21T20:00:01.123Z|pull_request.edited|acme/app"
                        + "|pull_request/2"
                ]
            )
        }
    }

    @Test("listener_status shows each listener's backlog")
    func listenerStatus() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["idle": [.push]])
            try await fill(bench)
            let columns = "listener, state, registered, kinds, pending, running, dead, oldest_pending_at"
            #expect(
                try bench.rows("SELECT \(columns) FROM listener_status") == [
                    "idle|active|1|push|0|0|0|NULL",
                    "one|active|0||0|0|1|NULL",
                    "two|active|0||1|0|0|2026-11-21T20:00:00.123Z",
                ]
            )
        }
    }

    @Test("Times in views are the readable form of the stored milliseconds, for any of them")
    func times() async throws {
        try await OutboxBench.use { bench in
            var random = SeededGenerator(printedFor: "times in views")
            let times = (0..<300).map { _ in
                Timestamp(milliseconds: Int64.random(in: 0...4_102_444_799_999, using: &random))
            }
            let events = [EventFactory.bare(.unknown)]
            let items = times.enumerated().map { index, time in
                (EventFactory.delivery("d-\(index)", receivedAt: time, events: events), [String]())
            }
            _ = await bench.acceptTogether(items)
            let shown = try bench.rows("SELECT received_at FROM recent_events ORDER BY id")
            #expect(shown == times.map(\.description), "seed \(random.seed)")
        }
    }

    @Test("payloads gives the text in the sqlite3 shell", .enabled(if: Shell.isPresent, "sqlite3 is missing"))
    func payloads() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery("a", payload: Array("{\"é\":1}".utf8)))
            try await bench.accept(EventFactory.delivery("b", payload: Array("payload=%7B%7D".utf8)))
            let long = "{\"é\":[" + repeatElement("\"✓\"", count: 1000).joined(separator: ",") + "]}"
            try await bench.accept(EventFactory.delivery("c", payload: Array(long.utf8)))
            let output = try Shell.run(
                "SELECT delivery, payload FROM payloads ORDER BY delivery",
                in: bench.path
            )
            #expect(output == "1|{\"é\":1}\n2|payload=%7B%7D\n3|\(long)\n")
            // What was compressed by another library than the shell's is what this test is about.
            let sizes = try bench.rows("SELECT length(payload) < payload_bytes FROM deliveries ORDER BY id")
            #expect(sizes == ["0", "0", "1"])
        }
    }

    @Test("The sqlite3 shell reads every view", .enabled(if: Shell.isPresent, "sqlite3 is missing"))
    func shellReadsViews() async throws {
        try await OutboxBench.use { bench in
            try await fill(bench)
            for view in [
                "recent_events", "pending_dispatches", "dead_letters", "listener_status", "payloads",
            ] {
                #expect(try Shell.run("SELECT count(*) > 0 FROM \(view)", in: bench.path) == "1\n")
            }
        }
    }

    /// One event with a dead letter and a pending dispatch, and one without dispatches.
    private func fill(_ bench: OutboxBench) async throws {
        try await bench.accept(EventFactory.delivery("a"), to: ["one", "two"])
        let dispatch = try #require(try await bench.claim(limit: 1).dispatches.first)
        try await bench.finish(dispatch, .permanent, .dead(.permanent))
        let delivery = EventFactory.delivery(
            "b",
            receivedAt: Timestamp(milliseconds: OutboxBench.now.milliseconds + 876),
            problem: "odd",
            events: [EventFactory.bare(.unknown)]
        )
        try await bench.accept(delivery, to: [])
    }
}

/// The `sqlite3` command, as users call it.
private enum Shell {
    static var isPresent: Bool { executable != nil }

    static func run(_ sql: String, in path: String) throws -> String {
        let shell = try #require(executable)
        let process = Process()
        process.executableURL = shell
        process.arguments = ["-readonly", path, sql]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }

    private static var executable: URL? {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.map { URL(filePath: "\($0)/sqlite3") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }
}
