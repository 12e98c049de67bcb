import GRDB

/// The outbox's tables and views; `PRAGMA user_version` counts the migrations that a file has had.
enum Schema {
    /// Each takes a file from one version to the next; once released, a migration never changes.
    static let migrations: [String] = [
        schemaVersion1, schemaVersion2, schemaVersion3, schemaVersion4,
    ]

    /// The version that this program writes.
    static var currentVersion: Int { migrations.count }

    /// The page size, fixed for the life of a file.
    ///
    /// Against SQLite's 4096, batches of 24 kB bodies took 10 to 20 % less CPU,
    /// commits of a single small delivery about as much; 16384 writes more for a small commit, and 32768 is
    /// slower at both.
    static let pageSizeBytes = 8192

    /// Brings a file up to date, each migration in a transaction of its own.
    ///
    /// - Throws: `OutboxError.Code.newerSchema` for a file of a newer program, `.corrupt` for another
    ///   program's.
    static func migrate(_ database: Database, path: String) throws {
        var version = try version(of: database, path: path)
        while version < migrations.count {
            try database.inTransaction(.immediate) {
                try database.execute(sql: migrations[version])
                try database.execute(sql: "PRAGMA user_version = \(version + 1)")
                return .commit
            }
            version += 1
        }
    }

    /// The version of a file, 0 for a new one.
    ///
    /// - Throws: `OutboxError.Code.newerSchema` for a file of a newer program, `.corrupt` for another
    ///   program's.
    static func version(of database: Database, path: String) throws -> Int {
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard try isOutbox(database) || isEmpty(database, version: version) else {
            throw OutboxError(
                .corrupt,
                "\(path) is a database of another program; choose another outbox.path"
            )
        }
        guard version <= currentVersion else {
            throw OutboxError(
                .newerSchema,
                "\(path) has schema version \(version), this program knows \(currentVersion): use a newer one"
            )
        }
        return version
    }

    /// Every version has the table `outbox`; other programs count their versions in `user_version`, too.
    private static func isOutbox(_ database: Database) throws -> Bool {
        let sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'outbox'"
        return try Int.fetchOne(database, sql: sql) == 1
    }

    private static func isEmpty(_ database: Database, version: Int) throws -> Bool {
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema")
        return version == 0 && tables == 0
    }
}
