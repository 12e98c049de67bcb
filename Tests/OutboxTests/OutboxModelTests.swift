import Events
import TestKit
import Testing

@testable import Outbox

@Suite("The outbox against a model")
struct OutboxModelTests {
    private static let listeners = ["one", "two", "three"]

    @Test("After any sequence of operations, the file holds what plain dictionaries hold", arguments: 0..<4)
    func sequences(run: Int) async throws {
        try await OutboxBench.use { bench in
            var random = SeededGenerator(printedFor: "outbox model \(run)")
            var sequence = Sequence(now: OutboxBench.now)
            for step in 0..<300 {
                let note = "seed \(random.seed), step \(step)"
                sequence.now = sequence.now.advanced(
                    by: .milliseconds(Int.random(in: 0...2000, using: &random))
                )
                switch Int.random(in: 0..<100, using: &random) {
                case 0..<35: try await accept(bench, &sequence, &random, note)
                case 35..<65: try await claim(bench, &sequence, &random, note)
                case 65..<98: try await finish(bench, &sequence, &random)
                default: try reopen(bench, &sequence)
                }
            }
            try expectSameRows(bench, sequence.model, "seed \(random.seed)")
        }
    }

    private struct Sequence {
        var model = OutboxModel()
        var now: Timestamp
        var running: [ClaimedDispatch] = []
    }

    private func accept(
        _ bench: OutboxBench,
        _ sequence: inout Sequence,
        _ random: inout SeededGenerator,
        _ note: String
    ) async throws {
        let events = (0..<Int.random(in: 1...3, using: &random)).map { _ in
            EventFactory.populated(EventKind.allCases.randomElement(using: &random) ?? .unknown)
        }
        let delivery = EventFactory.delivery(
            "d-\(Int.random(in: 0..<120, using: &random))",
            receivedAt: sequence.now,
            payload: (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            },
            events: events
        )
        let listeners = Self.listeners.filter { _ in Bool.random(using: &random) }
        let receipt = try await bench.accept(delivery, to: listeners)
        let agrees = sequence.model.accept(delivery, to: listeners, as: receipt)
        #expect(agrees, "\(receipt), \(note)")
    }

    private func claim(
        _ bench: OutboxBench,
        _ sequence: inout Sequence,
        _ random: inout SeededGenerator,
        _ note: String
    ) async throws {
        let listener = try #require(Self.listeners.randomElement(using: &random))
        let limit = Int.random(in: 1...4, using: &random)
        let claim = try await bench.outbox.claim(listener: listener, limit: limit, now: sequence.now)
        let expected = sequence.model.claim(listener, limit: limit, now: sequence.now)
        #expect(claim.dispatches.map(\.event) == expected.claimed.map(\.event), "\(note)")
        #expect(claim.dispatches.map(\.attempt) == expected.claimed.map(\.attempt), "\(note)")
        #expect(claim.nextDueAt?.milliseconds == expected.nextDueAt, "\(note)")
        sequence.running += claim.dispatches
    }

    private func finish(
        _ bench: OutboxBench,
        _ sequence: inout Sequence,
        _ random: inout SeededGenerator
    ) async throws {
        guard let index = sequence.running.indices.randomElement(using: &random) else { return }
        let dispatch = sequence.running.remove(at: index)
        let later = sequence.now.advanced(by: .milliseconds(Int.random(in: 0...5000, using: &random)))
        let ends: [(AttemptOutcome, AttemptRecord.Next)] = [
            (.delivered, .delivered), (.failed, .pending(at: later)), (.timedOut, .pending(at: later)),
            (.interrupted, .pending(at: later)), (.permanent, .dead(.permanent)),
            (.failed, .dead(.exhausted)),
            (.crashed, .dead(.crashed)),
        ]
        let (outcome, next) = try #require(ends.randomElement(using: &random))
        let record = AttemptRecord(
            dispatch,
            finishedAt: sequence.now,
            outcome: outcome,
            error: outcome == .delivered ? nil : "error \(dispatch.event)",
            next: next
        )
        try await bench.outbox.finish(record)
        sequence.model.finish(record)
    }

    private func reopen(_ bench: OutboxBench, _ sequence: inout Sequence) throws {
        try bench.reopen(now: sequence.now)
        sequence.model.reopen(now: sequence.now)
        sequence.running = []
    }

    private func expectSameRows(_ bench: OutboxBench, _ model: OutboxModel, _ note: String) throws {
        let columns = """
            event, listener, state, attempts, next_attempt_at, started_at, finished_at, error, reason
            """
        let dispatches = try bench.rows("SELECT \(columns) FROM dispatches ORDER BY event, listener")
        #expect(dispatches == model.dispatchRows, "\(note)")
        let attemptColumns = "event, listener, attempt, started_at, duration_ms, outcome"
        let attempts = try bench.rows("SELECT \(attemptColumns) FROM attempts")
        #expect(attempts.sorted() == model.attempts.sorted(), "\(note)")
        let deliveries = try bench.rows("SELECT id, delivery_id, payload_bytes FROM deliveries ORDER BY id")
        let expected = model.deliveries.map { "\($0.id)|\($0.deliveryId)|\($0.payload.count)" }
        #expect(deliveries == expected, "\(note)")
        let events = try bench.rows("SELECT id, delivery FROM events ORDER BY id")
        let owners = model.deliveries.flatMap { delivery in delivery.events.map { "\($0)|\(delivery.id)" } }
        #expect(events == owners, "\(note)")
        let reader = try OutboxReader(path: bench.path)
        for delivery in model.deliveries {
            #expect(try reader.payload(ofDelivery: delivery.id) == delivery.payload, "\(note)")
        }
        #expect(try bench.rows("PRAGMA integrity_check") == ["ok"])
        #expect(try bench.rows("PRAGMA foreign_key_check") == [])
    }
}
