import Events
import TestKit
import Testing

@testable import Outbox

@Suite("Adopting dispatches")
struct AdoptTests {
    private func adopt(_ bench: OutboxBench, isDryRun: Bool = false) async throws -> AdoptCounts {
        try await bench.operatorWork(after: .seconds(60)) {
            try await $0.adopt(listener: "old", by: "new", isDryRun: isDryRun)
        }
    }

    @Test("Pending and dead dispatches become the other's, with their attempts")
    func changesHands() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("delivered", to: ["old"])
            try await bench.runAll("old")
            try await bench.acceptEvent("dead", to: ["old"])
            try await bench.runAll("old", ending: .permanent, .dead(.permanent))
            try await bench.acceptEvent("pending", to: ["old"])
            #expect(try await adopt(bench, isDryRun: true).adopted == 2)
            let counts = try await adopt(bench)
            #expect(counts.adopted == 2 && counts.left == 0)
            #expect(try bench.states() == ["1|old|delivered", "2|new|dead", "3|new|pending"])
            #expect(
                try bench.rows("SELECT event, listener, attempt FROM attempts ORDER BY event") == [
                    "1|old|1", "2|new|1",
                ]
            )
            #expect(
                try bench.rows("SELECT reason, error FROM dispatches WHERE event = 2") == ["permanent|why"]
            )
            let ran = try await bench.runAll("new", after: .seconds(60))
            #expect(ran.map(\.event) == [3] && ran.map(\.origin) == ["old"])
            #expect(try bench.rows("PRAGMA foreign_key_check") == [])
        }
    }

    @Test("Where the other has a dispatch of the same event, both stay as they are")
    func taken() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a", to: ["old", "new"])
            let counts = try await adopt(bench)
            #expect(counts.adopted == 0 && counts.left == 1)
            #expect(try bench.states() == ["1|new|pending", "1|old|pending"])
        }
    }

    @Test("They keep their order, among themselves and with what the other has waiting")
    func order() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a", to: ["new"])
            let claim = try await bench.outbox.claim(listener: "new", limit: 1, now: OutboxBench.now)
            try await bench.acceptEvent("a", to: ["old"])
            try await bench.acceptEvent("a", to: ["new"])
            try await bench.acceptEvent("a", to: ["old"])
            #expect(try await adopt(bench).adopted == 2)
            let running = try #require(claim.dispatches.first)
            try await bench.outbox.finish(
                AttemptRecord(
                    running,
                    finishedAt: OutboxBench.now,
                    outcome: .delivered,
                    error: nil,
                    next: .delivered
                )
            )
            let ran = try await bench.runAll("new", after: .seconds(60))
            #expect(ran.map(\.event) == [2, 3, 4])
            #expect(ran.map(\.isOutOfOrder) == [false, false, false])
        }
    }

    @Test("One that comes behind what the other has run already is told so")
    func late() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a", to: ["old"])
            try await bench.acceptEvent("b", to: ["old"])
            try await bench.acceptEvent("a", to: ["new"])
            try await bench.runAll("new")
            _ = try await adopt(bench)
            let ran = try await bench.runAll("new", after: .seconds(60)).sorted { $0.event < $1.event }
            #expect(ran.map(\.event) == [1, 2])
            #expect(ran.map(\.isOutOfOrder) == [true, false])
        }
    }

    @Test("Its lanes are those of the other's ordering")
    func ordering() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["new": [.unknown]], ordering: .repository)
            for subject in ["a", "b"] { try await bench.acceptEvent(subject, to: ["old"]) }
            _ = try await adopt(bench)
            #expect(try bench.rows("SELECT DISTINCT lane FROM dispatches") == ["github\nacme/app"])
            let now = OutboxBench.now.advanced(by: .seconds(60))
            let claim = try await bench.outbox.claim(listener: "new", limit: 10, now: now)
            #expect(claim.dispatches.map(\.event) == [1])
        }
    }

    @Test("The first name stays through a second adoption")
    func origin() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a", to: ["first"])
            try await bench.operatorWork {
                _ = try await $0.adopt(listener: "first", by: "old", isDryRun: false)
            }
            _ = try await adopt(bench)
            #expect(
                try bench.rows("SELECT listener, adopted_from FROM dispatches") == ["new|first"]
            )
        }
    }
}
