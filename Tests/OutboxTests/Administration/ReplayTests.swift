import Events
import TestKit
import Testing

@testable import Outbox

@Suite("Replaying stored events")
struct ReplayTests {
    private func replay(
        _ bench: OutboxBench,
        _ selection: EventSelection = EventSelection(),
        to listener: String = "one",
        isDryRun: Bool = false,
        takes: @escaping @Sendable (AdministeredEvent) -> Bool = { _ in true }
    ) async throws -> ReplayCounts {
        try await bench.operatorWork(after: .seconds(60)) {
            try await $0.replay(
                selection,
                listener: listener,
                remapping: nil,
                isDryRun: isDryRun,
                takes: takes
            )
        }
    }

    @Test("Missing dispatches are made, finished ones are pending again, open ones are left alone")
    func states() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("delivered")
            try await bench.runAll()
            try await bench.acceptEvent("dead")
            try await bench.runAll(ending: .permanent, .dead(.permanent))
            try await bench.acceptEvent("running")
            _ = try await bench.claim(listener: "one", limit: 1, at: OutboxBench.now)
            try await bench.acceptEvent("pending")
            try await bench.acceptEvent("missing", to: [])
            let before = try bench.rows("SELECT * FROM dispatches WHERE event IN (3, 4)")
            for isDryRun in [true, false] {
                let counts = try await replay(bench, isDryRun: isDryRun)
                #expect(counts.made == 1 && counts.again == 2 && counts.open == 2 && counts.filtered == 0)
                #expect(try bench.states().count == (isDryRun ? 4 : 5))
            }
            #expect(try bench.rows("SELECT * FROM dispatches WHERE event IN (3, 4)") == before)
            #expect(
                try bench.states() == [
                    "1|one|pending", "2|one|pending", "3|one|running", "4|one|pending", "5|one|pending",
                ]
            )
            #expect(
                try bench.rows(
                    "SELECT attempts, attempts_before, finished_at FROM dispatches WHERE event = 1"
                )
                    == ["1|1|NULL"]
            )
        }
    }

    @Test("A new listener gets the whole history in order, and nothing of it is out of order")
    func history() async throws {
        try await OutboxBench.use { bench in
            for subject in ["a", "b", "a", "a"] { try await bench.acceptEvent(subject) }
            try await bench.runAll()
            #expect(try await replay(bench, to: "new").made == 4)
            let ran = try await bench.runAll("new", after: .seconds(60))
            #expect(ran.map(\.event).filter { $0 != 2 } == [1, 3, 4])
            #expect(ran.allSatisfy { !$0.isOutOfOrder && $0.attempt == 1 })
            #expect(Set(ran.map(\.repository)) == ["acme/app"])
        }
    }

    @Test("What runs again after something later of its lane is told so")
    func late() async throws {
        try await OutboxBench.use { bench in
            for subject in ["a", "b", "a"] { try await bench.acceptEvent(subject) }
            try await bench.runAll()
            #expect(try await replay(bench).again == 3)
            let ran = try await bench.runAll(after: .seconds(60)).sorted { $0.event < $1.event }
            #expect(ran.map(\.isOutOfOrder) == [true, false, false])
            #expect(ran.map(\.attempt) == [2, 2, 2])
        }
    }

    @Test(
        "A selection narrows by kind, repository and time",
        arguments: [
            (EventSelection(), [1, 2, 3, 4]), (EventSelection(kind: "push"), [2]),
            (EventSelection(repository: "acme/other"), [3]),
            (EventSelection(since: OutboxBench.now.advanced(by: .seconds(3))), [3, 4]),
            (EventSelection(until: OutboxBench.now.advanced(by: .seconds(3))), [1, 2]),
            (
                EventSelection(
                    kind: "unknown",
                    repository: "acme/app",
                    since: OutboxBench.now.advanced(by: .seconds(2))
                ), [4]
            ), (EventSelection(since: OutboxBench.now.advanced(by: .seconds(9))), []),
        ] as [(EventSelection, [Int64])]
    )
    func selection(selection: EventSelection, events: [Int64]) async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a", to: [], after: .seconds(1))
            try await bench.accept(
                EventFactory.delivery(
                    "push",
                    receivedAt: OutboxBench.now.advanced(by: .seconds(2)),
                    events: [EventFactory.populated(.push)]
                ),
                to: []
            )
            try await bench.acceptEvent("a", repository: "acme/other", to: [], after: .seconds(3))
            try await bench.acceptEvent("a", to: [], after: .seconds(4))
            #expect(try await replay(bench, selection).made == events.count)
            #expect(try bench.rows("SELECT event FROM dispatches ORDER BY event") == events.map(String.init))
        }
    }

    @Test("The filter decides by what is stored")
    func filter() async throws {
        try await OutboxBench.use { bench in
            for subject in ["a", "b"] { try await bench.acceptEvent(subject, to: []) }
            let counts = try await replay(bench) { $0.kind == "unknown" && $0.subject == "b" }
            #expect(counts.made == 1 && counts.filtered == 1)
            #expect(try bench.states() == ["2|one|pending"])
        }
    }

    @Test("Twice leaves alone what is pending from the first time")
    func twice() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a", to: [])
            #expect(try await replay(bench).made == 1)
            let counts = try await replay(bench)
            #expect(counts.made == 0 && counts.again == 0 && counts.open == 1)
        }
    }
}
