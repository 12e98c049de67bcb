import Events
import GRDB
import GRDBSQLite
import Synchronization

/// Moves the write-ahead log into the file, in steps that begin between transactions.
///
/// SQLite would do that within the commit that reaches its threshold, and everybody in it would wait for the
/// disk a second time. Here a step is taken beside the transactions that follow, on a connection that does
/// nothing else. Only when the log is long, one is taken before the next transaction: if no older reader is
/// in the way, all of the log is in the file then, and SQLite writes it from its beginning again.
///
/// SQLite before 3.51.3 can spoil a database if a checkpoint begins while all of the log is in the file, and
/// another connection starts the log anew at that moment (the "WAL-reset bug" of its document on write-ahead
/// logging). That cannot be here: a step beside transactions begins only when there is something to copy, see
/// `CheckpointPlan`. As all checkpoints are taken here, one after another, the log is not started anew before
/// it has ended. Those of opening and closing the outbox are taken while there is no other connection.
@safe final class Checkpoints {
    private let database: Database
    /// The connection beside the writer's; opened with the first step.
    private var other: DatabaseQueue?
    private var plan = CheckpointPlan()
    private var notice = LongLogNotice()
    private let isUnderWay = Flag()

    /// Whether a step is under way beside transactions.
    private final class Flag: Sendable {
        let value = Atomic(false)
    }

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
                let this = unsafe Unmanaged<Checkpoints>.fromOpaque(context).takeUnretainedValue()
                this.plan.committed(pages: Int(pages))
                return SQLITE_OK
            },
            context
        )
    }

    deinit {
        unsafe sqlite3_wal_hook(database.sqliteConnection, nil, nil)
        // Waits for a step under way; what it has not copied is left in the log.
        try? other?.close()
    }

    /// A transaction is about to begin.
    func transactionBegins() {
        plan.transactionBegins(isStepUnderWay: isUnderWay.value.load(ordering: .acquiring))
    }

    /// Takes a step, if enough has gathered.
    ///
    /// What fails is tried again with the next step; that a reader holds up part of it is no failure. In the
    /// end the disk is full for commits, too, and those report it.
    func runIfDue() {
        switch plan.next() {
        case .none:
            break
        case .beside:
            guard let other = openOther() else { return }
            isUnderWay.value.store(true, ordering: .relaxed)
            other.asyncWriteWithoutTransaction { [isUnderWay] database in
                Self.step(database)
                isUnderWay.value.store(false, ordering: .releasing)
            }
        case .before:
            // One connection at a time: what is under way ends first.
            other?.writeWithoutTransaction { _ in }
            Self.step(database)
        }
    }

    /// The bytes of the log if it is to be told now that a reader holds it back; else nil.
    func longLogBytes(now: Uptime) -> Int? {
        guard notice.isDue(isHeldBack: plan.isHeldBack, now: now) else { return nil }
        return plan.pages * CheckpointPlan.pageBytes
    }

    /// Moves all of the log into the file and empties it, unless a reader is in the way for some seconds.
    func finish() {
        // One connection at a time: what is under way ends first.
        other?.writeWithoutTransaction { _ in }
        // What fails is told by the commits that follow.
        _ = try? database.checkpoint(.truncate)
    }

    /// The connection beside the writer's; nil if it cannot be opened now, when the log waits for the next
    /// step.
    private func openOther() -> DatabaseQueue? {
        if other == nil {
            other = OutboxConnection.fullPath(of: database).flatMap {
                try? OutboxConnection.checkpointer(path: $0)
            }
        }
        return other
    }

    private static func step(_ database: Database) {
        unsafe sqlite3_wal_checkpoint_v2(
            database.sqliteConnection,
            nil,
            SQLITE_CHECKPOINT_PASSIVE,
            nil,
            nil
        )
    }
}
