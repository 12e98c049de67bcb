import GRDB
import GRDBSQLite

/// How connections to the outbox are made.
enum OutboxConnection {
    /// This long is waited for a lock that only recovery and checkpoints take for a moment.
    private static let busySeconds = 5.0

    /// What the writer keeps of the file in memory: the ends of its tables, and the parts of the indexes that
    /// deliveries under random ids and of many lanes fall into.
    private static let cacheKibibytes = 8192

    /// The limit of the write-ahead log's file after a checkpoint.
    private static let walBytesMax = 64 << 20

    /// Opens the one connection that writes, and makes the file if there is none.
    ///
    /// What a power cut may lose: with `synchronous=FULL`, SQLite syncs the write-ahead log before a commit
    /// returns, so nothing; `WriterContext` sets less for transactions with attempts alone. GRDB would set
    /// NORMAL if it were told to set WAL, so both are set here, after it. What is fixed with the first table,
    /// page size and `auto_vacuum`, is set before.
    ///
    /// The checks of columns hold for every other program. Here they are what the types say, and SQLite makes
    /// a table of the words of each `IN` for every row: that took more instructions than all else in writing
    /// a dispatch.
    ///
    /// - Throws: What `Schema.version` throws, or what SQLite says.
    static func writer(path: String) throws -> DatabaseQueue {
        guard SQLiteLibrary.prepare() else {
            throw OutboxError(.unavailable, "SQLite cannot be prepared: out of memory")
        }
        var configuration = Configuration()
        configuration.label = "forgewire.outbox.writer"
        configuration.busyMode = .timeout(busySeconds)
        configuration.prepareDatabase { database in
            // Before anything is changed: another program's file keeps its journal mode.
            _ = try Schema.version(of: database, path: path)
            try database.execute(
                sql: """
                    PRAGMA page_size = \(Schema.pageSizeBytes);
                    PRAGMA auto_vacuum = INCREMENTAL;
                    PRAGMA cache_size = -\(cacheKibibytes);
                    PRAGMA journal_mode = WAL;
                    PRAGMA synchronous = FULL;
                    PRAGMA journal_size_limit = \(walBytesMax);
                    PRAGMA ignore_check_constraints = ON;
                    """
            )
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Opens the connection that takes checkpoints beside the writer, and does nothing else.
    ///
    /// - Throws: What SQLite says.
    static func checkpointer(path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "forgewire.outbox.checkpointer"
        configuration.busyMode = .timeout(busySeconds)
        configuration.prepareDatabase { database in
            // A checkpoint syncs by the setting of the connection that takes it.
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL")
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// The path of a connection's file, without links.
    static func fullPath(of database: Database) -> String? {
        // The name is SQLite's until the connection is closed; it is copied here.
        unsafe sqlite3_db_filename(database.sqliteConnection, "main").map { unsafe String(cString: $0) }
    }

    /// Opens a connection that cannot write, so never a checkpoint beside the others.
    static func reader(path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "forgewire.outbox.reader"
        configuration.readonly = true
        configuration.busyMode = .timeout(busySeconds)
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}
