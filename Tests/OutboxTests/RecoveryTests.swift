import Events
import TestKit
import Testing

@testable import Outbox

@Suite("Recovery when an outbox is opened")
struct RecoveryTests {
    private let now = OutboxBench.now
    private let restart = OutboxBench.now.advanced(by: .seconds(60))

    @Test("What ran when the process ended is pending again and has lost no attempt")
    func runningIsPendingAgain() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery(), to: ["one", "two"])
            let first = try #require(try await bench.claim(limit: 1).dispatches.first)
            try await bench.finish(first, .failed, .pending(at: now))
            let second = try #require(try await bench.claim(limit: 1).dispatches.first)
            #expect(second.attempt == 2)
            try bench.reopen(now: restart)
            let columns = "listener, state, attempts, next_attempt_at"
            #expect(
                try bench.rows("SELECT \(columns) FROM dispatches ORDER BY listener") == [
                    "one|pending|1|\(restart.milliseconds)", "two|pending|0|\(now.milliseconds)",
                ]
            )
            let claim = try await bench.claim(listener: "one", limit: 5, at: restart)
            #expect(claim.dispatches.map(\.attempt) == [2])
        }
    }

    @Test("The attempt that was cut off is recorded as interrupted, with the time it had")
    func attemptIsRecorded() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery())
            _ = try await bench.claim(limit: 1)
            try bench.reopen(now: restart)
            let columns = "event, listener, attempt, started_at, duration_ms, outcome"
            #expect(
                try bench.rows("SELECT \(columns) FROM attempts") == [
                    "1|one|1|\(now.milliseconds)|60000|interrupted"
                ]
            )
        }
    }

    @Test("What was finished or waits stays as it is")
    func othersStay() async throws {
        try await OutboxBench.use { bench in
            for name in ["a", "b", "c"] {
                let event = OutboxBench.event(subject: nil)
                try await bench.accept(EventFactory.delivery(name, events: [event]))
            }
            let dispatches = try await bench.claim(limit: 2).dispatches
            try #require(dispatches.count == 2)
            try await bench.finish(dispatches[0], .delivered, .delivered)
            try await bench.finish(dispatches[1], .permanent, .dead(.permanent))
            let before = try bench.rows("SELECT * FROM dispatches ORDER BY event")
            try bench.reopen(now: restart)
            #expect(try bench.rows("SELECT * FROM dispatches ORDER BY event") == before)
            #expect(try bench.rows("SELECT count(*) FROM attempts") == ["2"])
        }
    }

    @Test("What was accepted is there after the file was opened again, byte by byte")
    func acceptedStays() async throws {
        try await OutboxBench.use { bench in
            let receipt = try await bench.accept(EventFactory.delivery(payload: Array(0...255)))
            let tables = ["deliveries", "events", "dispatches"]
            let before = try tables.map { try bench.rows("SELECT * FROM \($0)") }
            try bench.reopen(now: restart)
            #expect(try tables.map { try bench.rows("SELECT * FROM \($0)") } == before)
            let again = try await bench.accept(EventFactory.delivery(payload: []))
            #expect(again == DeliveryReceipt(delivery: 1, events: receipt.events, isDuplicate: true))
        }
    }
}
