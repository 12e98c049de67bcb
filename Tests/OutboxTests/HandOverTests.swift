import Events
import TestKit
import Testing

@testable import Outbox

@Suite("Handing over with the commit")
struct HandOverTests {
    @Test("A dispatch whose listener has a slot is committed as running and begins, typed and with its id")
    func begins() async throws {
        try await OutboxBench.use { bench in
            let intake = try await bench.connect(StubIntake(slots: ["one": 1]))
            try await bench.accept(EventFactory.delivery("a"), to: ["one", "two"])
            let begun = try #require(intake.begun.first)
            #expect(intake.begun.count == 1)
            #expect((begun.event, begun.listener, begun.attempt, begun.delivery) == (1, "one", 1, 1))
            #expect(begun.startedAt == OutboxBench.now)
            #expect(begun.repository == "Codertocat/Hello-World" || begun.repository != nil)
            let event = try #require(begun.typedEvent as? PullRequestEvent)
            #expect(event.id == 1)
            #expect(try event.json == PullRequestEvent.decode(json: begun.json).json)
            #expect(intake.ready == ["two"])
            let columns = "listener, state, attempts, started_at IS NOT NULL, place, turn IS NULL"
            #expect(
                try bench.rows("SELECT \(columns) FROM dispatches ORDER BY listener")
                    == ["one|running|1|1|0|1", "two|pending|0|0|1|0"]
            )
        }
    }

    @Test("What was handed over is settled like what was claimed, and its lane goes on")
    func settles() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.unknown]])
            let intake = try await bench.connect(StubIntake(slots: ["one": 10]))
            for id in ["a", "b"] {
                try await bench.accept(EventFactory.delivery(id, events: [OutboxBench.event()]))
            }
            // The second one of the lane waits for the first, although there are slots.
            #expect(intake.begun.map(\.event) == [1])
            #expect(intake.ready.isEmpty)
            let claim = try await bench.settle(
                [AttemptRecord(delivered: intake.begun[0], at: OutboxBench.now)],
                listener: "one",
                claimingUpTo: 5,
                at: OutboxBench.now
            )
            #expect(claim.dispatches.map(\.event) == [2])
            #expect(claim.dispatches[0].typedEvent == nil)
            #expect(!claim.hasMore)
            let states = "SELECT state, attempts FROM dispatches ORDER BY event"
            #expect(try bench.rows(states) == ["delivered|1", "running|1"])
            #expect(try bench.rows("SELECT event, attempt, outcome FROM attempts") == ["1|1|delivered"])
        }
    }

    @Test("A settlement without a claim says what is ready, and claims nothing")
    func settlesAlone() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.unknown]])
            let intake = try await bench.connect(StubIntake(slots: ["one": 1]))
            for id in ["a", "b"] {
                try await bench.accept(EventFactory.delivery(id, events: [OutboxBench.event()]))
            }
            let claim = try await bench.settle(
                [AttemptRecord(delivered: intake.begun[0], at: OutboxBench.now)],
                listener: "one",
                claimingUpTo: 0,
                at: OutboxBench.now
            )
            #expect(claim.dispatches.isEmpty)
            #expect(claim.hasMore)
        }
    }

    @Test("One that joins a lane which is held, or whose turn another has, is not told as ready")
    func joinsLane() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.unknown]])
            let intake = try await bench.connect(StubIntake())
            for id in ["a", "b", "c"] {
                try await bench.accept(EventFactory.delivery(id, events: [OutboxBench.event()]))
            }
            #expect(intake.readyCalls == [["one"]])
        }
    }

    @Test("A lane that was released goes on with the next that joins it, which is told as ready")
    func joinsReleasedLane() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.unknown]])
            try await bench.accept(EventFactory.delivery("a", events: [OutboxBench.event()]))
            let first = try await bench.claim(listener: "one", limit: 1, at: OutboxBench.now)
            let later = OutboxBench.now.advanced(by: .seconds(3600))
            // Without a hold, the late one lets the others pass.
            try await bench.outbox.finish(
                AttemptRecord(
                    first.dispatches[0],
                    finishedAt: OutboxBench.now,
                    outcome: .failed,
                    error: "no",
                    next: .pending(at: later),
                    hold: .zero
                )
            )
            let intake = try await bench.connect(StubIntake(slots: ["one": 5]))
            try await bench.accept(EventFactory.delivery("b", events: [OutboxBench.event()]))
            #expect(intake.begun.isEmpty)
            #expect(intake.readyCalls == [["one"]])
            let claim = try await bench.claim(listener: "one", limit: 5, at: OutboxBench.now)
            #expect(claim.dispatches.map(\.event) == [2])
        }
    }

    @Test("A transaction that fails gives its slots back, and begins nothing")
    func failedTransaction() async throws {
        try await OutboxBench.use { bench in
            let intake = try await bench.connect(StubIntake(slots: ["one": 2, "twice": 2]))
            let results = await bench.acceptTogether([
                (EventFactory.delivery("a"), ["one"]), (EventFactory.delivery("b"), ["twice", "twice"]),
            ])
            #expect(results.map { (try? $0.get()) != nil } == [true, false])
            // The first is tried again alone, with a slot that is taken anew.
            #expect(intake.begun.map(\.listener) == ["one"])
            #expect(intake.slots == ["one": 1, "twice": 2])
            #expect(try bench.rows("SELECT listener, state FROM dispatches") == ["one|running"])
        }
    }

    @Test("A duplicate reserves nothing")
    func duplicate() async throws {
        try await OutboxBench.use { bench in
            let intake = try await bench.connect(StubIntake(slots: ["one": 5]))
            try await bench.accept(EventFactory.delivery("a"))
            try await bench.accept(EventFactory.delivery("a"))
            #expect(intake.begun.count == 1)
            #expect(intake.slots == ["one": 4])
        }
    }

    @Test("What was handed over when the process died is pending again, and suspect")
    func recovery() async throws {
        try await OutboxBench.use { bench in
            _ = try await bench.connect(StubIntake(slots: ["one": 5]))
            try await bench.accept(EventFactory.delivery("a"))
            try bench.reopen()
            let row = "SELECT state, attempts, place, suspect FROM dispatches"
            #expect(try bench.rows(row) == ["pending|0|1|1"])
            #expect(try bench.rows("SELECT attempt, outcome FROM attempts") == ["1|interrupted"])
        }
    }
}

extension AttemptRecord {
    fileprivate init(delivered dispatch: ClaimedDispatch, at time: Timestamp) {
        self.init(dispatch, finishedAt: time, outcome: .delivered, error: nil, next: .delivered, hold: .zero)
    }
}
