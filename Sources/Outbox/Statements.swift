import GRDB

/// The writer's statements, compiled once; they belong to the writer's thread, as its connection does.
struct Statements {
    let insertDelivery: Statement
    let insertEvent: Statement
    let insertDispatch: Statement
    let findDelivery: Statement
    let findEvents: Statement
    let findDue: Statement
    let nextDue: Statement
    let markRunning: Statement
    let insertAttempt: Statement
    let markDelivered: Statement
    let markPending: Statement
    let markDead: Statement
    let probe: Statement

    init(_ database: Database) throws {
        insertDelivery = try database.makeStatement(sql: SQL.insertDelivery)
        insertEvent = try database.makeStatement(sql: SQL.insertEvent)
        insertDispatch = try database.makeStatement(sql: SQL.insertDispatch)
        findDelivery = try database.makeStatement(sql: SQL.findDelivery)
        findEvents = try database.makeStatement(sql: SQL.findEvents)
        findDue = try database.makeStatement(sql: SQL.findDue)
        nextDue = try database.makeStatement(sql: SQL.nextDue)
        markRunning = try database.makeStatement(sql: SQL.markRunning)
        insertAttempt = try database.makeStatement(sql: SQL.insertAttempt)
        markDelivered = try database.makeStatement(sql: SQL.markDelivered)
        markPending = try database.makeStatement(sql: SQL.markPending)
        markDead = try database.makeStatement(sql: SQL.markDead)
        probe = try database.makeStatement(sql: SQL.probe)
    }
}

/// All SQL that changes an outbox, but for the schema.
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

    static let insertDispatch = """
        INSERT INTO dispatches (event, listener, next_attempt_at, source, repository, subject)
        VALUES (?, ?, ?, ?, ?, ?)
        """

    static let findDelivery = "SELECT id FROM deliveries WHERE source = ? AND delivery_id = ?"

    static let findEvents = "SELECT id FROM events WHERE delivery = ? ORDER BY ordinal"

    static let findDue = """
        SELECT x.event, x.attempts, e.delivery, e.received_at, e.event
        FROM dispatches AS x INDEXED BY dispatches_due JOIN events AS e ON e.id = x.event
        WHERE x.listener = ? AND x.state = 'pending' AND x.next_attempt_at <= ?
        ORDER BY x.next_attempt_at, x.event
        LIMIT ?
        """

    static let nextDue = """
        SELECT min(next_attempt_at) FROM dispatches INDEXED BY dispatches_due
        WHERE listener = ? AND state = 'pending'
        """

    static let markRunning = """
        UPDATE dispatches SET state = 'running', attempts = attempts + 1, started_at = ?
        WHERE event = ? AND listener = ? AND state = 'pending'
        """

    static let insertAttempt = """
        INSERT INTO attempts (event, listener, attempt, started_at, duration_ms, outcome, error)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """

    static let markDelivered = """
        UPDATE dispatches SET state = 'delivered', finished_at = ?, error = NULL
        WHERE event = ? AND listener = ? AND state = 'running'
        """

    /// The first parameter is what to take off the count: 1 for an interrupted attempt.
    static let markPending = """
        UPDATE dispatches SET state = 'pending', attempts = attempts - ?, next_attempt_at = ?, error = ?
        WHERE event = ? AND listener = ? AND state = 'running'
        """

    static let markDead = """
        UPDATE dispatches SET state = 'dead', finished_at = ?, error = ?, reason = ?
        WHERE event = ? AND listener = ? AND state = 'running'
        """

    /// Any write will do: whether it commits is the answer.
    static let probe = """
        INSERT INTO outbox (key, value) VALUES ('probed_at', ?)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """

    /// What ran when the last process ended is recorded as interrupted.
    static let recordInterrupted = """
        INSERT INTO attempts (event, listener, attempt, started_at, duration_ms, outcome, error)
        SELECT event, listener, attempts, coalesce(started_at, ?1), max(0, ?1 - coalesce(started_at, ?1)),
            'interrupted', 'the process ended during the attempt'
        FROM dispatches WHERE state = 'running'
        """

    /// What ran when the last process ended is pending again; the attempt does not count.
    static let recoverRunning = """
        UPDATE dispatches SET state = 'pending', attempts = attempts - 1, next_attempt_at = ?
        WHERE state = 'running'
        """

    static let registerListener = """
        INSERT INTO listeners (name, kinds, registered) VALUES (?, ?, 1)
        ON CONFLICT (name) DO UPDATE SET kinds = excluded.kinds, registered = 1
        """

    static let unregisterListeners = "UPDATE listeners SET registered = 0 WHERE registered = 1"

    /// The last id that a table gave out: AUTOINCREMENT's own count, which pruning does not lower.
    static let lastID = "SELECT seq FROM sqlite_sequence WHERE name = ?"
}
