import Events
import Foundation
import GRDB
import Synchronization
import TestKit
import Testing

@testable import Outbox

@Suite("Checkpoints and syncs", .timeLimit(.minutes(10)))
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
                logBytes.append(try bench.bytes(of: "-wal"))
            }
            #expect(try #require(logBytes.max()) < logBytesMax)
            #expect(try bench.bytes(of: "") > count * noise.count - logBytesMax)
            #expect(try await bench.number("SELECT count(*) FROM deliveries") == count)
            #expect(try await bench.writerRows("PRAGMA integrity_check") == ["ok"])
        }
    }

    @Test("Before the log is full, a step beside transactions copies what is in it")
    func beside() async throws {
        try await OutboxBench.use { bench in
            let before = try bench.bytes(of: "")
            let noise = EventFactory.noise(30_000)
            let logBytesMax = CheckpointPlan.logPagesMax * (try await bench.number("PRAGMA page_size"))
            var count = 0
            while try bench.bytes(of: "-wal") < logBytesMax / 2 {
                try await bench.accept(EventFactory.delivery("\(count)", payload: noise))
                count += 1
            }
            // The step may be under way.
            while try bench.bytes(of: "") <= before { await Task.yield() }
            #expect(try bench.bytes(of: "-wal") < logBytesMax)
        }
    }

    @Test("A log that a reader holds back is told once, with the process, and not without a reader")
    func heldBack() async throws {
        try await OutboxBench.use { bench in
            let noise = EventFactory.noise(4 << 20)
            func write(_ name: String) async throws {
                for index in 0..<20 {
                    try await bench.accept(EventFactory.delivery("\(name)-\(index)", payload: noise))
                }
            }
            try await write("free")
            #expect(bench.longLogReports.isEmpty)
            var configuration = Configuration()
            configuration.readonly = true
            configuration.allowsUnsafeTransactions = true
            let reader = try DatabaseQueue(path: bench.path, configuration: configuration)
            try reader.inDatabase { database in
                try database.execute(sql: "BEGIN")
                _ = try Row.fetchAll(database, sql: "SELECT 1 FROM deliveries")
            }
            try await write("held")
            let report = try #require(bench.longLogReports.first)
            #expect(report.bytes > 64 << 20)
            #expect(report.readers == [ProcessInfo.processInfo.processIdentifier])
            #expect(bench.longLogReports.count == 1)
            try reader.close()
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
            try await bench.outbox.probe()
            #expect(read.withLock { $0 } == ["2"])
        }
    }
}

extension OutboxBench {
    /// The length of the outbox's file, or of the one with that behind its name.
    fileprivate func bytes(of end: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path + end)[.size] as? Int)
    }

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
