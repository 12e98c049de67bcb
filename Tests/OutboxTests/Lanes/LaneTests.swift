import Events
import TestKit
import Testing

@testable import Outbox

@Suite("Lanes")
struct LaneTests {
    private let now = OutboxBench.now

    @Test("Within a subject dispatches run one at a time, in the order of arrival; others run beside them")
    func order() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(subjects: ["pull_request/1", "pull_request/1", "pull_request/2", nil, nil])
            let first = try await bench.claim(limit: 10)
            #expect(first.dispatches.map(\.event) == [1, 3, 4, 5])
            #expect(!first.hasMore && first.nextDueAt == nil)
            try await bench.finish(first.dispatches[1], .delivered, .delivered)
            #expect(try await bench.claim(limit: 10).dispatches.isEmpty)
            try await bench.finish(first.dispatches[0], .delivered, .delivered)
            #expect(try await bench.claim(limit: 10).dispatches.map(\.event) == [2])
        }
    }

    @Test(
        "What makes a lane is the listener's ordering",
        arguments: [
            (LaneOrdering.subject, [1, 2, 4] as [Int64]), (.repository, [1, 4]), (.none, [1, 2, 3, 4]),
        ]
    )
    func ordering(ordering: LaneOrdering, claimed: [Int64]) async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.unknown]], ordering: ordering)
            try await bench.accept(subjects: ["pull_request/1", "pull_request/2", "pull_request/1"])
            try await bench.accept(subjects: ["pull_request/1"], repository: "acme/web")
            #expect(try await bench.claim(limit: 10).dispatches.map(\.event).sorted() == claimed)
        }
    }

    @Test("The same repository and subject of another source are another lane")
    func sources() async throws {
        try await OutboxBench.use { bench in
            for source in ["one", "two"] {
                let delivery = EventFactory.delivery(source, source: source, events: [OutboxBench.event()])
                try await bench.accept(delivery)
            }
            #expect(try await bench.claim(limit: 10).dispatches.count == 2)
        }
    }

    @Test("A failing head holds its lane until its hold is over, and no longer")
    func hold() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(subjects: ["pull_request/1", "pull_request/1"])
            let head = try #require(try await bench.claim(limit: 1).dispatches.first)
            try await bench.fail(head, retryAfter: .seconds(40), hold: .seconds(60))
            let held = try await bench.claim(limit: 5, after: .seconds(39))
            #expect(held.dispatches.isEmpty)
            #expect(held.nextDueAt == now.advanced(by: .seconds(40)))
            // Its second failure, at 40 s, does not prolong the hold.
            let again = try #require(
                try await bench.claim(limit: 5, after: .seconds(40)).dispatches.first
            )
            #expect(again.event == 1 && !again.isOutOfOrder)
            try await bench.fail(again, at: .seconds(41), retryAfter: .seconds(200), hold: .seconds(60))
            let last = try await bench.claim(limit: 5, after: .milliseconds(59_999))
            #expect(last.dispatches.isEmpty)
            #expect(last.nextDueAt == now.advanced(by: .seconds(60)))
            let next = try await bench.claim(limit: 5, after: .seconds(60))
            #expect(next.dispatches.map(\.event) == [2])
            #expect(next.dispatches.first?.isOutOfOrder == false)
        }
    }

    @Test("While a lane is released, later failures hold it no further")
    func released() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(subjects: Array(repeating: "pull_request/1", count: 4))
            let head = try #require(try await bench.claim(limit: 1).dispatches.first)
            try await bench.fail(head, retryAfter: .seconds(1000), hold: .seconds(60))
            for event in [2, 3] as [Int64] {
                let claim = try await bench.claim(limit: 5, after: .seconds(60))
                #expect(claim.dispatches.map(\.event) == [event])
                let dispatch = try #require(claim.dispatches.first)
                try await bench.fail(
                    dispatch,
                    at: .seconds(60),
                    retryAfter: .seconds(2000),
                    hold: .seconds(60)
                )
            }
            #expect(try await bench.claim(limit: 5, after: .seconds(60)).dispatches.map(\.event) == [4])
        }
    }

    @Test("A late head never runs beside its lane, and is told that it is out of order")
    func lateHead() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(subjects: Array(repeating: "pull_request/1", count: 3))
            let head = try #require(try await bench.claim(limit: 1).dispatches.first)
            try await bench.fail(head, retryAfter: .seconds(90), hold: .seconds(60))
            let second = try #require(
                try await bench.claim(limit: 5, after: .seconds(60)).dispatches.first
            )
            #expect(second.event == 2)
            // The head is due, but the second still runs.
            #expect(try await bench.claim(limit: 5, after: .seconds(100)).dispatches.isEmpty)
            try await bench.finish(second, .delivered, .delivered)
            let late = try await bench.claim(limit: 5, after: .seconds(100))
            #expect(late.dispatches.map(\.event) == [1])
            #expect(late.dispatches.first?.isOutOfOrder == true)
            #expect(late.dispatches.first?.attempt == 2)
        }
    }

    @Test("A head that is given up lets its lane go on at once")
    func deadHead() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(subjects: ["pull_request/1", "pull_request/1"])
            let head = try #require(try await bench.claim(limit: 1).dispatches.first)
            try await bench.finish(head, .permanent, .dead(.permanent))
            let next = try await bench.claim(limit: 1).dispatches
            #expect(next.map(\.event) == [2] && next.first?.isOutOfOrder == false)
        }
    }

    @Test("An attempt that was cut off keeps its turn")
    func interrupted() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(subjects: ["pull_request/1", "pull_request/1"])
            let head = try #require(try await bench.claim(limit: 1).dispatches.first)
            try await bench.finish(head, .interrupted, .pending(at: now))
            #expect(try await bench.claim(limit: 5).dispatches.map(\.event) == [1])
        }
    }

    @Test("Repositories take turns, however much one of them has waiting")
    func fairness() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(subjects: Array(repeating: nil, count: 200), repository: "acme/noisy")
            try await bench.accept(subjects: [nil, nil], repository: "acme/quiet")
            try await bench.accept(subjects: [nil], repository: nil)
            let claims = try await bench.claim(limit: 6).dispatches.map { $0.repository ?? "none" }
            #expect(claims == ["none", "acme/noisy", "acme/quiet", "acme/noisy", "acme/quiet", "acme/noisy"])
            // The turn goes on where it was in the next claim.
            try await bench.accept(subjects: [nil], repository: "acme/zoo")
            #expect(try await bench.claim(limit: 1).dispatches.map(\.repository) == ["acme/zoo"])
        }
    }

    @Test("What is queued again joins the end of its lane, before what comes later, with all its attempts")
    func enqueue() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(subjects: Array(repeating: "pull_request/1", count: 3))
            for _ in 0..<2 {
                let head = try #require(try await bench.claim(limit: 1).dispatches.first)
                try await bench.finish(head, .failed, .dead(.exhausted))
            }
            for event in [2, 1] as [Int64] {
                try await bench.outbox.submit { context in
                    let position = try context.nextPosition()
                    try context.enqueue(
                        event: event,
                        listener: "one",
                        at: position,
                        outOfOrder: event == 1
                    )
                }
            }
            try await bench.accept(subjects: ["pull_request/1"])
            var claimed: [ClaimedDispatch] = []
            while let dispatch = try await bench.claim(limit: 1).dispatches.first {
                claimed.append(dispatch)
                try await bench.finish(dispatch, .delivered, .delivered)
            }
            #expect(claimed.map(\.event) == [3, 2, 1, 4])
            #expect(claimed.map(\.isOutOfOrder) == [false, false, true, false])
            #expect(claimed.map(\.attempt) == [1, 2, 2, 1])
            #expect(claimed.map(\.attemptsBefore) == [0, 1, 1, 0])
        }
    }

    @Test("Positions are never used again, also after the file was opened again")
    func positions() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(subjects: [nil])
            let first = try await bench.outbox.submit { try $0.nextPosition() }
            try bench.reopen()
            let second = try await bench.outbox.submit { try $0.nextPosition() }
            #expect(second > first)
            try await bench.accept(subjects: [nil])
            #expect(try bench.rows("SELECT max(position) > \(second) FROM dispatches") == ["1"])
        }
    }

    @Test("A lane goes on when what held it is discarded")
    func discard() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(subjects: ["pull_request/1", "pull_request/1"])
            let head = try #require(try await bench.claim(limit: 1).dispatches.first)
            try await bench.fail(head, retryAfter: .seconds(5), hold: .seconds(60))
            try await bench.outbox.submit { try $0.leaveLane(event: 1, listener: "one") }
            #expect(try await bench.claim(limit: 5).dispatches.map(\.event) == [2])
        }
    }
}

extension OutboxBench {
    /// Accepts a delivery with an event for each subject.
    func accept(subjects: [String?], repository: String? = "acme/app") async throws {
        let events = subjects.map { Self.event(repository: repository, subject: $0) }
        let count = try rows("SELECT count(*) FROM deliveries")[0]
        try await accept(EventFactory.delivery("delivery-\(count)", events: events))
    }

    /// Records a failed attempt; times are counted from the beginning of the test.
    func fail(
        _ dispatch: ClaimedDispatch,
        at time: Duration = .zero,
        retryAfter wait: Duration,
        hold: Duration
    ) async throws {
        let now = Self.now.advanced(by: time)
        try await outbox.finish(
            AttemptRecord(
                dispatch,
                finishedAt: now,
                outcome: .failed,
                error: "why",
                next: .pending(at: now.advanced(by: wait)),
                hold: hold
            )
        )
    }
}
