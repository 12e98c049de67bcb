import Events
import Synchronization
import TestKit
import Testing

@testable import Outbox

@Suite("Redriving dead letters")
struct RedriveTests {
    private func redrive(
        _ bench: OutboxBench,
        event: Int64? = nil,
        isDryRun: Bool = false,
        takes: @escaping @Sendable (AdministeredEvent) -> Bool = { _ in true }
    ) async throws -> RedriveCounts {
        try await bench.operatorWork(after: .seconds(60)) {
            try await $0.redrive(listener: "one", event: event, isDryRun: isDryRun, takes: takes)
        }
    }

    private func makeDead(_ bench: OutboxBench, _ subjects: [String?]) async throws {
        for subject in subjects { try await bench.acceptEvent(subject) }
        try await bench.runAll(ending: .permanent, .dead(.permanent))
    }

    @Test("A dead letter is pending again with all its attempts, numbered on")
    func attempts() async throws {
        try await OutboxBench.use { bench in
            try await makeDead(bench, ["pull_request/1"])
            let counts = try await redrive(bench)
            #expect(counts.redriven == 1 && counts.filtered == 0)
            let columns = "state, attempts, attempts_before, finished_at, error, reason, next_attempt_at"
            let now = OutboxBench.now.advanced(by: .seconds(60)).milliseconds
            #expect(
                try bench.rows("SELECT \(columns) FROM dispatches") == [
                    "pending|1|1|NULL|NULL|NULL|\(now)"
                ]
            )
            let dispatch = try #require(try await bench.runAll(after: .seconds(60)).first)
            #expect(dispatch.attempt == 2 && dispatch.attemptsBefore == 1)
            #expect(
                try bench.rows("SELECT attempt, outcome FROM attempts") == ["1|permanent", "2|delivered"]
            )
        }
    }

    @Test("Dead letters run again in the order of their events")
    func order() async throws {
        try await OutboxBench.use { bench in
            try await makeDead(bench, ["a", "a", "b", nil, "a"])
            #expect(try await redrive(bench).redriven == 5)
            let events = try await bench.runAll(after: .seconds(60)).map(\.event)
            #expect(events.filter { [1, 2, 5].contains($0) } == [1, 2, 5])
            #expect(events.sorted() == [1, 2, 3, 4, 5])
        }
    }

    @Test("It joins the end of its lane")
    func endOfLane() async throws {
        try await OutboxBench.use { bench in
            try await makeDead(bench, ["a"])
            for _ in 0..<3 { try await bench.acceptEvent("a") }
            _ = try await redrive(bench)
            try await bench.acceptEvent("a")
            let ran = try await bench.runAll(after: .seconds(60))
            #expect(ran.map(\.event) == [2, 3, 4, 1, 5])
            #expect(ran.map(\.isOutOfOrder) == [false, false, false, true, false])
        }
    }

    @Test(
        "It is told that it comes late if something later of its lane has run",
        arguments: [
            (LaneOrdering.subject, "a", "acme/app", true), (.subject, "b", "acme/app", false),
            (.subject, "a", "acme/other", false), (.repository, "b", "acme/app", true),
            (.repository, "b", "acme/other", false), (.none, "a", "acme/app", false),
        ]
    )
    func late(ordering: LaneOrdering, subject: String, repository: String, isLate: Bool) async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.unknown]], ordering: ordering)
            try await makeDead(bench, ["a"])
            try await bench.acceptEvent(subject, repository: repository, to: ["two", "one"])
            try await bench.runAll()
            _ = try await redrive(bench)
            #expect(try await bench.runAll(after: .seconds(60)).map(\.isOutOfOrder) == [isLate])
        }
    }

    @Test("What came later but was given up before it ran does not make it late")
    func givenUp() async throws {
        try await OutboxBench.use { bench in
            try await makeDead(bench, ["a"])
            try await bench.acceptEvent("a")
            try await bench.operatorWork {
                _ = try await $0.discard(listener: "one", event: 2, isDryRun: false)
            }
            _ = try await redrive(bench)
            #expect(try await bench.runAll(after: .seconds(60)).map(\.isOutOfOrder) == [false])
        }
    }

    @Test("An event without a subject is a lane of its own, so never late")
    func ownLane() async throws {
        try await OutboxBench.use { bench in
            try await makeDead(bench, [nil])
            try await bench.acceptEvent(nil)
            try await bench.runAll()
            _ = try await redrive(bench)
            #expect(try await bench.runAll(after: .seconds(60)).map(\.isOutOfOrder) == [false])
        }
    }

    @Test("Only the event that is named, and only what the filter takes, is redriven")
    func narrowed() async throws {
        try await OutboxBench.use { bench in
            try await makeDead(bench, ["a", "b", "c"])
            #expect(try await redrive(bench, event: 2).redriven == 1)
            #expect(try bench.states() == ["1|one|dead", "2|one|pending", "3|one|dead"])
            let counts = try await redrive(bench) { $0.subject == "c" && $0.json.contains("\"id\":3") }
            #expect(counts.redriven == 1 && counts.filtered == 1)
            #expect(try bench.states() == ["1|one|dead", "2|one|pending", "3|one|pending"])
            #expect(try await redrive(bench, event: 2).redriven == 0)
        }
    }

    @Test("A dry run counts the same and changes nothing")
    func dryRun() async throws {
        try await OutboxBench.use { bench in
            try await makeDead(bench, ["a", "b"])
            let counts = try await redrive(bench, isDryRun: true) { $0.subject == "a" }
            #expect(counts.redriven == 1 && counts.filtered == 1)
            #expect(try bench.states() == ["1|one|dead", "2|one|dead"])
        }
    }

    @Test("A suspect stays one, and may crash three times again")
    func suspect() async throws {
        try await OutboxBench.use { bench in
            try await makeDead(bench, ["a"])
            try await bench.execute("UPDATE dispatches SET suspect = 1, crashes = 3")
            _ = try await redrive(bench)
            #expect(try bench.rows("SELECT suspect, crashes FROM dispatches") == ["1|0"])
        }
    }

    @Test("More than one step ends between two steps when the process is about to end; again does the rest")
    func interrupted() async throws {
        try await OutboxBench.use { bench in
            let count = AdministrationReader.pageRowsMax + 20
            try await bench.makeDead(count, of: "one")
            let asked = Mutex(0)
            await #expect(throws: OutboxError.self) {
                try await bench.operatorWork(
                    isStopping: {
                        asked.withLock {
                            $0 += 1; return $0 > 3
                        }
                    }
                ) { try await $0.redrive(listener: "one", event: nil, isDryRun: false) { _ in true } }
            }
            let pending = "SELECT count(*) FROM dispatches WHERE state = 'pending'"
            #expect(try bench.rows(pending) == ["\(AdministrationReader.pageRowsMax)"])
            #expect(try await redrive(bench).redriven == 20)
            #expect(try bench.rows(pending) == ["\(count)"])
            let positions = "SELECT event FROM dispatches ORDER BY position"
            #expect(try bench.rows(positions) == (1...count).map(String.init))
        }
    }
}
