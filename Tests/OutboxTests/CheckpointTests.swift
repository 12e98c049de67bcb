import Events
import Foundation
import Synchronization
import TestKit
import Testing

@testable import Outbox

@Suite("Checkpoints and syncs")
struct CheckpointTests {
    @Test("The log stays within a few steps, however much is written")
    func logSize() async throws {
        try await OutboxBench.use { bench in
            let pageBytes = try await bench.number("PRAGMA page_size")
            let stepBytes = Int(Checkpoints.stepPages) * pageBytes
            let noise = EventFactory.noise(30_000)
            for index in 0..<400 {
                try await bench.accept(EventFactory.delivery("\(index)", payload: noise))
            }
            let log = try FileManager.default.attributesOfItem(atPath: bench.path + "-wal")[.size] as? Int
            #expect(try #require(log) < 2 * stepBytes)
            let file = try FileManager.default.attributesOfItem(atPath: bench.path)[.size] as? Int
            #expect(try #require(file) > 400 * 30_000 - 2 * stepBytes)
        }
    }

    @Test("Every transaction with a delivery or an operator's change is synced, whatever was before it")
    func synchronous() async throws {
        try await OutboxBench.use { bench in
            #expect(try await bench.number("PRAGMA synchronous") == 2)
            try await bench.accept(EventFactory.delivery("a"))
            #expect(try await bench.unsyncedNumber("PRAGMA synchronous") == 1)
            #expect(try await bench.number("PRAGMA synchronous") == 2)
            // Beside a delivery nothing goes unsynced.
            let read = Mutex<[String]>([])
            let job = WriteJob(
                bytes: 0,
                isSynced: false,
                perform: { context in
                    let rows = try OutboxBench.rows(context.database, "PRAGMA synchronous")
                    return { read.withLock { $0 = rows } }
                },
                fail: { Issue.record("\($0)") }
            )
            _ = await bench.acceptTogether([(EventFactory.delivery("b"), ["one"])], and: job)
            try await bench.outbox.probe(now: OutboxBench.now)
            #expect(read.withLock { $0 } == ["2"])
        }
    }
}

extension OutboxBench {
    /// The number that a query gives on the writer's connection, in a transaction that is synced.
    fileprivate func number(_ sql: String) async throws -> Int {
        try #require(Int(try await writerRows(sql)[0]))
    }

    /// The same in one that need not be.
    fileprivate func unsyncedNumber(_ sql: String) async throws -> Int {
        let rows = try await outbox.submit(isSynced: false) { try Self.rows($0.database, sql) }
        return try #require(Int(rows[0]))
    }
}
