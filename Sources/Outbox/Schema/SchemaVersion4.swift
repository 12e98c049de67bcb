/// The fourth schema: outcomes are fenced, listeners are held, ids of copies differ.
///
/// - `dispatches.claim` counts the claims of a dispatch. Every claim raises it and nothing lowers it, as
///   interruptions do with `attempts`; an outcome is recorded only under the claim that it ran under.
/// - `listeners.held_until` is when a listener gets work again whose endpoint asked for time; it may be past.
/// - `plain_ids_until` is the newest event whose dispatches keep the `webhook-id` of earlier versions, which
///   had nothing of the delivery in it; 0 in a file that began with this version.
let schemaVersion4 = """
    ALTER TABLE dispatches ADD COLUMN claim INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE listeners ADD COLUMN held_until INTEGER;

    INSERT INTO outbox (key, value)
    SELECT 'plain_ids_until', CAST(coalesce(max(id), 0) AS TEXT) FROM events;

    DROP VIEW listener_status;
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
        l.pause_reason AS pause_reason,
        strftime(
            '%Y-%m-%dT%H:%M:%fZ',
            CASE WHEN l.held_until / 1000 >= CAST(strftime('%s', 'now') AS INTEGER)
                THEN l.held_until / 1000.0 END,
            'unixepoch'
        ) AS held_until
    FROM (
        SELECT name AS listener FROM listeners
        UNION SELECT listener FROM dispatches WHERE place IS NOT NULL
        UNION SELECT listener FROM dispatches WHERE state = 'dead'
    ) AS n LEFT JOIN listeners AS l ON l.name = n.listener
    ORDER BY n.listener;
    """
