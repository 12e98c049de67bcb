import Events
import GRDB

/// What the writer's thread works with; it never leaves that thread.
final class WriterContext {
    let database: Database
    private(set) var statements: Statements
    /// Where new dispatches may begin at once.
    var handOver: HandOver
    /// What it goes by.
    let clock: MachineClock

    /// What is known of lanes; only jobs that keep it true have it kept, see `WriteJob.keepsLanes`.
    var lanes = LaneMemory()

    /// What a probe has written in this transaction, in bytes.
    private(set) var probedBytes = 0
    /// After a failure, what a transaction has to write, in bytes, to show that others can, too.
    private(set) var bytesToRecover = 0

    /// Bytes of a probe, at most.
    static let probeBytesMax = 1 << 20

    /// The longest wait of each listener's dispatches, as its policy has it.
    var longestWaits: [String: Duration] = [:]
    /// When the clock was set; what is found in this transaction is in it.
    var clockHistory: ClockHistory { nextHistory ?? history }

    private var history: ClockHistory
    /// That of a transaction in which waits are moved; it counts when that has committed.
    private var nextHistory: ClockHistory?
    private let checkpoints: Checkpoints
    private var recentBytes: RecentMaximum
    private var isSyncing = true
    private var lastDeliveryID: Int64 = 0
    private var lastEventID: Int64 = 0
    private var orderings: [String: LaneOrdering] = [:]
    private var listenersAssigningLanes: Set<String> = []
    /// For each listener the turn that it had last; lost at the end of the process, which harms nobody.
    private var lastTurns: [String: String] = [:]

    init(_ database: Database, clock: MachineClock) throws {
        self.database = database
        self.clock = clock
        handOver = HandOver(to: NoIntake(), clock: clock)
        statements = try Statements(database)
        checkpoints = Checkpoints(database)
        recentBytes = RecentMaximum(now: clock.uptime())
        history = ClockHistory(at: clock.moment, nextDelivery: 0)
        try reload()
        history = ClockHistory(at: clock.moment, nextDelivery: nextDeliveryID)
    }

    /// The id for a new delivery; taken only by `takeDeliveryID`, so that a duplicate uses none up.
    var nextDeliveryID: Int64 { lastDeliveryID + 1 }

    /// The delivery was new.
    func takeDeliveryID() { lastDeliveryID += 1 }

    /// An id that no event has had; the event JSON needs it before the row exists.
    func nextEventID() -> Int64 {
        lastEventID += 1
        return lastEventID
    }

    /// The position of the newest event's dispatches; between two events there is room for 2^20 others.
    var lastPositionOfEvents: Int64 { Self.position(ofEvent: lastEventID) }

    /// The position of a new event's dispatches in their lanes.
    static func position(ofEvent id: Int64) -> Int64 { id << 20 }

    /// What makes a listener's lanes.
    func ordering(of listener: String) -> LaneOrdering { orderings[listener] ?? .subject }

    /// Whether a listener's dispatches do not have their new lanes yet.
    func isAssigningLanes(of listener: String) -> Bool { listenersAssigningLanes.contains(listener) }

    /// The id of the newest event.
    var newestEventID: Int64 { lastEventID }

    /// The turn that a listener had last.
    func lastTurn(of listener: String) -> String { lastTurns[listener] ?? "" }

    /// A listener has had a turn.
    func setLastTurn(_ turn: String, of listener: String) { lastTurns[listener] = turn }

    /// Has a job write.
    ///
    /// - Returns: What to call once the transaction has committed.
    func perform(_ job: WriteJob) throws -> @Sendable () -> Void {
        guard !job.keepsLanes else { return try job.perform(self) }
        lanes.forgetAll()
        defer { lanes.forgetAll() }
        return try job.perform(self)
    }

    /// Notes what a transaction is about to write.
    func begin(_ batch: [WriteJob], now: Uptime) {
        probedBytes = 0
        recentBytes.note(batch.lazy.map(\.bytes).max() ?? 0, now: now)
    }

    /// Looks whether the clock was set since the last look, and moves what is waited for along with it.
    ///
    /// Within a transaction, which `clockFollowed(by:)` says to be committed.
    ///
    /// - Returns: By how much it was set; nil if it was not.
    /// - Throws: What SQLite says.
    func followClock() throws -> Duration? {
        nextHistory = nil
        // Once more, as the two clocks are not read at once: between them another thread may run for a while.
        guard history.step(at: clock.moment) != nil else { return nil }
        let moment = clock.moment
        guard let step = history.step(at: moment) else { return nil }
        try follow(step)
        var next = history
        next.note(step, at: moment, nextDelivery: nextDeliveryID)
        nextHistory = next
        return step
    }

    /// The transaction is committed in which the clock was followed.
    ///
    /// - Returns: What to tell; nil if the clock was not set.
    func clockFollowed(by step: Duration?) -> ClockStepReport? {
        guard let step, let next = nextHistory else { return nil }
        (history, nextHistory) = (next, nil)
        let isRestful = step.magnitude > ClockHistory.harmlessStepMax
        return ClockStepReport(
            step: step,
            restsUntil: isRestful ? history.restsUntil.map(clock.moment.time(at:)) : nil
        )
    }

    /// Commits fail now; a write as large as one to be expected shows that they do not any more.
    ///
    /// - Parameter isForRoom: Whether what is written may matter.
    func beginFailing(isForRoom: Bool) { bytesToRecover = isForRoom ? probeBytes : 0 }

    /// Writes as much as may be expected of a delivery.
    func writeProbe() throws {
        probedBytes = max(probeBytes, bytesToRecover)
        try statements.writeProbe.run(probedBytes / 2)
    }

    private var probeBytes: Int { min(recentBytes.value(now: clock.uptime()), Self.probeBytesMax) }

    /// Moves the write-ahead log into the file, if enough has gathered in it.
    func checkpointIfDue() { checkpoints.runIfDue() }

    /// Moves all of the write-ahead log into the file, as far as no reader is in the way.
    func checkpoint() { checkpoints.finish() }

    /// The bytes of the write-ahead log if it is to be told now that a reader holds it back; else nil.
    func longLogBytes(now: Uptime) -> Int? { checkpoints.longLogBytes(now: now) }

    /// Runs a transaction.
    ///
    /// One that is not synced outlives the process, but a power cut may undo it, and never one before it: the
    /// next that is synced takes it to disk, too.
    ///
    /// After a failure the ids that it took are free again, as nobody has seen them, and the statements are
    /// new ones: one that failed would throw its old error, which `sqlite3_reset` returns, at its next use.
    func transaction<Value>(isSynced: Bool = true, _ work: () throws -> Value) throws -> Value {
        do {
            checkpoints.transactionBegins()
            try setSyncing(isSynced)
            var value: Value?
            try database.inTransaction(.immediate) {
                value = try work()
                return .commit
            }
            guard let value else { preconditionFailure("a committed transaction has run its work") }
            return value
        } catch {
            lanes.forgetAll()  // some of it was never committed
            try? renew()  // what fails here fails again in the next transaction, which reports it
            throw error
        }
    }

    /// `synchronous` is FULL but for transactions that need no sync; SQLite allows to change it between them.
    private func setSyncing(_ isSynced: Bool) throws {
        guard isSynced != isSyncing else { return }
        try database.execute(sql: "PRAGMA synchronous = \(isSynced ? "FULL" : "NORMAL")")
        isSyncing = isSynced
    }

    private func renew() throws {
        statements = try Statements(database)
        try reload()
    }

    /// Reads what is kept in memory for speed.
    func reload() throws {
        lanes.forgetAll()
        lastDeliveryID = try Int64.fetchOne(database, sql: SQL.lastID, arguments: ["deliveries"]) ?? 0
        lastEventID = try Int64.fetchOne(database, sql: SQL.lastID, arguments: ["events"]) ?? 0
        let rows = try Row.fetchAll(database, sql: SQL.orderings)
        orderings = Dictionary(
            uniqueKeysWithValues: rows.map { ($0[0], LaneOrdering(rawValue: $0[1]) ?? .subject) }
        )
        let changes = try Row.fetchAll(database, sql: LaneSQL.laneChanges)
        listenersAssigningLanes = Set(
            changes.filter { $0[1] == LaneChange.assigning.rawValue }.map { $0[0] as String }
        )
    }
}
