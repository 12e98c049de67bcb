import Events
import Synchronization
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

    /// Has an event of a subject accepted, and its dispatch run.
    @discardableResult
    private func claim(
        _ bench: OutboxBench,
        _ subject: String,
        by listener: String
    ) async throws -> ClaimedDispatch {
        try await bench.acceptEvent(subject, to: [listener])
        let claim = try await bench.claim(listener: listener, limit: 1, at: OutboxBench.now)
        return try #require(claim.dispatches.first)
    }

    /// Adopts what there is, after something has happened since its lanes were looked up.
    ///
    /// - Returns: Whose it is, and whether it comes late.
    private func adoptOne(
        _ bench: OutboxBench,
        meanwhile happens: () async throws -> Void
    ) async throws -> [String] {
        let reader = try AdministrationReader(path: bench.path)
        defer { reader.close() }
        let page = try await reader.adoptable(
            of: "old",
            by: "new",
            ordering: .subject,
            after: 0,
            until: try await reader.newestEvent()
        )
        let found = page.elements.map { LaneCandidate(event: $0.event, lane: $0.lane) }
        let history = try await LaneHistory(
            reader,
            listener: "new",
            ordering: .subject,
            place: .ready,
            of: found
        )
        try await happens()
        _ = try await bench.outbox.adopt(found, of: "old", by: "new", history: history)
        let event = try #require(found.first).event
        return try bench.rows("SELECT listener, out_of_order FROM dispatches WHERE event = \(event)")
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
            let running = try await claim(bench, "a", by: "new")
            try await bench.acceptEvent("a", to: ["old"])
            try await bench.acceptEvent("a", to: ["new"])
            try await bench.acceptEvent("a", to: ["old"])
            #expect(try await adopt(bench).adopted == 2)
            try await bench.finish(running, next: .delivered)
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
            let claim = try await bench.claim(listener: "new", limit: 10, at: now)
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

    @Test(
        "What came in while it was looked for is before it if it has the turn, and behind it otherwise",
        arguments: [true, false]
    )
    func arrival(isAlone: Bool) async throws {
        try await OutboxBench.use { bench in
            if !isAlone { try await claim(bench, "a", by: "new") }
            try await bench.acceptEvent("a", to: ["old"])
            let rows = try await adoptOne(bench) { try await bench.acceptEvent("a", to: ["new"]) }
            #expect(rows == ["new|\(isAlone ? 1 : 0)"])
        }
    }

    @Test("It comes late if its lane went on past it while it was looked for")
    func goesOn() async throws {
        try await OutboxBench.use { bench in
            let running = try await claim(bench, "a", by: "new")
            try await bench.acceptEvent("a", to: ["old"])
            try await bench.acceptEvent("a", to: ["new"])
            let rows = try await adoptOne(bench) { try await bench.finish(running, next: .delivered) }
            #expect(rows == ["new|1"])
        }
    }

    @Test("What runs stays, and is counted; again does the rest once it has ended")
    func running() async throws {
        try await OutboxBench.use { bench in
            let running = try await claim(bench, "a", by: "old")
            try await bench.acceptEvent("b", to: ["old"])
            for isDryRun in [true, false] {
                let counts = try await adopt(bench, isDryRun: isDryRun)
                #expect(counts.adopted == 1 && counts.left == 0 && counts.running == 1)
            }
            try await bench.finish(running, .failed, next: .pending(at: OutboxBench.now))
            let counts = try await adopt(bench)
            #expect(counts.adopted == 1 && counts.left == 0 && counts.running == 0)
            #expect(try bench.states() == ["1|new|pending", "2|new|pending"])
        }
    }

    @Test("More than one step ends between two steps when the process is about to end; again does the rest")
    func interrupted() async throws {
        try await OutboxBench.use { bench in
            let count = AdministrationReader.pageRowsMax + 20
            try await bench.makeDead(count, of: "old")
            let asked = Mutex(0)
            await #expect(throws: OutboxError.self) {
                try await bench.operatorWork(
                    isStopping: {
                        asked.withLock {
                            $0 += 1; return $0 > 3
                        }
                    }
                ) { try await $0.adopt(listener: "old", by: "new", isDryRun: false) }
            }
            let adopted = "SELECT count(*) FROM dispatches WHERE listener = 'new'"
            #expect(try bench.rows(adopted) == ["\(AdministrationReader.pageRowsMax)"])
            #expect(try await adopt(bench).adopted == 20)
            #expect(try bench.rows(adopted) == ["\(count)"])
        }
    }
}
