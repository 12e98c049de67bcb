import Events
import GRDB
import TestKit
import Testing

@testable import Daemon
@testable import Outbox

@Suite("Readiness")
struct ReadinessTests {
    @Test("The daemon is ready while ingest is open")
    func open() async throws {
        try await use { outbox, readiness in
            #expect(!(await readiness.isReady()))
            readiness.setOpen(true)
            #expect(await readiness.isReady())
            readiness.setOpen(false)
            #expect(!(await readiness.isReady()))
            #expect(outbox.isHealthy)
        }
    }

    @Test("While commits go through, asking writes nothing")
    func noProbe() async throws {
        try await use { outbox, readiness in
            readiness.setOpen(true)
            #expect(await readiness.isReady())
            let probedAt = try await probedAt(outbox)
            #expect(probedAt == nil)
        }
    }

    @Test("After a failed commit the daemon is not ready until a probe write commits")
    func probe() async throws {
        try await use { outbox, readiness in
            readiness.setOpen(true)
            try await fillDisk(of: outbox)
            await #expect(throws: OutboxError.self) { try await outbox.probe() }
            #expect(!outbox.isHealthy)
            #expect(!(await readiness.isReady()))
            #expect(!(await readiness.isReady()))
            await makeRoom(for: outbox)
            #expect(!outbox.isHealthy)
            #expect(await readiness.isReady())
            #expect(outbox.isHealthy)
            let probedAt = try await probedAt(outbox)
            #expect(probedAt != nil)
        }
    }

    @Test("A closed ingest is not ready, whatever a probe would say, and nothing is probed")
    func closedAfterFailure() async throws {
        try await use { outbox, readiness in
            try await fillDisk(of: outbox)
            await #expect(throws: OutboxError.self) { try await outbox.probe() }
            await makeRoom(for: outbox)
            #expect(!(await readiness.isReady()))
            #expect(!outbox.isHealthy)
        }
    }

    private func use(_ body: (Outbox, Readiness) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let outbox = try Outbox(path: folder.path("outbox.db"), clock: .showing(EventFactory.receivedAt))
        defer { outbox.close() }
        try await body(outbox, Readiness(outbox: outbox))
    }

    /// Has SQLite say what it says on a full disk: a probe needs many pages, and the file may not grow.
    private func fillDisk(of outbox: Outbox) async throws {
        try await outbox.submit { context in
            try context.database.execute(
                sql: """
                    CREATE TABLE filler (bytes BLOB);
                    CREATE TRIGGER fill AFTER INSERT ON outbox
                        BEGIN INSERT INTO filler VALUES (zeroblob(1048576)); END;
                    PRAGMA max_page_count = 1;
                    """
            )
        }
    }

    /// Lets the file grow again, in a job that fails: one that commits would already show that commits work.
    private func makeRoom(for outbox: Outbox) async {
        await #expect(throws: OutboxError.self) {
            try await outbox.submit { context in
                try context.database.execute(sql: "PRAGMA max_page_count = 1000000")
                throw OutboxError(.unavailable, "not to be committed")
            }
        }
    }

    private func probedAt(_ outbox: Outbox) async throws -> String? {
        try await outbox.submit { context in
            try String.fetchOne(
                context.database,
                sql: "SELECT value FROM outbox WHERE key = 'probed_at'"
            )
        }
    }
}
