import GRDB
import GRDBSQLite

/// Moves the write-ahead log into the file in steps: between transactions, when nobody waits for an answer of
/// the last one any more.
///
/// SQLite would do that within the commit that reaches its threshold, and everybody in it would wait for the
/// disk a second time.
@safe final class Checkpoints {
    /// Pages in the log from which on a step is taken.
    static let stepPages: CInt = 256

    private let database: Database
    /// What the log holds, as the last commit has told.
    private var pages: CInt = 0

    /// Takes over from SQLite on this connection.
    init(_ database: Database) {
        self.database = database
        // The hook replaces SQLite's own checkpoints. It is called within a commit, on the connection's
        // thread; the pointer to `self` is valid until `deinit` has taken the hook away.
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe sqlite3_wal_hook(
            database.sqliteConnection,
            { context, _, _, pages in
                guard let context = unsafe context else { return SQLITE_OK }
                unsafe Unmanaged<Checkpoints>.fromOpaque(context).takeUnretainedValue().pages = pages
                return SQLITE_OK
            },
            context
        )
    }

    deinit {
        unsafe sqlite3_wal_hook(database.sqliteConnection, nil, nil)
    }

    /// Takes a step, if enough has gathered.
    ///
    /// What fails is tried again after the next commit; that a reader holds up part of it is no failure. In
    /// the end the disk is full for commits, too, and those report it.
    func runIfDue() {
        guard pages >= Self.stepPages else { return }
        pages = 0
        unsafe sqlite3_wal_checkpoint_v2(
            database.sqliteConnection,
            nil,
            SQLITE_CHECKPOINT_PASSIVE,
            nil,
            nil
        )
    }
}
