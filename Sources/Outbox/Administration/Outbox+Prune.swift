package import Events
import GRDB

/// From when on what is finished goes.
package struct RetentionCutoff: Hashable, Sendable {
    /// Delivered and discarded dispatches that finished before this, and deliveries without dispatches that
    /// were received before it.
    package var delivered: Timestamp
    /// Dead letters that were given up before this.
    package var dead: Timestamp

    package init(delivered: Timestamp, dead: Timestamp) {
        self.delivered = delivered
        self.dead = dead
    }
}

extension Outbox {
    /// Deletes deliveries with all that hangs on them, unless something did not stay past its age.
    ///
    /// - Returns: How many went.
    /// - Throws: `OutboxError` if that cannot be committed.
    func prune(deliveries: [Int64], before cutoff: RetentionCutoff) async throws(OutboxError) -> Int {
        try await submit { context in
            let prune = try context.database.makeStatement(sql: AdministrationSQL.prune)
            var count = 0
            for delivery in deliveries {
                try prune.execute(
                    arguments: [delivery, cutoff.delivered.milliseconds, cutoff.dead.milliseconds]
                )
                // Of the deliveries alone: rows that go with them do not count.
                count += context.database.changesCount
            }
            return count
        }
    }

    /// Gives some free pages back to the file system.
    ///
    /// - Returns: The pages that are free still, and all that the file has.
    /// - Throws: `OutboxError` if that cannot be committed.
    func vacuumStep() async throws(OutboxError) -> FilePages {
        try await submit { context in
            try context.database.execute(sql: AdministrationSQL.vacuum)
            return try FilePages(context.database)
        }
    }

    /// The pages of the file.
    func pages() async throws(OutboxError) -> FilePages {
        try await submit { try FilePages($0.database) }
    }
}

/// How much of the file is used.
struct FilePages: Equatable, Sendable {
    let free: Int
    let all: Int

    init(_ database: Database) throws {
        free = try Int.fetchOne(database, sql: AdministrationReaderSQL.freePages) ?? 0
        all = try Int.fetchOne(database, sql: AdministrationReaderSQL.pages) ?? 0
    }
}
