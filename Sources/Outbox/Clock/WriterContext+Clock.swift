import Events
import GRDB

extension WriterContext {
    /// Moves what is waited for by as much as the clock was set, so that it comes when it would have come.
    ///
    /// - Throws: What SQLite says.
    func follow(_ step: Duration) throws {
        let milliseconds = step.milliseconds
        try database.execute(sql: ClockSQL.shiftDispatches, arguments: [milliseconds])
        try database.execute(sql: ClockSQL.shiftHolds, arguments: [milliseconds])
        try limitWaits()
        lanes.forgetAll()
        for listener in longestWaits.keys { handOver.noteReady(listener) }
    }

    /// Has nothing wait for longer from now on than its listener's policy allows, whatever the clock was when
    /// it began to wait.
    ///
    /// - Throws: What SQLite says.
    func limitWaits() throws {
        let now = clock.now()
        for (listener, longest) in longestWaits {
            let end = now.advanced(by: longest).milliseconds
            try database.execute(sql: ClockSQL.limitDispatches, arguments: [listener, end])
            try database.execute(sql: ClockSQL.limitHold, arguments: [listener, end])
        }
    }
}

/// The statements for times that are to come.
enum ClockSQL {
    /// All that waits, whosever it is.
    static let shiftDispatches = """
        UPDATE dispatches SET next_attempt_at = next_attempt_at + ?1, wake_at = wake_at + ?1,
            held_until = held_until + ?1
        WHERE wake_at IS NOT NULL
        """

    static let shiftHolds = "UPDATE listeners SET held_until = held_until + ?1 WHERE held_until IS NOT NULL"

    static let limitDispatches = """
        UPDATE dispatches SET next_attempt_at = ?2, wake_at = min(wake_at, ?2)
        WHERE listener = ?1 AND wake_at IS NOT NULL AND next_attempt_at > ?2
        """

    static let limitHold = "UPDATE listeners SET held_until = ?2 WHERE name = ?1 AND held_until > ?2"
}
