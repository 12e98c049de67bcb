/// All SQL that reads an outbox for people and programs.
enum ReaderSQL {
    static let events = """
        SELECT e.id, e.event, e.received_at, e.kind, e.action, e.repository, e.subject, d.source, d.problem
        FROM events AS e JOIN deliveries AS d ON d.id = e.delivery
        WHERE (:source IS NULL OR d.source = :source)
            AND (:kind IS NULL OR e.kind = :kind)
            AND (:repository IS NULL OR e.repository = :repository)
            AND (:since IS NULL OR e.received_at >= :since)
        ORDER BY e.id DESC
        LIMIT :limit
        """

    static let event = """
        SELECT e.id, e.event, e.received_at, e.kind, e.action, e.repository, e.subject, d.source, d.problem,
            d.id AS delivery, d.provider, d.delivery_id, d.event_name, d.headers, d.verified_by,
            d.payload_bytes
        FROM events AS e JOIN deliveries AS d ON d.id = e.delivery
        WHERE e.id = ?
        """

    static let dispatches = """
        SELECT listener, state, attempts, next_attempt_at, finished_at, error, reason
        FROM dispatches WHERE event = ? ORDER BY listener
        """

    static let attempts = """
        SELECT listener, attempt, started_at, duration_ms, outcome, error
        FROM attempts WHERE event = ? ORDER BY id
        """

    static let payload = "SELECT payload, payload_bytes FROM deliveries WHERE id = ?"

    static let listeners = """
        SELECT s.listener, s.kinds, s.state, s.registered, s.pending + s.running AS pending, s.dead,
            (
                SELECT e.received_at FROM events AS e
                WHERE e.id = (
                    SELECT min(event) FROM dispatches AS x INDEXED BY dispatches_open
                    WHERE x.listener = s.listener AND x.place IS NOT NULL
                )
            ) AS oldest,
            l.paused_by, l.paused_at, l.pause_reason, l.held_until
        FROM listener_status AS s LEFT JOIN listeners AS l ON l.name = s.listener
        ORDER BY s.listener
        """
}
