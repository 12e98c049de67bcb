import Dispatch
import Events
import GRDB
import Synchronization
import TestKit
import Testing

@testable import Outbox

@Suite("Committing in groups")
struct GroupCommitTests {
    @Test("What waits together is committed together")
    func oneCommit() async throws {
        try await OutboxBench.use { bench in
            let results = await bench.acceptTogether(deliveries(20))
            #expect(results.allSatisfy { (try? $0.get()) != nil })
            #expect(bench.commitSizes == [1, 20])
        }
    }

    @Test("A job that is refused does not fail the others of its transaction")
    func refusedJob() async throws {
        try await OutboxBench.use { bench in
            var items = deliveries(3)
            items[1].listeners = ["twice", "twice"]  // a dispatch is unique, so this cannot be written
            let results = await bench.acceptTogether(items)
            #expect(results.map(\.code) == [nil, .refused, nil])
            #expect(bench.outbox.isHealthy)
            #expect(try bench.rows("SELECT delivery_id FROM deliveries ORDER BY id") == ["d-0", "d-2"])
            #expect(try bench.rows("SELECT event FROM events WHERE event ->> 'id' != id") == [])
            let next = try await bench.accept(EventFactory.delivery("next"))
            #expect(next.events == [3])
        }
    }

    @Test("A commit that fails at its very end fails only the job that is to blame")
    func deferredFailure() async throws {
        try await OutboxBench.use { bench in
            let failure = Mutex<OutboxError.Code?>(nil)
            // The reference is checked by COMMIT, not by the statement.
            let sql = """
                PRAGMA defer_foreign_keys = ON;
                INSERT INTO events VALUES (99, 99, 0, 'push', NULL, NULL, NULL, 1, 0, '{}')
                """
            let results = await bench.acceptTogether(
                deliveries(1),
                and: WriteJob(
                    bytes: 0,
                    perform: { context in
                        try context.database.execute(sql: sql)
                        return { Issue.record("committed") }
                    },
                    fail: { error in failure.withLock { $0 = error.code } }
                )
            )
            try await bench.outbox.probe()
            #expect(try results[0].get().delivery == 1)
            #expect(failure.withLock { $0 } == .refused)
            #expect(try bench.rows("SELECT id FROM events") == ["1"])
        }
    }

    @Test("A transaction takes no more jobs than its limit")
    func jobLimit() async throws {
        try await OutboxBench.use { bench in
            let count = OutboxWriter.batchJobsMax + 10
            let results = await bench.acceptTogether(deliveries(count))
            #expect(results.map { try? $0.get().events } == (1...Int64(count)).map { [$0] })
            #expect(bench.commitSizes == [1, OutboxWriter.batchJobsMax, 10])
        }
    }

    @Test("A transaction takes no more bytes than its limit, but one payload of any size")
    func byteLimit() async throws {
        try await OutboxBench.use { bench in
            // With room for their events.
            let half = OutboxWriter.batchBytesMax / 2 - 10_000
            let items = [half, half, 20_000, 2 * half + 20_001, 1].enumerated().map { index, size in
                (EventFactory.delivery("d-\(index)", payload: EventFactory.noise(size)), ["one"])
            }
            let results = await bench.acceptTogether(items)
            #expect(results.allSatisfy { (try? $0.get()) != nil })
            #expect(bench.commitSizes == [1, 2, 1, 1, 1])
        }
    }

    @Test("Closing finishes what was submitted and refuses what comes later")
    func closing() async throws {
        try await OutboxBench.use { bench in
            let early = Mutex<DeliveryReceipt?>(nil)
            let gate = await bench.holdWriter()
            bench.outbox.accept(EventFactory.delivery("early"), listeners: [["one"]]) { result in
                early.withLock { $0 = try? result.get() }
            }
            gate.signal()
            bench.outbox.close()
            #expect(early.withLock { $0?.delivery } == 1)
            let late = await bench.outbox.accept(EventFactory.delivery("late"), to: ["one"])
            #expect(late.code == .stopped)
            bench.outbox.close()
            let kept = try bench.rows("SELECT delivery_id FROM deliveries")
            #expect(kept == ["early"])
        }
    }

    private func deliveries(_ count: Int) -> [(delivery: Delivery, listeners: [String])] {
        (0..<count).map { (EventFactory.delivery("d-\($0)"), ["one"]) }
    }
}

extension Result<DeliveryReceipt, OutboxError> {
    /// What the error says can be done; nil for a success.
    var code: OutboxError.Code? {
        guard case .failure(let error) = self else { return nil }
        return error.code
    }
}
