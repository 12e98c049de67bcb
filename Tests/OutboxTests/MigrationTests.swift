import Events
import GRDB
import TestKit
import Testing

@testable import Outbox

@Suite("Files of earlier versions")
struct MigrationTests {
    @Test(
        "What the first version left is claimed: what ran, is due, or waits; in order, as it has lanes now"
    )
    func firstVersion() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("outbox.db")
        try Self.makeFirstVersion(path)
        let clock = ManualClock(now: OutboxBench.now)
        let outbox = try Outbox(path: path, clock: clock.machineClock)
        defer { outbox.close() }
        #expect(outbox.plainIDsUntil == 3)
        let record = ListenerRecord(name: "one", kinds: [.push], target: .swift, ordering: .subject)
        #expect(try await outbox.register([record]) == [:])
        var claimed: [ClaimedDispatch] = []
        for wait in [Duration.zero, .seconds(3600)] {
            let time = OutboxBench.now.advanced(by: wait)
            clock.go(to: time)
            while let dispatch = try await outbox.claim(listener: "one", limit: 1).dispatches.first {
                claimed.append(dispatch)
                try await outbox.finish(
                    AttemptRecord(
                        dispatch,
                        finishedAt: time,
                        outcome: .delivered,
                        error: nil,
                        next: .delivered
                    )
                )
            }
        }
        #expect(claimed.map(\.event) == [1, 2, 3])
        #expect(claimed.map(\.attempt) == [2, 1, 4])
        #expect(claimed.map(\.isSuspect) == [true, false, false])
        let reader = try OutboxReader(path: path)
        #expect(try reader.listeners().map(\.pending) == [0])
    }

    @Test("What the second version left is claimed, what ran first, and nothing of its indexes is left")
    func secondVersion() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("outbox.db")
        try Self.makeFirstVersion(path)
        let connection = try DatabaseQueue(path: path)
        try await connection.writeWithoutTransaction { database in
            try database.execute(sql: schemaVersion2)
            try database.execute(
                sql: """
                    UPDATE dispatches
                    SET lane = 'github' || char(10) || 'acme/app' || char(10) || 'pull_request/1';
                    UPDATE dispatches SET place = 2, wake_at = NULL WHERE state = 'pending';
                    UPDATE listeners SET ordering = 'subject';
                    PRAGMA user_version = 2;
                    """
            )
        }
        try connection.close()
        let outbox = try Outbox(path: path, clock: .showing(OutboxBench.now))
        defer { outbox.close() }
        let claim = try await outbox.claim(listener: "one", limit: 5)
        #expect(claim.dispatches.map(\.event) == [1])
        let indexes = try await outbox.submit { context in
            try String.fetchAll(
                context.database,
                sql: "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
            )
        }
        #expect(
            indexes == [
                "attempts_of_dispatch", "dispatches_dead", "dispatches_open", "dispatches_ready",
                "dispatches_waiting",
            ]
        )
    }

    @Test("What the third version left is claimed under a claim; ids of its events stay, later ones do not")
    func thirdVersion() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("outbox.db")
        try Self.makeFirstVersion(path)
        let connection = try DatabaseQueue(path: path)
        try await connection.writeWithoutTransaction { database in
            try database.execute(sql: schemaVersion2)
            try database.execute(sql: schemaVersion3)
            try database.execute(sql: "PRAGMA user_version = 3")
        }
        try connection.close()
        let outbox = try Outbox(path: path, clock: .showing(OutboxBench.now))
        defer { outbox.close() }
        #expect(outbox.plainIDsUntil == 3)
        #expect(try await outbox.holds() == [:])
        let claim = try await outbox.claim(listener: "one", limit: 5)
        #expect(claim.dispatches.map(\.event) == [1, 2])
        #expect(claim.dispatches.map(\.claim) == [1, 1])
        for dispatch in claim.dispatches {
            try await outbox.finish(
                AttemptRecord(
                    dispatch,
                    finishedAt: OutboxBench.now,
                    outcome: .delivered,
                    error: nil,
                    next: .delivered
                )
            )
        }
        let receipt = try await outbox.accept(EventFactory.delivery(), to: ["one"]).get()
        #expect(receipt.events == [4])
        outbox.close()
        let again = try Outbox(path: path, clock: .showing(OutboxBench.now))
        defer { again.close() }
        #expect(again.plainIDsUntil == 3 && again.id == outbox.id)
    }

    @Test("A reader tells what to do about a file that is not up to date")
    func reading() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("outbox.db")
        try Self.makeFirstVersion(path)
        let error = try #require(throws: OutboxError.self) { try OutboxReader(path: path) }
        #expect(error.code == .olderSchema)
        #expect(error.message.contains("forgewire serve"))
    }

    /// Three events of one subject: the first was running, the second is due, the third waits for its retry.
    private static func makeFirstVersion(_ path: String) throws {
        let connection = try DatabaseQueue(path: path)
        try connection.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON")
            try database.execute(sql: schemaVersion1)
            try database.execute(
                sql: """
                    PRAGMA user_version = 1;
                    INSERT INTO deliveries
                        (id, source, provider, delivery_id, received_at, headers, verified_by, payload_bytes,
                         payload)
                    VALUES (1, 'github', 'github', 'one', 1, '{}', 'nobody', 2, x'7b7d');
                    INSERT INTO listeners (name, kinds) VALUES ('one', 'push');
                    """
            )
            let later = OutboxBench.now.advanced(by: .seconds(60)).milliseconds
            let rows: [(state: String, attempts: Int, due: Int64)] = [
                ("running", 2, 1), ("pending", 0, 1), ("pending", 3, later),
            ]
            for (index, row) in rows.enumerated() {
                try database.execute(
                    sql: """
                        INSERT INTO events (id, delivery, ordinal, kind, schema, received_at, event)
                        VALUES (?1, 1, ?1, 'push', 1, 1, '{}');
                        """,
                    arguments: [index + 1]
                )
                try database.execute(
                    sql: """
                        INSERT INTO dispatches
                            (event, listener, state, attempts, next_attempt_at, source, repository, subject)
                        VALUES (?, 'one', ?, ?, ?, 'github', 'acme/app', 'pull_request/1')
                        """,
                    arguments: [index + 1, row.state, row.attempts, row.due]
                )
            }
        }
        try connection.close()
    }
}
