import Events
import Synchronization
import TestKit
import Testing

@testable import Outbox

@Suite("Pruning")
struct PruneTests {
    private static let day = Duration.seconds(86_400)

    /// Prunes ten days after the deliveries of the test.
    private func prune(
        _ bench: OutboxBench,
        delivered: Int = 9,
        dead: Int = 9,
        isDryRun: Bool = false
    ) async throws -> PruneCounts {
        let now = OutboxBench.now.advanced(by: Self.day * 10)
        let cutoff = RetentionCutoff(
            delivered: now.advanced(by: Self.day * -delivered),
            dead: now.advanced(by: Self.day * -dead)
        )
        return try await bench.operatorWork(after: Self.day * 10) {
            try await $0.prune(before: cutoff, isDryRun: isDryRun)
        }
    }

    @Test("A delivery goes with its events, dispatches and attempts once all are finished and past their age")
    func goes() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a", to: ["one", "two"])
            try await bench.runAll("one")
            #expect(try await prune(bench).deliveries == 0)
            try await bench.runAll("two", ending: .permanent, .dead(.permanent))
            #expect(try await prune(bench, isDryRun: true).deliveries == 1)
            #expect(try bench.rows("SELECT count(*) FROM events") == ["1"])
            #expect(try await prune(bench).deliveries == 1)
            for table in ["deliveries", "events", "dispatches", "attempts"] {
                #expect(try bench.rows("SELECT count(*) FROM \(table)") == ["0"])
            }
        }
    }

    @Test("What is pending or running never goes, however old it is", arguments: [true, false])
    func open(isRunning: Bool) async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a")
            if isRunning {
                _ = try await bench.claim(listener: "one", limit: 1, at: OutboxBench.now)
            }
            #expect(try await prune(bench, delivered: 0, dead: 0).deliveries == 0)
            #expect(try bench.states().count == 1)
        }
    }

    @Test("The age of a delivery without dispatches is that of its receipt")
    func noDispatches() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a", to: [])
            try await bench.acceptEvent("b", to: [], after: Self.day * 5)
            #expect(try await prune(bench).deliveries == 1)
            #expect(try bench.rows("SELECT id FROM events") == ["2"])
        }
    }

    /// Has more deliveries than a page of the search has, with times in the future.
    private func deliverFromTheFuture(_ bench: OutboxBench) async throws {
        let future = OutboxBench.now.advanced(by: Self.day * 1000).milliseconds
        try await bench.execute(
            """
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 600)
            INSERT INTO deliveries
                (source, provider, delivery_id, received_at, headers, verified_by, payload_bytes, payload)
            SELECT 'github', 'github', 'future ' || n, \(future), '{}', 'nobody', 2, x'7b7d' FROM numbers
            """
        )
    }

    @Test("Pruning ends between two pages when the process is about to end", arguments: [true, false])
    func interrupted(isDryRun: Bool) async throws {
        try await OutboxBench.use { bench in
            try await deliverFromTheFuture(bench)
            let asked = Mutex(0)
            let cutoff = RetentionCutoff(delivered: OutboxBench.now, dead: OutboxBench.now)
            await #expect(throws: OutboxError.self) {
                try await bench.operatorWork(
                    isStopping: {
                        asked.withLock { asked in
                            asked += 1
                            return asked > 1
                        }
                    }
                ) { try await $0.prune(before: cutoff, isDryRun: isDryRun) }
            }
            #expect(asked.withLock { $0 } == 2)
        }
    }

    @Test("What a wrong clock said to be in the future does not hide what is old behind it")
    func wrongClock() async throws {
        try await OutboxBench.use { bench in
            try await deliverFromTheFuture(bench)
            try bench.reopen()
            try await bench.acceptEvent("a", to: [])
            try await bench.acceptEvent("b", to: [], after: Self.day * 5)
            #expect(try await prune(bench).deliveries == 1)
            #expect(try bench.rows("SELECT count(*), max(delivery_id) FROM deliveries") == ["601|future 99"])
        }
    }

    @Test("The age counts from the end of the last dispatch, not from the receipt")
    func finishedLately() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a")
            try await bench.runAll(after: Self.day * 5)
            #expect(try await prune(bench).deliveries == 0)
            #expect(try await prune(bench, delivered: 4).deliveries == 1)
        }
    }

    @Test(
        "Dead letters have an age of their own",
        arguments: [
            (delivered: 9, dead: 20, deliveries: 1), (delivered: 20, dead: 9, deliveries: 1),
            (delivered: 9, dead: 9, deliveries: 2), (delivered: 20, dead: 20, deliveries: 0),
        ]
    )
    func dead(delivered: Int, dead: Int, deliveries: Int) async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a")
            try await bench.runAll()
            try await bench.acceptEvent("b")
            try await bench.runAll(ending: .permanent, .dead(.permanent))
            // Both of one delivery: it stays as long as either.
            let both = EventFactory.delivery(
                "both",
                events: [OutboxBench.event(subject: "c"), OutboxBench.event(subject: "d")]
            )
            try await bench.accept(both)
            let claim = try await bench.claim(listener: "one", limit: 2, at: OutboxBench.now)
            let ends: [AttemptRecord.Next] = [.delivered, .dead(.permanent)]
            for (dispatch, next) in zip(claim.dispatches, ends) {
                let outcome = next == .delivered ? AttemptOutcome.delivered : .permanent
                let record = AttemptRecord(
                    dispatch,
                    finishedAt: OutboxBench.now,
                    outcome: outcome,
                    error: nil,
                    next: next
                )
                try await bench.outbox.finish(record)
            }
            let isBothGone = delivered == 9 && dead == 9
            let count = deliveries + (isBothGone ? 1 : 0)
            #expect(try await prune(bench, delivered: delivered, dead: dead).deliveries == count)
            #expect(try bench.rows("SELECT count(*) FROM deliveries") == ["\(3 - count)"])
        }
    }

    @Test(
        "A dry run counts a delivery once, however many of its dispatches are dead",
        arguments: [(delivered: 9, dead: 5), (delivered: 20, dead: 9), (delivered: 5, dead: 9)]
    )
    func dryRunCountsOnce(delivered: Int, dead: Int) async throws {
        try await OutboxBench.use { bench in
            let listeners = ["one", "two"]
            let events = ["a", "b"].map { OutboxBench.event(subject: $0) }
            try await bench.accept(EventFactory.delivery("both", events: events), to: listeners)
            for listener in listeners {
                try await bench.runAll(listener, ending: .permanent, .dead(.permanent))
            }
            let dry = try await prune(bench, delivered: delivered, dead: dead, isDryRun: true)
            #expect(dry.deliveries == 1)
            #expect(try await prune(bench, delivered: delivered, dead: dead).deliveries == 1)
        }
    }

    @Test("Discarded dispatches have the age of delivered ones")
    func discarded() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a")
            try await bench.operatorWork {
                _ = try await $0.discard(listener: "one", event: nil, isDryRun: false)
            }
            #expect(try await prune(bench, delivered: 9, dead: 20).deliveries == 1)
        }
    }

    @Test("The file becomes smaller, but for the share that may stay free")
    func shrinks() async throws {
        try await OutboxBench.use { bench in
            let payload = EventFactory.noise(1 << 20)
            for name in ["a", "b", "c", "d"] {
                try await bench.accept(EventFactory.delivery(name, payload: payload), to: [])
            }
            try await bench.acceptEvent("last", after: Self.day * 9)
            let pages = try #require(Int(try bench.rows("PRAGMA page_count")[0]))
            let counts = try await prune(bench, delivered: 5)
            #expect(counts.deliveries == 4)
            #expect(counts.freedBytes > 3 * payload.count)
            #expect(try bench.rows("PRAGMA freelist_count") == ["0"])
            let left = try #require(Int(try bench.rows("PRAGMA page_count")[0]))
            #expect(counts.freedBytes == (pages - left) * Schema.pageSizeBytes)
            #expect(try bench.rows("PRAGMA integrity_check") == ["ok"])
            #expect(try await bench.runAll(after: Self.day * 9).count == 1)
        }
    }

    @Test("Retention leaves room for deliveries to come")
    func spare() async throws {
        try await OutboxBench.use { bench in
            let payload = EventFactory.noise(1 << 20)
            for name in ["a", "b", "c", "d", "e", "f"] {
                try await bench.accept(EventFactory.delivery(name, payload: payload), to: ["one"])
            }
            let first = try await bench.claim(listener: "one", limit: 1, at: OutboxBench.now)
            let dispatch = try #require(first.dispatches.first)
            let record = AttemptRecord(
                dispatch,
                finishedAt: OutboxBench.now,
                outcome: .delivered,
                error: nil,
                next: .delivered
            )
            try await bench.outbox.finish(record)
            let now = OutboxBench.now.advanced(by: Self.day)
            let counts = try await bench.operatorWork {
                try await $0.prune(
                    before: RetentionCutoff(delivered: now, dead: now),
                    spare: 0.9,
                    isDryRun: false
                )
            }
            #expect(
                counts
                    == {
                        var counts = PruneCounts(); counts.deliveries = 1; return counts
                    }()
            )
            let free = try #require(Int(try bench.rows("PRAGMA freelist_count")[0]))
            #expect(free * Schema.pageSizeBytes >= payload.count)
        }
    }

    @Test("Ids of what was pruned are not used again")
    func ids() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a", to: [])
            #expect(try await prune(bench).deliveries == 1)
            try bench.reopen()
            #expect(try await bench.acceptEvent("b") == 2)
        }
    }

    @Test("More than one step prunes all, also those received at the same moment")
    func manySteps() async throws {
        try await OutboxBench.use { bench in
            let count = AdministrationReader.pageRowsMax * 2 + 3
            try await bench.execute(
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
                INSERT INTO deliveries (id, source, provider, delivery_id, received_at, headers, verified_by,
                    payload_bytes, payload) SELECT i, 's', 'github', i, 1, '{}', 'none', 0, x'' FROM n;
                INSERT INTO events (id, delivery, ordinal, kind, subject, schema, received_at, event)
                SELECT id, id, 0, 'unknown', 'a', 1, 1, '{}' FROM deliveries;
                INSERT INTO dispatches
                    (event, listener, state, attempts, next_attempt_at, finished_at, source)
                SELECT id, 'one', 'dead', 1, 1, 1, 's' FROM events;
                """
            )
            let dry = try await prune(bench, delivered: 100_000, dead: 1, isDryRun: true)
            #expect(dry.deliveries == count)
            #expect(try await prune(bench, delivered: 100_000, dead: 1).deliveries == count)
        }
    }
}
