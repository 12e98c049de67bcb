import Events
import GRDB
import TestKit
import Testing

@testable import Outbox

@Suite("The outbox against a model")
struct OutboxModelTests {
    private static let orderings: [String: LaneOrdering] = [
        "one": .subject, "two": .repository, "three": .none,
    ]
    private static let listeners = orderings.keys.sorted()

    @Test("After any sequence of operations, the file holds what plain dictionaries hold", arguments: 0..<4)
    func sequences(run: Int) async throws {
        try await OutboxBench.use { bench in
            var random = SeededGenerator(printedFor: "outbox model \(run)")
            var sequence = Sequence(model: OutboxModel(orderings: Self.orderings), now: OutboxBench.now)
            var lanesKnown = 0
            try await register(bench)
            _ = try await bench.connect(sequence.intake)
            for step in 0..<400 {
                let note = "seed \(random.seed), step \(step)"
                sequence.now = sequence.now.advanced(
                    by: .milliseconds(Int.random(in: 0...2000, using: &random))
                )
                bench.clock.go(to: sequence.now)
                switch Int.random(in: 0..<100, using: &random) {
                case 0..<25: try await accept(bench, &sequence, &random, note)
                case 25..<60: try await claim(bench, &sequence, &random, note)
                case 60..<92: try await finish(bench, &sequence, &random)
                case 92..<95: try await redrive(bench, &sequence, &random)
                case 95..<97: try await discard(bench, &sequence, &random)
                default: try await reopen(bench, &sequence)
                }
                let faults = try await bench.faultsOfLaneMemory()
                #expect(faults.isEmpty, "\(faults), \(note)")
                lanesKnown += try await bench.outbox.submit(keepsLanes: true) { $0.lanes.states.count }
            }
            // Of 400 steps 20 forget all; what is left knows one to three lanes most of the time.
            #expect(lanesKnown > 400, "the writer forgets what it could know")
            try expectSameRows(bench, sequence.model, "seed \(random.seed)")
        }
    }

    private struct Sequence {
        var model: OutboxModel
        var now: Timestamp
        var running: [ClaimedDispatch] = []
        let intake = StubIntake()
    }

    private func register(_ bench: OutboxBench) async throws {
        let records = Self.orderings.map {
            ListenerRecord(name: $0.key, kinds: [.push], target: .swift, ordering: $0.value)
        }
        _ = try await bench.outbox.register(records)
    }

    private func accept(
        _ bench: OutboxBench,
        _ sequence: inout Sequence,
        _ random: inout SeededGenerator,
        _ note: String
    ) async throws {
        let events = (0..<Int.random(in: 1...3, using: &random)).map { _ in
            OutboxBench.event(
                repository: ["acme/app", "acme/web", nil].randomElement(using: &random) ?? nil,
                subject: ["pull_request/1", "pull_request/2", nil].randomElement(using: &random) ?? nil
            )
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
        let slots = Self.listeners.map { ($0, Int.random(in: 0...1, using: &random)) }
        _ = sequence.intake.renew(slots: Dictionary(uniqueKeysWithValues: slots))
        let receipt = try await bench.accept(delivery, to: listeners)
        let agrees = sequence.model.accept(delivery, to: listeners, as: receipt)
        #expect(agrees, "\(receipt), \(note)")
        // Attempts begin after the receipt is given, and before the writer's next job.
        try await bench.outbox.submit(keepsLanes: true) { _ in }
        let begun = sequence.intake.renew(slots: [:])
        let faults = sequence.model.take(begun, now: sequence.now)
        #expect(faults.isEmpty, "\(faults), \(note)")
        sequence.running += begun
    }

    private func claim(
        _ bench: OutboxBench,
        _ sequence: inout Sequence,
        _ random: inout SeededGenerator,
        _ note: String
    ) async throws {
        let listener = try #require(Self.listeners.randomElement(using: &random))
        let limit = Int.random(in: 1...4, using: &random)
        let claim = try await bench.claim(listener: listener, limit: limit, at: sequence.now)
        let faults = sequence.model.take(claim, for: listener, limit: limit, now: sequence.now)
        #expect(faults.isEmpty, "\(faults), \(note)")
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
            (.interrupted, .pending(at: sequence.now)), (.permanent, .dead(.permanent)),
            (.failed, .dead(.exhausted)),
            (.crashed, .dead(.crashed)),
        ]
        let (outcome, next) = try #require(ends.randomElement(using: &random))
        let record = AttemptRecord(
            dispatch,
            finishedAt: sequence.now,
            outcome: outcome,
            error: outcome == .delivered ? nil : "error \(dispatch.event)",
            next: next,
            hold: .milliseconds([0, 1500, 6000].randomElement(using: &random) ?? 0)
        )
        try await bench.outbox.finish(record)
        sequence.model.finish(record)
    }

    private func redrive(
        _ bench: OutboxBench,
        _ sequence: inout Sequence,
        _ random: inout SeededGenerator
    ) async throws {
        let dead = sequence.model.keys(in: .dead)
        guard let key = dead.randomElement(using: &random) else { return }
        let isLate = Bool.random(using: &random)
        let now = sequence.now
        try await bench.outbox.submit { context in
            let position = try context.nextPosition()
            try context.enqueue(
                event: key.event,
                listener: key.listener,
                at: position,
                outOfOrder: isLate
            )
        }
        sequence.model.redrive(key, now: now, outOfOrder: isLate)
    }

    private func discard(
        _ bench: OutboxBench,
        _ sequence: inout Sequence,
        _ random: inout SeededGenerator
    ) async throws {
        let pending = sequence.model.keys(in: .pending)
        guard let key = pending.randomElement(using: &random) else { return }
        try await bench.outbox.submit { context in
            try context.leaveLane(event: key.event, listener: key.listener)
            try context.database.execute(
                sql: "UPDATE dispatches SET state = 'discarded' WHERE event = ? AND listener = ?",
                arguments: [key.event, key.listener]
            )
        }
        sequence.model.discard(key)
    }

    private func reopen(_ bench: OutboxBench, _ sequence: inout Sequence) async throws {
        try bench.reopen(now: sequence.now)
        _ = try await bench.connect(sequence.intake)
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
