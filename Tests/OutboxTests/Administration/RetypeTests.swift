import Events
import TestKit
import Testing

@testable import Outbox

@Suite("Mapping stored deliveries again")
struct RetypeTests {
    private static func unknown() -> any Event {
        UnknownEvent(envelope: EventFactory.envelope(.unknown, isBare: true), action: nil)
    }

    private func replay(
        _ bench: OutboxBench,
        _ selection: EventSelection = EventSelection(),
        isDryRun: Bool = false,
        giving events: [any Event]?,
        problem: String? = nil
    ) async throws -> ReplayCounts {
        try await bench.operatorWork(after: .seconds(60)) {
            try await $0.replay(
                selection,
                listener: "one",
                remapping: { stored in
                    events.map { EventFactory.delivery(stored.deliveryID, problem: problem, events: $0) }
                },
                isDryRun: isDryRun,
                takes: { $0.kind != "unknown" }
            )
        }
    }

    @Test("An event of another type keeps its id, and its listener gets it")
    func changed() async throws {
        try await OutboxBench.use { bench in
            let delivery = EventFactory.delivery("d", problem: "odd", events: [Self.unknown()])
            try await bench.accept(delivery, to: [])
            let now = EventFactory.populated(.pullRequest)
            let dry = try await replay(bench, isDryRun: true, giving: [now])
            #expect(try bench.rows("SELECT kind FROM events") == ["unknown"])
            let counts = try await replay(bench, giving: [now])
            #expect(dry == counts)
            #expect(counts.made == 1 && counts.filtered == 0)
            let retyping = try #require(counts.retyping)
            #expect(retyping.changed == 1 && retyping.added == 0 && retyping.surplus == 0)
            #expect(
                retyping.changes == [
                    RetypeChange(
                        event: 1,
                        from: EventTyping(kind: "unknown", action: nil, repository: nil, subject: nil),
                        to: EventTyping(
                            kind: "pull_request",
                            action: "edited",
                            repository: "acme/app",
                            subject: "pull_request/2"
                        )
                    )
                ]
            )
            #expect(
                try bench.rows("SELECT id, kind, action, repository, subject, event FROM events") == [
                    "1|pull_request|edited|acme/app|pull_request/2|" + EventJSON(now).text(id: 1)
                ]
            )
            #expect(try bench.rows("SELECT problem FROM deliveries") == ["NULL"])
            #expect(
                try bench.rows("SELECT lane FROM dispatches") == ["github\nacme/app\npull_request/2"]
            )
        }
    }

    @Test("Nothing is different, nothing is written")
    func unchanged() async throws {
        try await OutboxBench.use { bench in
            let event = EventFactory.populated(.push)
            try await bench.accept(EventFactory.delivery(events: [event]), to: [])
            let counts = try await replay(bench, giving: [event])
            #expect(counts.retyping == RetypeCounts() && counts.made == 1)
        }
    }

    @Test("Added events get new ids and are dispatched; surplus ones stay")
    func otherCount() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery("d", events: [Self.unknown()]), to: [])
            let two = [EventFactory.populated(.push), EventFactory.populated(.comment)]
            let dry = try await replay(bench, isDryRun: true, giving: two)
            #expect(dry.made == 2 && dry.retyping?.added == 1)
            let counts = try await replay(bench, giving: two)
            #expect(counts.made == 2 && counts.retyping == dry.retyping)
            #expect(
                try bench.rows("SELECT id, ordinal, kind FROM events ORDER BY id") == [
                    "1|0|push", "2|1|comment",
                ]
            )
            #expect(try bench.states() == ["1|one|pending", "2|one|pending"])
            #expect(
                try bench.rows("SELECT received_at FROM events WHERE id = 2")
                    == ["\(EventFactory.receivedAt.milliseconds)"]
            )
            let fewer = try await replay(bench, giving: [two[0]])
            #expect(fewer.retyping?.surplus == 1 && fewer.open == 2)
            #expect(try bench.rows("SELECT kind FROM events WHERE id = 2") == ["comment"])
        }
    }

    @Test("The lanes of finished dispatches are made from the new columns, open ones stay in theirs")
    func dispatches() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery(events: [Self.unknown()]), to: ["one", "two"])
            try await bench.runAll("one")
            _ = try await replay(bench, giving: [EventFactory.populated(.pullRequest)])
            #expect(
                try bench.rows("SELECT listener, repository, subject, lane FROM dispatches ORDER BY listener")
                    == [
                        "one|acme/app|pull_request/2|github\nacme/app\npull_request/2",
                        "two|NULL|NULL|NULL",
                    ]
            )
        }
    }

    @Test("What this version cannot map stays as it is, and is counted")
    func unreadable() async throws {
        try await OutboxBench.use { bench in
            let event = EventFactory.populated(.push)
            try await bench.accept(EventFactory.delivery(problem: "odd", events: [event]), to: [])
            let counts = try await replay(bench, giving: nil)
            #expect(counts.retyping?.unreadable == 1 && counts.made == 1)
            #expect(try bench.rows("SELECT problem FROM deliveries") == ["odd"])
        }
    }

    @Test("Only selected events, and those that came to their deliveries, are dispatched")
    func selected() async throws {
        try await OutboxBench.use { bench in
            let events = [EventFactory.populated(.push), Self.unknown()]
            try await bench.accept(EventFactory.delivery("d", events: events), to: [])
            let typed = [
                EventFactory.populated(.push), EventFactory.populated(.comment),
                EventFactory.populated(.checkRun),
            ]
            let counts = try await replay(bench, EventSelection(kind: "unknown"), giving: typed)
            #expect(counts.made == 2)
            #expect(try bench.states() == ["2|one|pending", "3|one|pending"])
        }
    }

    @Test("An added event does not hide that another comes late")
    func lateBesideAdded() async throws {
        try await OutboxBench.use { bench in
            let first = OutboxBench.event(subject: nil)
            try await bench.accept(EventFactory.delivery("grows", events: [first]), to: [])
            for _ in 0..<2 { try await bench.acceptEvent("a") }
            try await bench.runAll()
            try await bench.operatorWork(after: .seconds(60)) {
                _ = try await $0.replay(
                    EventSelection(),
                    listener: "one",
                    remapping: { stored in
                        stored.deliveryID == "grows"
                            ? EventFactory.delivery(
                                "grows",
                                events: [first, OutboxBench.event(subject: "b")]
                            ) : nil
                    },
                    isDryRun: false,
                    takes: { $0.subject != nil }
                )
            }
            let columns = "SELECT event, out_of_order FROM dispatches ORDER BY position"
            #expect(try bench.rows(columns) == ["4|0", "2|1", "3|0"])
        }
    }
}
