/// All SQL with which operators' work changes an outbox.
enum AdministrationSQL {
    /// A listener of which the outbox does not know yet; the next start registers it.
    static let rememberListener = """
        INSERT INTO listeners (name, kinds, registered, target, ordering) VALUES (?, ?, 0, ?, ?)
        ON CONFLICT (name) DO NOTHING
        """

    /// Where a dispatch stands, and what its lane is made from.
    static let findDispatch = """
        SELECT state, source, repository, subject FROM dispatches WHERE event = ? AND listener = ?
        """

    /// What a dispatch is made from that an event lacks; it has no place in a lane yet.
    static let makeDispatch = """
        INSERT INTO dispatches (event, listener, state, next_attempt_at, source, repository, subject)
        SELECT e.id, ?2, 'discarded', ?3, d.source, e.repository, e.subject
        FROM events AS e JOIN deliveries AS d ON d.id = e.delivery
        WHERE e.id = ?1
        ON CONFLICT (event, listener) DO NOTHING
        RETURNING state, source, repository, subject
        """

    /// Whether something came in behind the newest event that was looked at, in the same lane.
    static let hasNewerInLane = """
        SELECT 1 FROM dispatches
        WHERE event > ?1 AND listener = ?2 AND source = ?3 AND repository IS ?4
            AND (?5 = 'repository' OR subject IS ?6)
        LIMIT 1
        """

    /// The same for a dispatch that holds its place: whether something later has run or has the turn.
    static let isOvertakenInLane = """
        SELECT 1 FROM dispatches
        WHERE event > ?1 AND listener = ?2 AND source = ?3 AND repository IS ?4
            AND (?5 = 'repository' OR subject IS ?6)
            AND (attempts > 0 OR place <= \(LanePlace.ready.rawValue))
        UNION ALL
        SELECT 1 FROM dispatches INDEXED BY dispatches_open
        WHERE listener = ?2 AND lane = ?7 AND place IN (0, 1) AND event > ?8
        LIMIT 1
        """

    static let discard = """
        UPDATE dispatches SET state = 'discarded', finished_at = ?3, reason = NULL
        WHERE event = ?1 AND listener = ?2 AND state IN ('pending', 'dead')
        """

    static let deferForeignKeys = "PRAGMA defer_foreign_keys = ON"

    static let adoptAttempts = "UPDATE attempts SET listener = ?3 WHERE event = ?1 AND listener = ?2"

    static let adoptDispatch = """
        UPDATE dispatches SET listener = ?3, adopted_from = coalesce(adopted_from, ?2)
        WHERE event = ?1 AND listener = ?2
        RETURNING position, out_of_order
        """

    /// The age is looked at again, as somebody may have queued a dispatch anew since it was found.
    static let prune = """
        DELETE FROM deliveries WHERE id = ?1 AND NOT EXISTS (
            SELECT 1 FROM events AS e JOIN dispatches AS x ON x.event = e.id
            WHERE e.delivery = ?1 AND NOT coalesce(
                (x.state IN ('delivered', 'discarded') AND x.finished_at < ?2)
                    OR (x.state = 'dead' AND x.finished_at < ?3),
                0
            )
        )
        """

    static let vacuum = "PRAGMA incremental_vacuum(\(pagesAStep))"

    /// Pages that one step gives back: 2 MiB, so that deliveries do not wait long for the writer.
    private static let pagesAStep = 256

    static let retypeEvent = """
        UPDATE events SET kind = ?2, action = ?3, repository = ?4, subject = ?5, schema = ?6, event = ?7
        WHERE id = ?1 AND delivery = ?8
        """

    /// The lanes of what is finished; what is open stays in the lane that it is in.
    static let retypeDispatches = """
        UPDATE dispatches SET repository = ?2, subject = ?3 WHERE event = ?1 AND place IS NULL
        """

    static let receivedAt = "SELECT received_at FROM deliveries WHERE id = ?"

    static let retypeDelivery = "UPDATE deliveries SET problem = ?2 WHERE id = ?1"
}

/// All SQL that reads an outbox for operators' work; whatever looks at many rows looks at a window of ids.
enum AdministrationReaderSQL {
    static let newestEvent = "SELECT coalesce(max(id), 0) FROM events"

    static let newestEventBefore = "SELECT max(id) FROM events WHERE id < ?"

    /// The oldest event behind another.
    static let oldestEvent = "SELECT min(id) FROM events WHERE id > ?"

    static let hasEvent = "SELECT 1 FROM events WHERE id = ?"

    static let ordering = "SELECT ordering FROM listeners WHERE name = ?"

    static let knowsListener = """
        SELECT EXISTS (SELECT 1 FROM listeners WHERE name = ?1)
            OR EXISTS (
                SELECT 1 FROM dispatches INDEXED BY dispatches_open
                WHERE listener = ?1 AND place IS NOT NULL
            )
            OR EXISTS (
                SELECT 1 FROM dispatches INDEXED BY dispatches_dead WHERE listener = ?1 AND state = 'dead'
            )
        """

    static let deadLetters = """
        SELECT event, listener, reason, error, attempts, finished_at FROM dispatches
        WHERE state = 'dead' AND (:listener IS NULL OR listener = :listener)
        ORDER BY finished_at DESC, event DESC, listener
        LIMIT :limit
        """

    static let listenersWithDead = """
        SELECT DISTINCT listener FROM dispatches INDEXED BY dispatches_dead
        WHERE state = 'dead' AND (:event IS NULL OR event = :event)
        ORDER BY listener
        """

    static let dead = """
        SELECT e.id, e.kind, e.action, x.source, x.repository, x.subject, e.event, x.state
        FROM dispatches AS x INDEXED BY dispatches_dead JOIN events AS e ON e.id = x.event
        WHERE x.listener = :listener AND x.state = 'dead' AND x.event > :after AND x.event <= :until
        ORDER BY x.event
        LIMIT :limit
        """

    static let event = """
        SELECT e.id, e.kind, e.action, d.source, e.repository, e.subject, e.event, x.state
        FROM events AS e JOIN deliveries AS d ON d.id = e.delivery
            LEFT JOIN dispatches AS x ON x.event = e.id AND x.listener = :listener
        WHERE e.id = :event
        """

    static let events = """
        SELECT e.id, e.kind, e.action, d.source, e.repository, e.subject, e.event, x.state
        FROM events AS e JOIN deliveries AS d ON d.id = e.delivery
            LEFT JOIN dispatches AS x ON x.event = e.id AND x.listener = :listener
        WHERE e.id > :after AND e.id <= :until
            AND (:kind IS NULL OR e.kind = :kind)
            AND (:repository IS NULL OR e.repository = :repository)
            AND (:since IS NULL OR e.received_at >= :since)
            AND (:before IS NULL OR e.received_at < :before)
        ORDER BY e.id
        LIMIT :limit
        """

    /// The first event that a delivery since a time gave: later deliveries and events have higher ids.
    static let firstEventSince = """
        SELECT id FROM events
        WHERE delivery >= (SELECT min(id) FROM deliveries WHERE received_at >= ?)
        ORDER BY delivery, ordinal
        LIMIT 1
        """

    /// Newest first, so that no lane goes on with what is given up next.
    static let open = """
        SELECT event, state FROM dispatches
        WHERE event > :after AND event <= :until AND listener = :listener
            AND (place IS NOT NULL OR state = 'dead')
        ORDER BY event DESC
        LIMIT :limit
        """

    /// Oldest first, so that lanes keep their order.
    static let adoptable = """
        SELECT event, state, source, repository, subject, EXISTS (
            SELECT 1 FROM dispatches AS other WHERE other.event = x.event AND other.listener = :other
        ) AS is_taken
        FROM dispatches AS x
        WHERE event > :after AND event <= :until AND listener = :listener
            AND state IN ('pending', 'running', 'dead')
        ORDER BY event
        LIMIT :limit
        """

    /// For each of some lanes, the newest event that has run, or stands in a place up to one.
    static let newestInLanesOfSubject = """
        WITH wanted (name) AS MATERIALIZED (SELECT value FROM json_each(:lanes))
        SELECT wanted.name, max(event)
        FROM dispatches CROSS JOIN wanted ON wanted.name = \(LaneSQL.laneOfSubject)
        WHERE event > :after AND event <= :until AND listener = :listener
            AND (attempts > 0 OR place <= :place)
        GROUP BY wanted.name
        """

    static let newestInLanesOfRepository = """
        WITH wanted (name) AS MATERIALIZED (SELECT value FROM json_each(:lanes))
        SELECT wanted.name, max(event)
        FROM dispatches CROSS JOIN wanted ON wanted.name = \(LaneSQL.laneOfRepository)
        WHERE event > :after AND event <= :until AND listener = :listener
            AND (attempts > 0 OR place <= :place)
        GROUP BY wanted.name
        """

    /// Whether something open or dead hangs on a delivery, or something that finished too lately.
    private static let isKept = """
        EXISTS (
            SELECT 1 FROM events AS e JOIN dispatches AS x ON x.event = e.id
            WHERE e.delivery = d.id AND NOT coalesce(
                (x.state IN ('delivered', 'discarded') AND x.finished_at < :delivered)
                    OR (x.state = 'dead' AND x.finished_at < :dead),
                0
            )
        )
        """

    /// Whether a dead letter comes behind another one of the same delivery.
    private static let isListed = """
        EXISTS (
            SELECT 1 FROM events AS o CROSS JOIN dispatches AS y ON y.event = o.id
            WHERE o.delivery = d.id AND y.state = 'dead' AND (y.listener, y.event) < (x.listener, x.event)
        )
        """

    /// Deliveries in the order of their ids, each with whether it is past the age of delivered ones, and
    /// whether it stays all the same.
    static let oldDeliveries = """
        SELECT d.id, d.received_at, length(d.payload) AS bytes, d.received_at < :delivered AS is_old,
            d.received_at > :now AS is_of_future,
            CASE WHEN d.received_at < :delivered THEN \(isKept) ELSE 1 END AS kept
        FROM deliveries AS d WHERE d.id > :after ORDER BY d.id LIMIT :limit
        """

    /// Deliveries of dead letters that are past their age, although delivered ones of that age would stay.
    ///
    /// A delivery is passed over but for the first of its dead letters, and where it is for `oldDeliveries`
    /// to list it.
    static let oldDead = """
        SELECT d.id, d.received_at, x.event, x.listener, length(d.payload) AS bytes,
            d.received_at < :delivered OR \(isListed) OR \(isKept) AS kept
        FROM dispatches AS x INDEXED BY dispatches_dead JOIN events AS e ON e.id = x.event
            JOIN deliveries AS d ON d.id = e.delivery
        WHERE x.state = 'dead' AND (x.listener, x.event) > (:listener, :after) AND x.finished_at < :dead
        ORDER BY x.listener, x.event
        LIMIT :limit
        """

    static let freePages = "PRAGMA freelist_count"

    static let pages = "PRAGMA page_count"

    static let delivery = """
        SELECT d.id, d.source, d.provider, d.delivery_id, d.event_name, d.received_at, d.headers, d.problem
        FROM deliveries AS d JOIN events AS e ON e.delivery = d.id
        WHERE e.id = ?
        """

    static let eventsOfDelivery = """
        SELECT id, kind, action, repository, subject, event FROM events WHERE delivery = ? ORDER BY ordinal
        """
}
