/// All SQL that moves dispatches within their lanes.
enum LaneSQL {
    /// What names a lane in `subject` order; null for a dispatch that is a lane of its own.
    ///
    /// No part can hold a line feed, so that lanes cannot be confused.
    static let laneOfSubject = """
        CASE WHEN subject IS NULL THEN NULL
            ELSE source || char(10) || coalesce(repository, '') || char(10) || subject END
        """

    /// The same in `repository` order.
    static let laneOfRepository = """
        CASE WHEN repository IS NULL THEN NULL ELSE source || char(10) || repository END
        """

    /// What ready dispatches take turns by.
    static let turn = "source || char(10) || coalesce(repository, '')"

    /// Whether one of a lane stands in a place: a search of its own, as SQLite makes a table of the numbers
    /// of each `IN`.
    private static func isAny(in place: LanePlace) -> String {
        """
        EXISTS (
            SELECT 1 FROM dispatches INDEXED BY dispatches_open
            WHERE listener = ?1 AND place = \(place.rawValue) AND lane = ?2
        )
        """
    }

    /// The lowest place that a lane's open dispatches have; null if there is none.
    static let foremostPlace: String = {
        let cases = LanePlace.allCases.map { "WHEN \(isAny(in: $0)) THEN \($0.rawValue)" }
        return "SELECT CASE \(cases.joined(separator: " ")) END"
    }()

    static let isLaneReleased = """
        SELECT \(isAny(in: .waiting)) OR \(isAny(in: .overtaken)) OR coalesce((
            SELECT held_until IS NOT NULL FROM dispatches INDEXED BY dispatches_open
            WHERE listener = ?1 AND lane = ?2 AND place = 2 ORDER BY position LIMIT 1
        ), 0)
        """

    static let giveTurn = """
        UPDATE dispatches SET place = 1, turn = \(turn)
        WHERE listener = ?1
            AND event = (
                SELECT event FROM dispatches INDEXED BY dispatches_open
                WHERE listener = ?1 AND lane = ?2 AND place = 2 ORDER BY position, event LIMIT 1
            )
            AND NOT \(isAny(in: .running)) AND NOT \(isAny(in: .ready)) AND NOT \(isAny(in: .holding))
        RETURNING position
        """

    /// Those that wait are overtaken by the one at a position.
    static let markOvertaken = """
        UPDATE dispatches SET place = 5, out_of_order = 1
        WHERE listener = ? AND lane = ? AND place = 4 AND position < ?
        """

    static let findWoken = """
        SELECT event, lane, next_attempt_at FROM dispatches INDEXED BY dispatches_waiting
        WHERE listener = ? AND wake_at <= ? ORDER BY wake_at LIMIT ?
        """

    static let nextWake = """
        SELECT min(wake_at) FROM dispatches INDEXED BY dispatches_waiting
        WHERE listener = ? AND wake_at IS NOT NULL
        """

    static let makeReady = """
        UPDATE dispatches SET place = 1, turn = \(turn), wake_at = NULL WHERE event = ? AND listener = ?
        """

    static let makeBehind = """
        UPDATE dispatches SET place = 2, turn = NULL, wake_at = NULL WHERE event = ? AND listener = ?
        """

    /// Its hold is over; what it waits for is its next attempt alone.
    static let endHold = """
        UPDATE dispatches SET place = 4, wake_at = next_attempt_at WHERE event = ? AND listener = ?
        """

    /// The next ready one behind a turn.
    static let findReady = """
        SELECT event, turn FROM dispatches INDEXED BY dispatches_ready
        WHERE listener = ? AND turn > ? ORDER BY turn, position LIMIT 1
        """

    static let findLane = "SELECT lane, held_until FROM dispatches WHERE event = ? AND listener = ?"

    /// What the event says now: it may have been typed again since the dispatch was made.
    static let takeEventsColumns = """
        UPDATE dispatches
        SET (repository, subject) = (SELECT e.repository, e.subject FROM events AS e WHERE e.id = ?1)
        WHERE event = ?1 AND listener = ?2
        """

    static let enqueue = """
        UPDATE dispatches SET state = 'pending', position = ?3, place = 2, turn = NULL, wake_at = NULL,
            held_until = NULL, next_attempt_at = ?4, attempts_before = attempts, finished_at = NULL,
            error = NULL, reason = NULL, crashes = 0, out_of_order = ?5,
            lane = CASE ?6 WHEN 'subject' THEN \(laneOfSubject)
                WHEN 'repository' THEN \(laneOfRepository) END
        WHERE event = ?1 AND listener = ?2
        RETURNING lane
        """

    static let leaveLane = """
        UPDATE dispatches SET lane = NULL, place = NULL, turn = NULL, wake_at = NULL
        WHERE event = ? AND listener = ?
        """

    /// The last position that was given to a dispatch that was queued again.
    static let lastPosition = "SELECT CAST(value AS INTEGER) FROM outbox WHERE key = 'position'"

    static let storePosition = """
        INSERT INTO outbox (key, value) VALUES ('position', CAST(? AS TEXT))
        ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """

    /// Gives a listener's open dispatches within some events the lane of another ordering; nobody has a turn
    /// then.
    ///
    /// The signs before columns keep SQLite to the range of events.
    static let assignLanes = """
        UPDATE dispatches SET turn = NULL, lane = \(assignedLane),
            place = CASE WHEN state = 'running' THEN 0 WHEN next_attempt_at <= ?3 THEN 2
                WHEN held_until > ?3 AND \(assignedLane) IS NOT NULL THEN 3 ELSE 4 END,
            wake_at = CASE WHEN state = 'running' OR next_attempt_at <= ?3 THEN NULL
                WHEN held_until > ?3 AND \(assignedLane) IS NOT NULL THEN min(next_attempt_at, held_until)
                ELSE next_attempt_at END
        WHERE event BETWEEN ?4 AND ?5 AND +listener = ?1 AND +place IS NOT NULL
        """

    static let firstEventBehind = "SELECT min(id) FROM events WHERE id > ?"

    private static let assignedLane = """
        CASE ?2 WHEN 'subject' THEN \(laneOfSubject) WHEN 'repository' THEN \(laneOfRepository) END
        """

    /// Gives the turn to some of those that are a lane of their own.
    static let startOwnLanes = """
        UPDATE dispatches SET place = 1, turn = \(turn)
        WHERE listener = ?1 AND event IN (
            SELECT event FROM dispatches INDEXED BY dispatches_open
            WHERE listener = ?1 AND lane IS NULL AND place = 2 LIMIT ?2
        )
        """

    /// A listener whose lanes are made anew, and how far that is: `assigning`, then `starting`.
    static let setLaneChange = """
        INSERT INTO outbox (key, value) VALUES ('lanes ' || ?1, ?2)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """

    static let endLaneChange = "DELETE FROM outbox WHERE key = 'lanes ' || ?"

    static let laneChanges = """
        SELECT substr(key, 7) AS listener, value FROM outbox WHERE key LIKE 'lanes %'
        """

    static let lanesBehind = """
        SELECT DISTINCT lane FROM dispatches INDEXED BY dispatches_open
        WHERE listener = ? AND lane > ? AND place = 2 ORDER BY lane LIMIT ?
        """
}
