import GRDB

/// The writer's statements, compiled once; they belong to the writer's thread, as its connection does.
struct Statements {
    let insertDelivery: PreparedStatement
    let insertEvent: PreparedStatement
    let insertDispatch: PreparedStatement
    let findDelivery: PreparedStatement
    let findEvents: PreparedStatement
    let findClaimed: PreparedStatement
    let markRunning: PreparedStatement
    let insertAttempt: PreparedStatement
    let markDelivered: PreparedStatement
    let markInterrupted: PreparedStatement
    let markWaiting: PreparedStatement
    let markDead: PreparedStatement
    let probe: PreparedStatement
    let writeProbe: PreparedStatement
    let removeProbe: PreparedStatement

    // What moves dispatches within their lanes.
    let foremostPlace: PreparedStatement
    let isLaneReleased: PreparedStatement
    let giveTurn: PreparedStatement
    let markOvertaken: PreparedStatement
    let findWoken: PreparedStatement
    let nextWake: PreparedStatement
    let makeReady: PreparedStatement
    let makeBehind: PreparedStatement
    let endHold: PreparedStatement
    let findReady: PreparedStatement
    let findLane: PreparedStatement
    let takeEventsColumns: PreparedStatement
    let enqueue: PreparedStatement
    let leaveLane: PreparedStatement
    let lastPosition: PreparedStatement
    let storePosition: PreparedStatement

    init(_ database: Database) throws {
        let space = BindingSpace()
        func prepare(_ sql: String) throws -> PreparedStatement {
            try PreparedStatement(database, sql: sql, space: space)
        }
        insertDelivery = try prepare(SQL.insertDelivery)
        insertEvent = try prepare(SQL.insertEvent)
        insertDispatch = try prepare(SQL.insertDispatch)
        findDelivery = try prepare(SQL.findDelivery)
        findEvents = try prepare(SQL.findEvents)
        findClaimed = try prepare(SQL.findClaimed)
        markRunning = try prepare(SQL.markRunning)
        insertAttempt = try prepare(SQL.insertAttempt)
        markDelivered = try prepare(SQL.markDelivered)
        markInterrupted = try prepare(SQL.markInterrupted)
        markWaiting = try prepare(SQL.markWaiting)
        markDead = try prepare(SQL.markDead)
        probe = try prepare(SQL.probe)
        writeProbe = try prepare(SQL.writeProbe)
        removeProbe = try prepare(SQL.removeProbe)
        foremostPlace = try prepare(LaneSQL.foremostPlace)
        isLaneReleased = try prepare(LaneSQL.isLaneReleased)
        giveTurn = try prepare(LaneSQL.giveTurn)
        markOvertaken = try prepare(LaneSQL.markOvertaken)
        findWoken = try prepare(LaneSQL.findWoken)
        nextWake = try prepare(LaneSQL.nextWake)
        makeReady = try prepare(LaneSQL.makeReady)
        makeBehind = try prepare(LaneSQL.makeBehind)
        endHold = try prepare(LaneSQL.endHold)
        findReady = try prepare(LaneSQL.findReady)
        findLane = try prepare(LaneSQL.findLane)
        takeEventsColumns = try prepare(LaneSQL.takeEventsColumns)
        enqueue = try prepare(LaneSQL.enqueue)
        leaveLane = try prepare(LaneSQL.leaveLane)
        lastPosition = try prepare(LaneSQL.lastPosition)
        storePosition = try prepare(LaneSQL.storePosition)
    }
}

/// The SQL that keeps deliveries, dispatches and listeners; that of lanes stands in `LaneSQL`.
enum SQL {
    /// Changes nothing if the source has had that delivery id; then the first body stays.
    static let insertDelivery = """
        INSERT INTO deliveries
            (id, source, provider, delivery_id, event_name, received_at, headers, verified_by, problem,
             payload_bytes, payload)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (source, delivery_id) DO NOTHING
        """

    static let insertEvent = """
        INSERT INTO events
            (id, delivery, ordinal, kind, action, repository, subject, schema, received_at, event)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    /// One that runs with the commit has had one attempt and one claim.
    static let insertDispatch = """
        INSERT INTO dispatches
            (event, listener, next_attempt_at, source, repository, subject, position, lane, place, turn,
             state, attempts, started_at, claim)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?12, ?, ?12)
        """

    static let findDelivery = "SELECT id FROM deliveries WHERE source = ? AND delivery_id = ?"

    static let findEvents = "SELECT id FROM events WHERE delivery = ? ORDER BY ordinal"

    /// What a listener needs of a dispatch.
    static let findClaimed = """
        SELECT x.event, x.attempts, x.attempts_before, x.out_of_order, x.suspect, x.crashes, x.adopted_from,
            e.delivery, e.received_at, e.kind, e.action, e.repository, e.event, x.lane, x.claim
        FROM dispatches AS x JOIN events AS e ON e.id = x.event
        WHERE x.event = ? AND x.listener = ?
        """

    /// Nothing ever lowers `claim`, so that no later claim has the same.
    static let markRunning = """
        UPDATE dispatches
        SET state = 'running', attempts = attempts + 1, claim = claim + 1, started_at = ?, place = 0,
            turn = NULL
        WHERE event = ? AND listener = ?
        """

    static let insertAttempt = """
        INSERT INTO attempts (event, listener, attempt, started_at, duration_ms, outcome, error)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """

    static let markDelivered = """
        UPDATE dispatches SET state = 'delivered', finished_at = ?, error = NULL, lane = NULL, place = NULL
        WHERE \(isRunningUnderClaim)
        """

    /// The attempt does not count, and the dispatch stays its lane's first.
    static let markInterrupted = """
        UPDATE dispatches SET state = 'pending', attempts = attempts - 1, next_attempt_at = ?, error = ?,
            place = 2
        WHERE \(isRunningUnderClaim)
        """

    static let markWaiting = """
        UPDATE dispatches SET state = 'pending', next_attempt_at = ?, error = ?, place = ?, wake_at = ?,
            held_until = ?, crashes = crashes + ?
        WHERE \(isRunningUnderClaim)
        """

    static let markDead = """
        UPDATE dispatches SET state = 'dead', finished_at = ?, error = ?, reason = ?,
            crashes = crashes + ?, lane = NULL, place = NULL
        WHERE \(isRunningUnderClaim)
        """

    /// Only the run that has the dispatch moves it; one whose claim is over changes nothing.
    private static let isRunningUnderClaim = "event = ? AND listener = ? AND state = 'running' AND claim = ?"

    /// Any write will do: whether it commits is the answer.
    static let probe = """
        INSERT INTO outbox (key, value) VALUES ('probed_at', ?)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """

    /// Bytes that no file system makes shorter.
    static let writeProbe = """
        INSERT INTO outbox (key, value) VALUES ('probe', hex(randomblob(?)))
        ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """

    static let removeProbe = "DELETE FROM outbox WHERE key = 'probe'"

    /// What ran when the last process ended is recorded as interrupted.
    static let recordInterrupted = """
        INSERT INTO attempts (event, listener, attempt, started_at, duration_ms, outcome, error)
        SELECT event, listener, attempts, coalesce(started_at, ?1), max(0, ?1 - coalesce(started_at, ?1)),
            'interrupted', 'the process ended during the attempt'
        FROM \(running)
        """

    static let findRunning = "SELECT event, listener, lane FROM \(running)"

    /// What runs: the first of each listener's open dispatches, one search a listener.
    private static let running = """
        (
            WITH RECURSIVE owners (name) AS (
                SELECT min(listener) FROM dispatches INDEXED BY dispatches_open WHERE place IS NOT NULL
                UNION ALL
                SELECT (
                    SELECT min(listener) FROM dispatches INDEXED BY dispatches_open
                    WHERE place IS NOT NULL AND listener > name
                )
                FROM owners WHERE name IS NOT NULL
            )
            SELECT * FROM owners CROSS JOIN dispatches INDEXED BY dispatches_open
            WHERE listener = owners.name AND place = 0
        )
        """

    /// The attempt does not count; what may have brought the process down runs alone from now on.
    static let recoverRunning = """
        UPDATE dispatches SET state = 'pending', attempts = attempts - 1, next_attempt_at = ?, place = 2,
            suspect = max(suspect, coalesce(
                (SELECT target = 'swift' FROM listeners AS l WHERE l.name = dispatches.listener), 1
            ))
        WHERE event = ? AND listener = ?
        """

    static let registerListener = """
        INSERT INTO listeners (name, kinds, target, ordering, registered) VALUES (?, ?, ?, ?, 1)
        ON CONFLICT (name) DO UPDATE
        SET kinds = excluded.kinds, target = excluded.target, ordering = excluded.ordering, registered = 1
        """

    static let unregisterListeners = "UPDATE listeners SET registered = 0 WHERE registered = 1"

    static let orderings = "SELECT name, ordering FROM listeners"

    static let pauses = """
        SELECT name, paused_by, paused_at, pause_reason FROM listeners WHERE state = 'paused'
        """

    /// An operator's pause is not replaced by anyone else's, an endpoint's not by the breaker's.
    static let pauseListener = """
        UPDATE listeners SET state = 'paused', paused_by = ?2, paused_at = ?3, pause_reason = ?4
        WHERE name = ?1 AND (
            state = 'active' OR ?2 = 'operator' OR paused_by = 'breaker'
            OR (paused_by = 'endpoint' AND ?2 = 'endpoint')
        )
        """

    /// Holds of listeners that may not be over.
    static let holds = "SELECT name, held_until FROM listeners WHERE held_until IS NOT NULL"

    static let holdListener = "UPDATE listeners SET held_until = ?2 WHERE name = ?1"

    /// The second parameter is whose pauses may be ended; null for anyone's, and then the hold ends, too.
    static let resumeListener = """
        UPDATE listeners SET state = 'active', paused_by = NULL, paused_at = NULL, pause_reason = NULL,
            held_until = CASE WHEN ?2 IS NOT NULL THEN held_until END
        WHERE name = ?1 AND (?2 IS NULL OR paused_by = ?2)
        """

    static let outboxID = "SELECT value FROM outbox WHERE key = 'id'"

    static let plainIDsUntil = "SELECT CAST(value AS INTEGER) FROM outbox WHERE key = 'plain_ids_until'"

    /// The last id that a table gave out: AUTOINCREMENT's own count, which pruning does not lower.
    static let lastID = "SELECT seq FROM sqlite_sequence WHERE name = ?"

    static let setLastID = "UPDATE sqlite_sequence SET seq = ?2 WHERE name = ?1"

    static let insertLastID = "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)"
}
