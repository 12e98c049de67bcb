import Events
import Foundation
import GRDB
import Synchronization
import TestKit
import Testing

@testable import Outbox

@Suite("Checkpoints and syncs")
struct CheckpointTests {
    @Test("However much is written, the log stays short, all of it reaches the file, and none is spoilt")
    func logSize() async throws {
        try await OutboxBench.use { bench in
            let pageBytes = try await bench.number("PRAGMA page_size")
            // As much as the log holds at most, some times over.
            let (count, noise) = (1000, EventFactory.noise(30_000))
            let logBytesMax = (CheckpointPlan.logPagesMax + 64) * (pageBytes + 24)
            #expect(count * noise.count > 2 * logBytesMax)
            var logBytes: [Int] = []
            for index in 0..<count {
                try await bench.accept(EventFactory.delivery("\(index)", payload: noise))
                let log = try FileManager.default.attributesOfItem(atPath: bench.path + "-wal")[.size] as? Int
                logBytes.append(try #require(log))
            }
            #expect(try #require(logBytes.max()) < logBytesMax)
            let file = try FileManager.default.attributesOfItem(atPath: bench.path)[.size] as? Int
            #expect(try #require(file) > count * noise.count - logBytesMax)
            #expect(try await bench.number("SELECT count(*) FROM deliveries") == count)
            #expect(try await bench.writerRows("PRAGMA integrity_check") == ["ok"])
        }
    }

    @Test("Long before the log is full, steps beside transactions copy what is in it")
    func beside() async throws {
        try await OutboxBench.use { bench in
            let pageBytes = try await bench.number("PRAGMA page_size")
            let noise = EventFactory.noise(30_000)
            for index in 0..<CheckpointPlan.stepPages / 4 {
                try await bench.accept(EventFactory.delivery("\(index)", payload: noise))
            }
            let log = try FileManager.default.attributesOfItem(atPath: bench.path + "-wal")[.size] as? Int
            #expect(try #require(log) < CheckpointPlan.logPagesMax * pageBytes)
            // The last step may be under way.
            while true {
                let file = try FileManager.default.attributesOfItem(atPath: bench.path)[.size] as? Int
                if try #require(file) > CheckpointPlan.stepPages / 2 * pageBytes { break }
                await Task.yield()
            }
        }
    }

    @Test("The connection that takes checkpoints syncs what it copies, and takes none by itself")
    func checkpointer() async throws {
        try await OutboxBench.use { bench in
            let connection = try OutboxConnection.checkpointer(path: bench.path)
            defer { try? connection.close() }
            let settings = try await connection.writeWithoutTransaction { database in
                try ["synchronous", "wal_autocheckpoint"].flatMap {
                    try OutboxBench.rows(database, "PRAGMA \($0)")
                }
            }
            #expect(settings == ["2", "0"])
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
