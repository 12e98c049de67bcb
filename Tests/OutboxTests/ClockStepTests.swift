import Events
import TestKit
import Testing

@testable import Outbox

@Suite("An outbox whose clock is set")
struct ClockStepTests {
    private static let hour = Duration.seconds(3600)
    private static let day = Duration.seconds(86_400)

    /// Has the first attempt of an event fail, to be repeated half a minute later.
    private func failOnce(_ bench: OutboxBench, hold: Duration = .zero) async throws {
        try await bench.register(["one": [.unknown]], longestWait: Self.hour)
        try await bench.acceptEvent("a")
        let dispatch = try #require(
            try await bench.outbox.claim(listener: "one", limit: 1).dispatches.first
        )
        try await bench.outbox.finish(
            AttemptRecord(
                dispatch,
                finishedAt: bench.clock.now,
                outcome: .failed,
                error: "why",
                next: .pending(at: bench.clock.now.advanced(by: .seconds(30))),
                hold: hold
            )
        )
    }

    @Test(
        "A retry comes when it would have come, and the file says so",
        arguments: [.seconds(-3600), hour, day * 40, .seconds(-5)]
    )
    func retries(step: Duration) async throws {
        try await OutboxBench.use { bench in
            try await failOnce(bench)
            bench.clock.step(by: step)
            let early = try await bench.outbox.claim(listener: "one", limit: 1)
            #expect(early.dispatches.isEmpty)
            #expect(early.nextDueAt == bench.clock.now.advanced(by: .seconds(30)))
            let stored = try bench.rows("SELECT next_attempt_at, wake_at FROM dispatches")
            let due = bench.clock.now.advanced(by: .seconds(30)).milliseconds
            #expect(stored == ["\(due)|\(due)"])
            bench.clock.advance(by: .seconds(30))
            #expect(try await bench.outbox.claim(listener: "one", limit: 1).dispatches.count == 1)
            #expect(bench.clockReports.map(\.step) == [step])
        }
    }

    @Test("A lane is held no longer and no shorter, and a listener's hold ends when it would have")
    func holds() async throws {
        try await OutboxBench.use { bench in
            try await failOnce(bench, hold: .seconds(10))
            try await bench.acceptEvent("a")
            try await bench.outbox.hold(listener: "one", until: bench.clock.now.advanced(by: .seconds(20)))
            bench.clock.step(by: .zero - Self.hour)
            bench.clock.advance(by: .seconds(9))
            #expect(try await bench.outbox.claim(listener: "one", limit: 2).dispatches.isEmpty)
            #expect(try await bench.outbox.holds() == ["one": bench.clock.now.advanced(by: .seconds(11))])
            bench.clock.advance(by: .seconds(1))
            #expect(try await bench.outbox.claim(listener: "one", limit: 2).dispatches.map(\.event) == [2])
        }
    }

    @Test("A first failure's hold is not made longer by a clock that was ahead when it began")
    func holdIsBounded() {
        let delay = LaneDelay(
            nextAttemptAt: 5000,
            heldUntil: 1_000_000,
            hold: 100,
            isLaneReleased: false,
            hasLane: true,
            now: 1000
        )
        #expect(delay.heldUntil == 1100 && delay.wakeAt == 1100)
    }

    @Test("Whoever waits for work is told to look again, at the first transaction after the step")
    func tells() async throws {
        try await OutboxBench.use { bench in
            try await failOnce(bench)
            let intake = try await bench.connect(StubIntake())
            bench.clock.step(by: Self.hour)
            #expect(intake.readyCalls.isEmpty)
            try await bench.acceptEvent("b", to: [])
            try await bench.outbox.submit(keepsLanes: true) { _ in }
            #expect(intake.readyCalls == [["one"]])
        }
    }

    @Test("A step in a transaction that fails is followed by the next one, and told once")
    func failed() async throws {
        try await OutboxBench.use { bench in
            try await failOnce(bench)
            bench.clock.step(by: Self.hour)
            await #expect(throws: OutboxError.self) {
                try await bench.outbox.submit { _ in throw OutboxError(.refused, "no") }
            }
            #expect(bench.clockReports.isEmpty)
            bench.clock.advance(by: .seconds(30))
            #expect(try await bench.outbox.claim(listener: "one", limit: 1).dispatches.count == 1)
            #expect(bench.clockReports.map(\.step) == [Self.hour])
        }
    }

    @Test("Nothing waits for longer than its listener's longest wait after a start, or after a step")
    func limits() async throws {
        try await OutboxBench.use { bench in
            try await failOnce(bench)
            let far = bench.clock.now.advanced(by: Self.day * 365).milliseconds
            let end = bench.clock.now.advanced(by: Self.hour)
            try await bench.execute("UPDATE dispatches SET next_attempt_at = \(far), wake_at = \(far)")
            try await bench.execute("UPDATE listeners SET held_until = \(far)")
            try bench.reopen()
            try await bench.register(["one": [.unknown]], longestWait: Self.hour)
            #expect(try await bench.outbox.holds() == ["one": end])
            #expect(try await bench.outbox.claim(listener: "one", limit: 1).nextDueAt == end)
            // A holder whose lane goes on before: its own time is limited, too.
            try await bench.execute("UPDATE dispatches SET next_attempt_at = \(far), place = 3")
            bench.clock.step(by: .seconds(-10))
            bench.clock.advance(by: Self.hour)
            #expect(try await bench.outbox.claim(listener: "one", limit: 1).dispatches.isEmpty)
            let next = try await bench.outbox.claim(listener: "one", limit: 1).nextDueAt
            #expect(next == bench.clock.now.advanced(by: Self.hour))
        }
    }

    @Test("Half a second forty days ahead makes nothing old, and pruning rests for a day")
    func prune() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a")
            try await bench.runAll()
            bench.clock.step(by: Self.day * 40)
            try await expectResting(bench)
            #expect(try await prune(bench, isForced: true) == 0, "it is seconds old")
            bench.clock.advance(by: .milliseconds(500))
            bench.clock.step(by: Self.day * -40)
            try await expectResting(bench)
            bench.clock.advance(by: Self.day - .seconds(1))
            try await expectResting(bench)
            bench.clock.advance(by: .seconds(1))
            #expect(try await prune(bench) == 0)
            bench.clock.advance(by: Self.day * 30)
            #expect(try await prune(bench) == 1)
        }
    }

    @Test("What was received while the clock was ahead goes when both clocks call it old; trials do not rest")
    func pruneAfterwards() async throws {
        try await OutboxBench.use { bench in
            bench.clock.step(by: Self.day * 40)
            try await bench.outbox.submit { _ in }
            let delivery = EventFactory.delivery(receivedAt: bench.clock.now, events: [OutboxBench.event()])
            try await bench.accept(delivery, to: [])
            bench.clock.step(by: Self.day * -40)
            #expect(try await prune(bench, isDryRun: true) == 0)
            bench.clock.advance(by: Self.day * 69)
            #expect(try await prune(bench, isDryRun: true) == 0)
            bench.clock.advance(by: Self.day * 2)
            #expect(try await prune(bench, isDryRun: true) == 1)
        }
    }

    private func expectResting(_ bench: OutboxBench) async throws {
        let error = await #expect(throws: OutboxError.self) { try await prune(bench) }
        #expect(error?.code == .resting)
        #expect(error?.message.contains("forgewire prune --force") == true)
    }

    private func prune(
        _ bench: OutboxBench,
        isDryRun: Bool = false,
        isForced: Bool = false
    ) async throws -> Int {
        let cutoff = bench.clock.now.advanced(by: Self.day * -30)
        let reader = try AdministrationReader(path: bench.path)
        defer { reader.close() }
        return try await OperatorWork(outbox: bench.outbox, reader: reader).prune(
            before: RetentionCutoff(delivered: cutoff, dead: cutoff),
            isDryRun: isDryRun,
            isForced: isForced
        ).deliveries
    }
}
