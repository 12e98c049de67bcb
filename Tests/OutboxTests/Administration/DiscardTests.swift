import Events
import TestKit
import Testing

@testable import Outbox

@Suite("Discarding dispatches")
struct DiscardTests {
    private func discard(
        _ bench: OutboxBench,
        event: Int64? = nil,
        isDryRun: Bool = false
    ) async throws -> DiscardCounts {
        try await bench.operatorWork(after: .seconds(60)) {
            try await $0.discard(listener: "one", event: event, isDryRun: isDryRun)
        }
    }

    @Test("Pending and dead dispatches are given up; running ones, finished ones and other listeners' stay")
    func states() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("delivered")
            try await bench.runAll()
            try await bench.acceptEvent("dead")
            try await bench.runAll(ending: .permanent, .dead(.permanent))
            try await bench.acceptEvent("running")
            _ = try await bench.claim(listener: "one", limit: 1, at: OutboxBench.now)
            try await bench.acceptEvent("pending", to: ["one", "two"])
            let counts = try await discard(bench)
            #expect(counts.discarded == 2 && counts.running == 1)
            #expect(
                try bench.states() == [
                    "1|one|delivered", "2|one|discarded", "3|one|running", "4|one|discarded",
                    "4|two|pending",
                ]
            )
            let now = OutboxBench.now.advanced(by: .seconds(60)).milliseconds
            let rows = try bench.rows(
                "SELECT finished_at, reason, place, lane, turn FROM dispatches WHERE state = 'discarded'"
            )
            #expect(rows == Array(repeating: "\(now)|NULL|NULL|NULL|NULL", count: 2))
        }
    }

    @Test("A lane goes on without what was discarded from it")
    func lane() async throws {
        try await OutboxBench.use { bench in
            for _ in 0..<3 { try await bench.acceptEvent("a") }
            #expect(try await discard(bench, event: 1).discarded == 1)
            #expect(try await bench.runAll().map(\.event) == [2, 3])
        }
    }

    @Test("A failing head that holds its lane lets go of it when it is discarded")
    func hold() async throws {
        try await OutboxBench.use { bench in
            for _ in 0..<2 { try await bench.acceptEvent("a") }
            let claim = try await bench.claim(listener: "one", limit: 1, at: OutboxBench.now)
            let dispatch = try #require(claim.dispatches.first)
            let record = AttemptRecord(
                dispatch,
                finishedAt: OutboxBench.now,
                outcome: .failed,
                error: "why",
                next: .pending(at: OutboxBench.now.advanced(by: .seconds(3600))),
                hold: .seconds(3600)
            )
            try await bench.outbox.finish(record)
            #expect(try await bench.runAll().isEmpty)
            #expect(try await discard(bench, event: 1).discarded == 1)
            #expect(try await bench.runAll().map(\.event) == [2])
        }
    }

    @Test("A dry run counts the same and changes nothing")
    func dryRun() async throws {
        try await OutboxBench.use { bench in
            for _ in 0..<3 { try await bench.acceptEvent("a") }
            #expect(try await discard(bench, isDryRun: true).discarded == 3)
            #expect(try bench.rows("SELECT DISTINCT state FROM dispatches") == ["pending"])
        }
    }

    @Test("Twice is once")
    func twice() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a")
            #expect(try await discard(bench, event: 1).discarded == 1)
            #expect(try await discard(bench, event: 1) == DiscardCounts())
        }
    }
}
