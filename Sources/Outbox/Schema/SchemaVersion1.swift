/// The first schema.
///
/// - The payload is the last column of `deliveries`, so that reading the others does not walk its pages.
/// - `dispatches` carries the columns that lanes are made from, so that claiming needs no join.
/// - The partial indexes hold only what is due, running or dead: finished rows cost them nothing.
/// - Ids are AUTOINCREMENT: an id is never used again, also after pruning.
let schemaVersion1 = """
    CREATE TABLE outbox (
        key TEXT PRIMARY KEY NOT NULL,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- Part of webhook-id, which has to be unique across outboxes.
    INSERT INTO outbox (key, value) VALUES ('id', lower(hex(randomblob(16))));

    CREATE TABLE deliveries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        source TEXT NOT NULL,
        provider TEXT NOT NULL,
        delivery_id TEXT NOT NULL,
        event_name TEXT,
        received_at INTEGER NOT NULL,
        headers TEXT NOT NULL,
        verified_by TEXT NOT NULL,
        problem TEXT,
        payload_bytes INTEGER NOT NULL,
        payload BLOB NOT NULL,
        UNIQUE (source, delivery_id)
    ) STRICT;

    CREATE TABLE events (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        delivery INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        kind TEXT NOT NULL,
        action TEXT,
        repository TEXT,
        subject TEXT,
        schema INTEGER NOT NULL,
        received_at INTEGER NOT NULL,
        event TEXT NOT NULL,
        UNIQUE (delivery, ordinal)
    ) STRICT;

    CREATE TABLE dispatches (
        event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
        listener TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'pending'
            CHECK (state IN ('pending', 'running', 'delivered', 'dead', 'discarded')),
        attempts INTEGER NOT NULL DEFAULT 0,
        next_attempt_at INTEGER NOT NULL,
        started_at INTEGER,
        finished_at INTEGER,
        error TEXT,
        reason TEXT CHECK (reason IN ('exhausted', 'permanent', 'crashed')),
        source TEXT NOT NULL,
        repository TEXT,
        subject TEXT,
        PRIMARY KEY (event, listener)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX dispatches_due ON dispatches (listener, next_attempt_at, event) WHERE state = 'pending';
    CREATE INDEX dispatches_running ON dispatches (listener, event) WHERE state = 'running';
    CREATE INDEX dispatches_dead ON dispatches (listener, event) WHERE state = 'dead';

    CREATE TABLE attempts (
        id INTEGER PRIMARY KEY,
        event INTEGER NOT NULL,
        listener TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        duration_ms INTEGER NOT NULL,
        outcome TEXT NOT NULL
            CHECK (outcome IN ('delivered', 'failed', 'permanent', 'timed_out', 'crashed', 'interrupted')),
        error TEXT,
        FOREIGN KEY (event, listener) REFERENCES dispatches (event, listener) ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX attempts_of_dispatch ON attempts (event, listener);

    CREATE TABLE listeners (
        name TEXT PRIMARY KEY NOT NULL,
        kinds TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused')),
        registered INTEGER NOT NULL DEFAULT 1 CHECK (registered IN (0, 1))
    ) STRICT, WITHOUT ROWID;

    CREATE VIEW recent_events AS
    SELECT
        e.id AS id,
        strftime('%Y-%m-%dT%H:%M:%fZ', e.received_at / 1000.0, 'unixepoch') AS received_at,
        d.source AS source,
        e.kind || coalesce('.' || e.action, '') AS what,
        e.repository AS repository,
        e.subject AS subject,
        json_extract(e.event, '$.actor.username') AS actor,
        coalesce(
            json_extract(e.event, '$.pullRequest.title'), json_extract(e.event, '$.checkRun.name'),
            json_extract(e.event, '$.checkSuite.app'), substr(json_extract(e.event, '$.comment.body'), 1, 80),
            substr(json_extract(e.event, '$.push.headMessage'), 1, 80), d.event_name
        ) AS summary,
        (
            SELECT group_concat(x.listener || ' ' || x.state, ', ') FROM dispatches AS x WHERE x.event = e.id
        ) AS dispatches,
        d.problem AS problem
    FROM events AS e JOIN deliveries AS d ON d.id = e.delivery
    ORDER BY e.id DESC;

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
        x.error AS error
    FROM (
        SELECT * FROM dispatches WHERE state = 'pending'
        UNION ALL SELECT * FROM dispatches WHERE state = 'running'
    ) AS x JOIN events AS e ON e.id = x.event
    ORDER BY x.event, x.listener;

    CREATE VIEW dead_letters AS
    SELECT
        x.event AS event,
        x.listener AS listener,
        x.reason AS reason,
        x.error AS error,
        x.attempts AS attempts,
        strftime('%Y-%m-%dT%H:%M:%fZ', x.finished_at / 1000.0, 'unixepoch') AS finished_at,
        e.kind || coalesce('.' || e.action, '') AS what,
        x.repository AS repository,
        x.subject AS subject
    FROM dispatches AS x JOIN events AS e ON e.id = x.event
    WHERE x.state = 'dead'
    ORDER BY x.finished_at DESC;

    CREATE VIEW listener_status AS
    SELECT
        n.listener AS listener,
        coalesce(l.state, 'active') AS state,
        coalesce(l.registered, 0) AS registered,
        coalesce(l.kinds, '') AS kinds,
        (SELECT count(*) FROM dispatches AS x WHERE x.listener = n.listener AND state = 'pending') AS pending,
        (SELECT count(*) FROM dispatches AS x WHERE x.listener = n.listener AND state = 'running') AS running,
        (SELECT count(*) FROM dispatches AS x WHERE x.listener = n.listener AND state = 'dead') AS dead,
        (
            SELECT strftime('%Y-%m-%dT%H:%M:%fZ', e.received_at / 1000.0, 'unixepoch') FROM events AS e
            WHERE e.id = (
                SELECT min(oldest.event) FROM (
                    SELECT min(event) AS event FROM dispatches
                    WHERE listener = n.listener AND state = 'pending'
                    UNION ALL
                    SELECT min(event) FROM dispatches WHERE listener = n.listener AND state = 'running'
                ) AS oldest
            )
        ) AS oldest_pending_at
    FROM (
        SELECT name AS listener FROM listeners
        UNION SELECT listener FROM dispatches WHERE state = 'pending'
        UNION SELECT listener FROM dispatches WHERE state = 'dead'
    ) AS n LEFT JOIN listeners AS l ON l.name = n.listener
    ORDER BY n.listener;

    -- For the sqlite3 shell, which has sqlar_uncompress: it gives back as it is what was stored as it is.
    CREATE VIEW payloads AS
    SELECT id AS delivery, CAST(sqlar_uncompress(payload, payload_bytes) AS TEXT) AS payload FROM deliveries;
    """
