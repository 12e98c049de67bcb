import GRDB

/// Copies a database page by page, with SQLite's online backup.
enum PageCopy {
    /// Pages of one step, 2 MiB of an outbox; between steps it is looked at the time.
    static let stepPages: CInt = 256

    /// Copies all that a transaction sees.
    ///
    /// As long as the source's transaction is open, all steps see what its first read saw, whatever others
    /// commit; without one, the copy would begin anew with each of their commits. What is made needs no file
    /// beside it: it is taken out of the write-ahead mode, so that it can be read where nothing can be
    /// written.
    ///
    /// - Parameters:
    ///   - source: A connection with an open transaction that has read something.
    ///   - path: An empty file that no connection has open.
    ///   - stepPages: Pages of one step.
    ///   - complete: Changes the copy once it is complete.
    ///   - progress: Told of the per cent that are copied, after each step; what it throws ends the copying.
    /// - Throws: What SQLite or the functions say; the file is incomplete then.
    static func run(
        from source: Database,
        to path: String,
        stepPages: CInt = stepPages,
        complete: (Database) throws -> Void = { _ in },
        progress: (Int) throws -> Void
    ) throws {
        var configuration = Configuration()
        configuration.label = "forgewire.outbox.copy"
        configuration.prepareDatabase { database in
            // A file that is thrown away if anything fails needs no journal on disk.
            try database.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL")
        }
        let copy = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? copy.close() }  // what could not be written has been thrown
        try copy.writeWithoutTransaction { database in
            try withoutActuallyEscaping(progress) { progress in
                try source.backup(to: database, pagesPerStep: stepPages) { state in
                    try progress(percent(state.completedPageCount, of: state.totalPageCount))
                }
            }
            // The first read finds out which mode the copied file is in.
            _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema")
            guard try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE") == "delete" else {
                throw OutboxError(.unavailable, "\(path) cannot be taken out of the write-ahead mode")
            }
            try database.inTransaction(.immediate) {
                try complete(database)
                return .commit
            }
        }
    }

    private static func percent(_ part: Int, of whole: Int) -> Int {
        whole > 0 ? part * 100 / whole : 100
    }
}
