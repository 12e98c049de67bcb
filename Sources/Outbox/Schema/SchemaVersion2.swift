/// The second schema: lanes, pauses, redrives.
///
/// What decides which dispatch runs next is kept in the rows, so that a claim costs the same whatever waits:
///
/// - `place` is where an open dispatch stands, see `LanePlace`; null once it is finished. At most one of a
///   lane is running or ready.
/// - `turn` names the repository while a dispatch is ready: claims go round robin over it.
/// - `wake_at` is when a dispatch that waits for its time has to be looked at again.
/// - `position` is the order within the lane; a dispatch that is queued again joins the end.
/// - `attempts_before` are the attempts that do not count against the limit any more.
///
/// The partial indexes hold open dispatches only, so that finished rows cost them nothing.
let schemaVersion2 = """
    ALTER TABLE dispatches ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE dispatches ADD COLUMN lane TEXT;
    ALTER TABLE dispatches ADD COLUMN place INTEGER CHECK (place BETWEEN 0 AND 5);
    ALTER TABLE dispatches ADD COLUMN turn TEXT;
    ALTER TABLE dispatches ADD COLUMN wake_at INTEGER;
    ALTER TABLE dispatches ADD COLUMN held_until INTEGER;
    ALTER TABLE dispatches ADD COLUMN out_of_order INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE dispatches ADD COLUMN attempts_before INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE dispatches ADD COLUMN suspect INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE dispatches ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE dispatches ADD COLUMN adopted_from TEXT;

    ALTER TABLE listeners ADD COLUMN target TEXT NOT NULL DEFAULT 'swift'
        CHECK (target IN ('swift', 'command', 'endpoint'));
    ALTER TABLE listeners ADD COLUMN ordering TEXT NOT NULL DEFAULT 'none'
        CHECK (ordering IN ('subject', 'repository', 'none'));
    ALTER TABLE listeners ADD COLUMN paused_by TEXT CHECK (paused_by IN ('operator', 'breaker', 'endpoint'));
    ALTER TABLE listeners ADD COLUMN paused_at INTEGER;
    ALTER TABLE listeners ADD COLUMN pause_reason TEXT;

    DROP VIEW pending_dispatches;
    DROP VIEW listener_status;
    DROP INDEX dispatches_due;

    -- Each a lane of its own, as it was; lanes are made when a listener with an ordering is registered.
    UPDATE dispatches SET position = event << 20;
    UPDATE dispatches SET place = 0 WHERE state = 'running';
    UPDATE dispatches SET place = 4, wake_at = next_attempt_at WHERE state = 'pending';

    CREATE INDEX dispatches_open ON dispatches (listener, lane, place, position) WHERE place IS NOT NULL;
    CREATE INDEX dispatches_ready ON dispatches (listener, turn, position) WHERE turn IS NOT NULL;
    CREATE INDEX dispatches_waiting ON dispatches (listener, wake_at) WHERE wake_at IS NOT NULL;

    -- What is past its age is found without reading the rest; it only ever grows at its end.
    CREATE INDEX deliveries_received ON deliveries (received_at);

    CREATE VIEW pending_dispatches AS
    SELECT
        x.event AS event,
        x.listener AS listener,
        x.state AS state,
        x.attempts AS attempts,
        strftime('%Y-%m-%dT%H:%M:%fZ', x.next_attempt_at / 1000.0, 'unixepoch') AS next_attempt_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', e.received_at / 1000.0, 'unixepoch') AS received_at,
        e.kind || coalesce('.' || e.action, '') AS what,
        x.repository AS repository,
        x.subject AS subject,
        x.error AS error,
        CASE x.place
            WHEN 0 THEN 'runs'
            WHEN 1 THEN 'is ready'
            WHEN 2 THEN 'waits for what came before it in its lane'
            WHEN 3 THEN 'waits for its next attempt and holds its lane'
            ELSE 'waits for its next attempt'
        END AS why
    FROM dispatches AS x INDEXED BY dispatches_open JOIN events AS e ON e.id = x.event
    WHERE x.place IS NOT NULL
    ORDER BY x.event, x.listener;

    CREATE VIEW listener_status AS
    SELECT
        n.listener AS listener,
        coalesce(l.state, 'active') AS state,
        coalesce(l.registered, 0) AS registered,
        coalesce(l.kinds, '') AS kinds,
        (SELECT count(*) FROM dispatches AS x WHERE x.listener = n.listener AND x.place > 0) AS pending,
        (SELECT count(*) FROM dispatches AS x WHERE x.listener = n.listener AND x.place = 0) AS running,
        (SELECT count(*) FROM dispatches AS x WHERE x.listener = n.listener AND x.state = 'dead') AS dead,
        (
            SELECT strftime('%Y-%m-%dT%H:%M:%fZ', e.received_at / 1000.0, 'unixepoch') FROM events AS e
            WHERE e.id = (
                SELECT min(event) FROM dispatches AS x INDEXED BY dispatches_open
                WHERE x.listener = n.listener AND x.place IS NOT NULL
            )
        ) AS oldest_pending_at,
        l.paused_by AS paused_by,
        strftime('%Y-%m-%dT%H:%M:%fZ', l.paused_at / 1000.0, 'unixepoch') AS paused_at,
        l.pause_reason AS pause_reason
    FROM (
        SELECT name AS listener FROM listeners
        UNION SELECT listener FROM dispatches WHERE place IS NOT NULL
        UNION SELECT listener FROM dispatches WHERE state = 'dead'
    ) AS n LEFT JOIN listeners AS l ON l.name = n.listener
    ORDER BY n.listener;
    """
