import Events
import TestKit
import Testing

@testable import Outbox

@Suite("Outcomes of earlier claims")
struct FencingTests {
    private let now = OutboxBench.now

    @Test(
        "One that comes when its dispatch was claimed again is not recorded, and its lane does not move",
        arguments: [
            (AttemptOutcome.delivered, .delivered), (.failed, .pending(at: OutboxBench.now)),
            (.interrupted, .pending(at: OutboxBench.now)), (.permanent, .dead(.permanent)),
        ] as [(AttemptOutcome, AttemptRecord.Next)],
        [true, false]
    )
    func claimedAgain(_ end: (outcome: AttemptOutcome, next: AttemptRecord.Next), hasLane: Bool) async throws
    {
        try await OutboxBench.use { bench in
            let subject = hasLane ? "pull_request/1" : nil
            for _ in 1...2 { try await bench.acceptEvent(subject) }
            let old = try #require(try await bench.claim(limit: 1).dispatches.first)
            try await bench.finish(old, .interrupted, .pending(at: now))
            let new = try #require(try await bench.claim(limit: 1).dispatches.first)
            #expect(new.event == old.event && new.attempt == old.attempt && new.claim > old.claim)
            let before = try everything(bench)

            #expect(try await outdated(bench, [record(old, end.outcome, end.next)]) == [1])
            #expect(try everything(bench) == before)
            #expect(try await bench.faultsOfLaneMemory() == [])
            let beside = try await bench.claim(limit: 5).dispatches
            #expect(beside.map(\.event) == (hasLane ? [] : [2]))

            #expect(try await outdated(bench, [record(new, .delivered, .delivered)]) == [])
            #expect(try bench.rows("SELECT state FROM dispatches WHERE event = 1") == ["delivered"])
            let behind = try await bench.claim(limit: 5).dispatches
            #expect(behind.map(\.event) == (hasLane ? [2] : []))
            #expect(try await bench.faultsOfLaneMemory() == [])
        }
    }

    @Test("One that comes twice is recorded once, whatever its dispatch has become")
    func twice() async throws {
        try await OutboxBench.use { bench in
            for _ in 1...3 { try await bench.acceptEvent(nil) }
            let dispatches = try await bench.claim(limit: 3).dispatches
            try #require(dispatches.count == 3)
            let records = [
                record(dispatches[0], .delivered, .delivered),
                record(dispatches[1], .failed, .pending(at: now.advanced(by: .seconds(60)))),
                record(dispatches[2], .permanent, .dead(.permanent)),
            ]
            #expect(try await outdated(bench, records) == [])
            let before = try everything(bench)
            #expect(try await outdated(bench, records) == [1, 2, 3])
            #expect(try everything(bench) == before)
        }
    }

    @Test("One that is outdated harms no other of its settling, nor the claim behind it")
    func others() async throws {
        try await OutboxBench.use { bench in
            for _ in 1...3 { try await bench.acceptEvent(nil) }
            let dispatches = try await bench.claim(limit: 2).dispatches
            try #require(dispatches.count == 2)
            var old = dispatches[0]
            old.claim -= 1
            let records = [old, dispatches[1]].map { record($0, .delivered, .delivered) }
            let claim = try await bench.settle(records, listener: "one", claimingUpTo: 5, at: now)
            #expect(claim.outdated.map(\.event) == [1])
            #expect(claim.dispatches.map(\.event) == [3])
            #expect(
                try bench.states() == ["1|one|running", "2|one|delivered", "3|one|running"]
            )
        }
    }

    @Test("Every claim has a higher number than those before, whatever was done with the dispatch meanwhile")
    func numbers() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.unknown], "two": [.unknown]])
            _ = try await bench.connect(StubIntake(slots: ["one": 1]))
            let event = try await bench.acceptEvent()
            let claims = { try bench.rows("SELECT claim FROM dispatches") }
            #expect(try claims() == ["1"])  // it began with the commit
            try bench.reopen()  // which ended it
            #expect(try claims() == ["1"])
            try await bench.runAll(ending: .failed, .dead(.exhausted))
            #expect(try claims() == ["2"])
            _ = try await bench.operatorWork {
                try await $0.redrive(listener: "one", event: event, isDryRun: false) { _ in true }
            }
            try await bench.runAll()
            #expect(try claims() == ["3"])
            _ = try await bench.operatorWork {
                try await $0.replay(
                    EventSelection(),
                    listener: "one",
                    remapping: nil,
                    isDryRun: false,
                    takes: { _ in true }
                )
            }
            _ = try await bench.operatorWork {
                try await $0.adopt(listener: "one", by: "two", isDryRun: false)
            }
            #expect(try claims() == ["3"])
            #expect(try await bench.runAll("two").map(\.claim) == [4])
        }
    }

    @Test("A dispatch that is adopted after its attempt was cut off does not take that attempt's outcome")
    func adopted() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent()
            let old = try #require(try await bench.claim(limit: 1).dispatches.first)
            try await bench.finish(old, .interrupted, .pending(at: now))
            _ = try await bench.operatorWork {
                try await $0.adopt(listener: "one", by: "two", isDryRun: false)
            }
            #expect(try await outdated(bench, [record(old, .delivered, .delivered)]) == [1])
            #expect(try bench.states() == ["1|two|pending"])
            #expect(try await bench.runAll("two").map(\.claim) == [2])
        }
    }

    private func record(
        _ dispatch: ClaimedDispatch,
        _ outcome: AttemptOutcome,
        _ next: AttemptRecord.Next
    ) -> AttemptRecord {
        let error = outcome == .delivered ? nil : "why"
        return AttemptRecord(dispatch, finishedAt: now, outcome: outcome, error: error, next: next)
    }

    /// Has attempts recorded; returns the events of those that were not.
    private func outdated(_ bench: OutboxBench, _ records: [AttemptRecord]) async throws -> [Int64] {
        try await bench.settle(records, listener: "one", claimingUpTo: 0, at: now)
            .outdated.map(\.event)
    }

    private func everything(_ bench: OutboxBench) throws -> [String] {
        try bench.rows("SELECT * FROM dispatches ORDER BY event, listener")
            + bench.rows("SELECT * FROM attempts ORDER BY id")
    }
}
