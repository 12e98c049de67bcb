import Events
import TestKit
import Testing

@testable import Outbox

@Suite("Claiming and finishing dispatches")
struct ClaimTests {
    private let now = OutboxBench.now

    @Test("A claim gives what the listener needs, and counts the attempt before it runs")
    func claim() async throws {
        try await OutboxBench.use { bench in
            let event = EventFactory.populated(.push)
            try await bench.accept(EventFactory.delivery(events: [event]))
            let later = now.advanced(by: .seconds(2))
            let claim = try await bench.claim(listener: "one", limit: 10, at: later)
            let dispatch = try #require(claim.dispatches.first)
            #expect(claim.dispatches.count == 1)
            #expect(claim.nextDueAt == nil)
            #expect(dispatch.event == 1 && dispatch.delivery == 1)
            #expect(dispatch.listener == "one")
            #expect(dispatch.attempt == 1)
            #expect(dispatch.startedAt == later)
            #expect(dispatch.receivedAt == now)
            #expect(dispatch.json == EventJSON(event).bytes(id: 1))
            let row = try bench.rows("SELECT state, attempts, started_at FROM dispatches")
            #expect(row == ["running|1|\(later.milliseconds)"])
            #expect(try await bench.claim(listener: "one", limit: 10, at: later).dispatches.isEmpty)
        }
    }

    @Test("A claim takes no more than the limit, in the order of arrival, and says whether there is more")
    func orderAndLimit() async throws {
        try await OutboxBench.use { bench in
            // The clock may have been set back between two starts of the daemon.
            for (index, second) in [3, 1, 2, 1].enumerated() {
                let time = now.advanced(by: .seconds(second))
                let event = OutboxBench.event(subject: nil)
                try await bench.accept(EventFactory.delivery("d-\(index)", receivedAt: time, events: [event]))
            }
            let first = try await bench.claim(limit: 2)
            try #require(first.dispatches.map(\.event) == [1, 2])
            #expect(first.hasMore && first.nextDueAt == nil)
            let second = try await bench.claim(limit: 10)
            #expect(second.dispatches.map(\.event) == [3, 4])
            #expect(!second.hasMore)
            try await bench.finish(first.dispatches[1], .failed, .pending(at: now.advanced(by: .seconds(9))))
            let third = try await bench.claim(limit: 10, after: .milliseconds(8999))
            #expect(third.dispatches.isEmpty && !third.hasMore)
            #expect(third.nextDueAt == now.advanced(by: .seconds(9)))
            #expect(try await bench.claim(limit: 10, after: .seconds(9)).dispatches.map(\.event) == [2])
        }
    }

    @Test("One listener's claims take nothing from another")
    func otherListener() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery(), to: ["one", "two"])
            #expect(try await bench.claim(limit: 5).dispatches.map(\.listener) == ["one"])
            let other = try await bench.claim(listener: "two", limit: 5, at: now)
            #expect(other.dispatches.map(\.listener) == ["two"])
            let nobody = try await bench.claim(listener: "three", limit: 5, at: now)
            #expect(nobody.dispatches.isEmpty && nobody.nextDueAt == nil)
        }
    }

    @Test(
        "An attempt is recorded, and its dispatch moves on",
        arguments: [
            (AttemptOutcome.delivered, .delivered, "delivered|1|END|NULL|NULL", nil),
            (.failed, .pending(at: Timestamp(milliseconds: 77)), "pending|1|NULL|why|NULL", 77),
            (.timedOut, .pending(at: Timestamp(milliseconds: 77)), "pending|1|NULL|why|NULL", 77),
            (.interrupted, .pending(at: Timestamp(milliseconds: 77)), "pending|0|NULL|why|NULL", 77),
            (.permanent, .dead(.permanent), "dead|1|END|why|permanent", nil),
            (.failed, .dead(.exhausted), "dead|1|END|why|exhausted", nil),
            (.crashed, .dead(.crashed), "dead|1|END|why|crashed", nil),
        ] as [(AttemptOutcome, AttemptRecord.Next, String, Int?)]
    )
    func finish(outcome: AttemptOutcome, next: AttemptRecord.Next, row: String, dueAt: Int?) async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery())
            let dispatch = try #require(try await bench.claim(limit: 1).dispatches.first)
            let end = now.advanced(by: .milliseconds(1500))
            let error = outcome == .delivered ? nil : "why"
            try await bench.outbox.finish(
                AttemptRecord(dispatch, finishedAt: end, outcome: outcome, error: error, next: next)
            )
            let expected = row.replacing("END", with: "\(end.milliseconds)")
            #expect(
                try bench.rows("SELECT state, attempts, finished_at, error, reason FROM dispatches") == [
                    expected
                ]
            )
            if let dueAt {
                #expect(try bench.rows("SELECT next_attempt_at FROM dispatches") == ["\(dueAt)"])
            }
            let columns = "event, listener, attempt, started_at, duration_ms, outcome, error"
            #expect(
                try bench.rows("SELECT \(columns) FROM attempts") == [
                    "1|one|1|\(now.milliseconds)|1500|\(outcome.rawValue)|\(error ?? "NULL")"
                ]
            )
        }
    }

    @Test("A repeated dispatch has the next number; an interrupted one keeps its own")
    func attemptNumbers() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery())
            for (outcome, number) in [
                (AttemptOutcome.failed, 1), (.interrupted, 2), (.timedOut, 2), (.interrupted, 3),
            ] {
                let dispatch = try #require(try await bench.claim(limit: 1).dispatches.first)
                #expect(dispatch.attempt == number)
                try await bench.finish(dispatch, outcome, .pending(at: now))
            }
            let attempts = try bench.rows("SELECT attempt, outcome FROM attempts ORDER BY id")
            #expect(attempts == ["1|failed", "2|interrupted", "2|timed_out", "3|interrupted"])
        }
    }

    @Test("An error of an earlier attempt is gone when the dispatch is delivered")
    func errorIsCleared() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery())
            let first = try #require(try await bench.claim(limit: 1).dispatches.first)
            try await bench.finish(first, .failed, .pending(at: now))
            #expect(try bench.rows("SELECT error FROM dispatches") == ["why"])
            let second = try #require(try await bench.claim(limit: 1).dispatches.first)
            try await bench.finish(second, .delivered, .delivered)
            #expect(try bench.rows("SELECT error FROM dispatches") == ["NULL"])
        }
    }

    @Test("A clock that went back changes no duration")
    func clockWentBack() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery())
            let dispatch = try #require(try await bench.claim(limit: 1).dispatches.first)
            let earlier = now.advanced(by: .seconds(-5))
            try await bench.outbox.finish(
                AttemptRecord(
                    dispatch,
                    finishedAt: earlier,
                    duration: .milliseconds(1500),
                    outcome: .delivered,
                    error: nil,
                    next: .delivered
                )
            )
            #expect(try bench.rows("SELECT duration_ms FROM attempts") == ["1500"])
        }
    }

    @Test("An attempt of a dispatch that is gone is not recorded, and harms no other")
    func dispatchIsGone() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery())
            try await bench.accept(EventFactory.delivery("b", events: [OutboxBench.event(subject: nil)]))
            let dispatches = try await bench.claim(limit: 2).dispatches
            try #require(dispatches.count == 2)
            try await bench.execute("DELETE FROM deliveries WHERE id = 1")
            let records = dispatches.map {
                AttemptRecord($0, finishedAt: now, outcome: .delivered, error: nil, next: .delivered)
            }
            let claim = try await bench.settle(records, listener: "one", claimingUpTo: 0, at: now)
            #expect(claim.outdated.map(\.event) == [1])
            #expect(try bench.rows("SELECT event, outcome FROM attempts") == ["2|delivered"])
        }
    }
}

extension OutboxBench {
    /// Claims for the listener `one`.
    func claim(limit: Int, after wait: Duration = .zero) async throws -> Claim {
        try await claim(listener: "one", limit: limit, at: Self.now.advanced(by: wait))
    }

    /// Records an attempt that ended a second after it began.
    func finish(
        _ dispatch: ClaimedDispatch,
        _ outcome: AttemptOutcome,
        _ next: AttemptRecord.Next
    ) async throws {
        try await outbox.finish(
            AttemptRecord(
                dispatch,
                finishedAt: dispatch.startedAt.advanced(by: .seconds(1)),
                outcome: outcome,
                error: outcome == .delivered ? nil : "why",
                next: next
            )
        )
    }
}
