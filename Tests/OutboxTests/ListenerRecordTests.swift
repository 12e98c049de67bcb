import Events
import TestKit
import Testing

@testable import Outbox

@Suite("What the outbox keeps of listeners")
struct ListenerRecordTests {
    private let now = OutboxBench.now

    @Test("A changed ordering makes the lanes of what waits anew, and keeps the order")
    func orderingChanges() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.unknown]], ordering: .subject)
            try await bench.accept(subjects: ["pull_request/1", "pull_request/2", "pull_request/1", nil])
            try await bench.register(["one": [.unknown]], ordering: .repository)
            var claimed: [Int64] = []
            while let dispatch = try await bench.claim(limit: 5).dispatches.first {
                claimed.append(dispatch.event)
                try await bench.finish(dispatch, .delivered, .delivered)
            }
            #expect(claimed == [1, 2, 3, 4])
            try await bench.accept(subjects: ["pull_request/1", "pull_request/1"])
            try await bench.register(["one": [.unknown]], ordering: .none)
            #expect(try await bench.claim(limit: 5).dispatches.map(\.event) == [5, 6])
        }
    }

    @Test("Lanes are made anew in steps, however small, with the same result", arguments: [1, 2, 3, 100])
    func steps(step: Int64) async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.unknown]], ordering: .none)
            try await bench.accept(subjects: ["pull_request/1", nil, "pull_request/2", "pull_request/1", nil])
            try await bench.accept(subjects: ["pull_request/2"])
            try await bench.register(["one": [.unknown]], ordering: .subject, step: step)
            let first = try await bench.claim(limit: 10).dispatches
            #expect(first.map(\.event).sorted() == [1, 2, 3, 5])
            for dispatch in first { try await bench.finish(dispatch, .delivered, .delivered) }
            #expect(try await bench.claim(limit: 10).dispatches.map(\.event).sorted() == [4, 6])
            #expect(try bench.rows("SELECT key FROM outbox WHERE key LIKE 'lanes%'") == [])
        }
    }

    @Test("While lanes are made anew nothing is claimed, and what was cut off is begun again")
    func interruptedChange() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.unknown]], ordering: .none)
            try await bench.accept(subjects: ["pull_request/1", "pull_request/1", nil])
            // As a crash between two steps leaves it, with the ordering stored already.
            try await bench.outbox.submit { context in
                try context.setLaneChange(.assigning, of: "one")
            }
            let none = try await bench.claim(limit: 10)
            #expect(none.dispatches.isEmpty && none.nextDueAt ?? now > now)
            try await bench.accept(subjects: ["pull_request/1"])
            try bench.reopen()
            #expect(try await bench.claim(limit: 10).dispatches.isEmpty)
            try await bench.register(["one": [.unknown]], ordering: .none)
            #expect(try await bench.claim(limit: 10).dispatches.map(\.event) == [1, 2, 3, 4])
        }
    }

    @Test("A dispatch that loses its lane while it holds it is not tried before its time")
    func holdWithoutLane() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.unknown]], ordering: .subject)
            try await bench.accept(subjects: ["pull_request/1"])
            let head = try #require(try await bench.claim(limit: 1).dispatches.first)
            try await bench.fail(head, retryAfter: .seconds(90), hold: .seconds(60))
            try await bench.register(["one": [.unknown]], ordering: .none)
            #expect(try await bench.claim(limit: 1, after: .seconds(89)).dispatches.isEmpty)
            #expect(try await bench.claim(limit: 1, after: .seconds(90)).dispatches.count == 1)
        }
    }

    @Test("With a changed ordering, what runs and what waits for its time stay where they are")
    func orderingChangesUnderWay() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.unknown]], ordering: .none)
            try await bench.accept(subjects: Array(repeating: "pull_request/1", count: 3))
            let running = try await bench.claim(limit: 2).dispatches
            try await bench.fail(running[1], retryAfter: .seconds(30), hold: .seconds(60))
            try await bench.register(["one": [.unknown]], ordering: .subject)
            #expect(try await bench.claim(limit: 5, after: .seconds(40)).dispatches.isEmpty)
            try await bench.finish(running[0], .delivered, .delivered)
            #expect(try await bench.claim(limit: 5, after: .seconds(40)).dispatches.map(\.event) == [2])
        }
    }

    @Test("What a Swift listener had running is suspect after the start; what others had is not")
    func suspects() async throws {
        try await OutboxBench.use { bench in
            let targets: [String: ListenerTarget] = ["one": .swift, "two": .command, "three": .endpoint]
            _ = try await bench.outbox.register(
                targets.map {
                    ListenerRecord(name: $0.key, kinds: [.unknown], target: $0.value, ordering: .subject)
                }
            )
            let events = [OutboxBench.event(subject: nil), OutboxBench.event(subject: nil)]
            try await bench.accept(EventFactory.delivery(events: events), to: targets.keys.sorted())
            for name in targets.keys {
                _ = try await bench.claim(listener: name, limit: 1, at: now)
            }
            try bench.reopen()
            let suspects = try bench.rows("SELECT event, listener FROM dispatches WHERE suspect = 1")
            #expect(suspects == ["1|one"])
            let again = try await bench.claim(limit: 2).dispatches
            #expect(again.map(\.isSuspect) == [true, false])
            #expect(again.map(\.attempt) == [1, 1])
        }
    }

    @Test("Deaths in isolation are counted")
    func crashes() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(subjects: [nil])
            for count in 0..<2 {
                let dispatch = try #require(try await bench.claim(limit: 1).dispatches.first)
                #expect(dispatch.crashes == count)
                try await bench.outbox.finish(
                    AttemptRecord(
                        dispatch,
                        finishedAt: now,
                        outcome: .crashed,
                        error: "why",
                        next: .pending(at: now),
                        isCrashInIsolation: true
                    )
                )
            }
            #expect(try bench.rows("SELECT crashes FROM dispatches") == ["2"])
        }
    }

    @Test("A pause outlives the process, and tells by whom, since when and why")
    func pause() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.push]])
            let pause = ListenerPause(origin: .breaker, since: now, reason: "100 failures")
            try await bench.outbox.pause(listener: "one", pause)
            try bench.reopen()
            #expect(try await bench.register(["one": [.push]]) == ["one": pause])
            let status = "SELECT state, paused_by, pause_reason FROM listener_status"
            #expect(try bench.rows(status) == ["paused|breaker|100 failures"])
            try await bench.outbox.resume(listener: "one")
            #expect(try await bench.register(["one": [.push]]) == [:])
            #expect(try bench.rows(status) == ["active|NULL|NULL"])
        }
    }

    @Test("A hold outlives the process, and ends with a resume, but not with that of the breaker's pause")
    func hold() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.push], "two": [.push]])
            let end = Timestamp(milliseconds: 4_102_444_800_123)
            try await bench.outbox.hold(listener: "one", until: end)
            try await bench.outbox.hold(listener: "two", until: now.advanced(by: .seconds(-1_000_000_000)))
            try bench.reopen()
            #expect(try await bench.register(["one": [.push], "two": [.push]]) == [:])
            #expect(try await bench.outbox.holds()["one"] == end)
            let status = "SELECT listener, state, held_until FROM listener_status"
            let shown = "one|active|2100-01-01T00:00:00.123Z"
            #expect(try bench.rows(status) == [shown, "two|active|NULL"])
            #expect(try OutboxReader(path: bench.path).listeners().map(\.heldUntil).first == end)
            try await bench.outbox.resume(listener: "one", pausedBy: .breaker)
            #expect(try bench.rows(status).first == shown)
            try await bench.outbox.resume(listener: "one")
            #expect(try bench.rows(status) == ["one|active|NULL", "two|active|NULL"])
            #expect(try await bench.outbox.holds()["one"] == nil)
        }
    }

    @Test(
        "An operator's pause counts more than an endpoint's, and that more than the breaker's",
        arguments: [
            (PauseOrigin.operator, PauseOrigin.breaker, PauseOrigin.operator),
            (.operator, .endpoint, .operator), (.endpoint, .breaker, .endpoint),
            (.breaker, .endpoint, .endpoint), (.breaker, .operator, .operator),
            (.endpoint, .operator, .operator),
        ]
    )
    func precedence(first: PauseOrigin, second: PauseOrigin, result: PauseOrigin) async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.push]])
            for origin in [first, second] {
                let pause = ListenerPause(origin: origin, since: now, reason: nil)
                try await bench.outbox.pause(listener: "one", pause)
            }
            #expect(try await bench.register(["one": [.push]])["one"]?.origin == result)
        }
    }

    @Test("A probe's success ends the breaker's pause, never an operator's")
    func resumeOfOne() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.push]])
            let pause = ListenerPause(origin: .operator, since: now, reason: nil)
            try await bench.outbox.pause(listener: "one", pause)
            try await bench.outbox.resume(listener: "one", pausedBy: .breaker)
            #expect(try await bench.register(["one": [.push]]) == ["one": pause])
        }
    }
}
