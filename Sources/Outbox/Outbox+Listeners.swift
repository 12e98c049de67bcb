package import Events
import GRDB

/// A listener as the outbox keeps it.
package struct ListenerRecord: Sendable {
    package var name: String
    /// The kinds of event that it takes.
    package var kinds: [EventKind]
    package var target: ListenerTarget
    /// What makes its lanes.
    package var ordering: LaneOrdering
    /// The longest wait of its dispatches, and of a hold; nil where that is not known.
    ///
    /// The file has it not.
    package var longestWait: Duration?

    package init(
        name: String,
        kinds: [EventKind],
        target: ListenerTarget,
        ordering: LaneOrdering,
        longestWait: Duration? = nil
    ) {
        self.longestWait = longestWait
        self.name = name
        self.kinds = kinds
        self.target = target
        self.ordering = ordering
    }
}

extension Outbox {
    /// Records which listeners there are now; those that are gone stay, marked as not registered.
    ///
    /// The lanes of a listener whose ordering changed are made anew, in steps between which deliveries are
    /// taken; until that is done, nothing is claimed for it. What waits for longer than it may, because the
    /// clock was wrong when it began to, does not from now on.
    ///
    /// - Parameters:
    ///   - listeners: All there are.
    ///   - step: Dispatches that one step changes.
    /// - Returns: Those that are paused, by their names.
    /// - Throws: `OutboxError` if that cannot be committed; lanes that are not finished are made anew the
    ///   next time.
    package func register(
        _ listeners: [ListenerRecord],
        step: Int64 = Outbox.laneStepMax
    ) async throws(OutboxError) -> [String: ListenerPause] {
        let changed = try await submit { try $0.register(listeners) }
        for name in changed { try await makeLanes(of: name, step: step) }
        return try await pauses()
    }

    /// The listeners that are paused, by their names.
    ///
    /// - Throws: `OutboxError` if that cannot be read.
    package func pauses() async throws(OutboxError) -> [String: ListenerPause] {
        try await submit { try $0.pauses() }
    }

    /// Keeps that a listener is paused, unless somebody has paused it whose word counts more: an operator's
    /// counts more than an endpoint's, and that more than the breaker's.
    ///
    /// - Throws: `OutboxError` if that cannot be committed.
    package func pause(listener: String, _ pause: ListenerPause) async throws(OutboxError) {
        try await submit { context in
            try context.database.execute(
                sql: SQL.pauseListener,
                arguments: [listener, pause.origin.rawValue, pause.since.milliseconds, pause.reason]
            )
        }
    }

    /// Until when listeners get no work, as their endpoints asked for time; some of it may be past.
    ///
    /// - Throws: `OutboxError` if that cannot be read.
    package func holds() async throws(OutboxError) -> [String: Timestamp] {
        try await submit(isSynced: false, keepsLanes: true) { context in
            let rows = try Row.fetchAll(context.database, sql: SQL.holds)
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], Timestamp(milliseconds: $0[1])) })
        }
    }

    /// Keeps until when a listener gets no work; a listener that the outbox does not know has no hold.
    ///
    /// Not synced, as the outcome of the attempt is not that it comes from.
    ///
    /// - Throws: `OutboxError` if that cannot be committed.
    package func hold(listener: String, until time: Timestamp) async throws(OutboxError) {
        try await submit(isSynced: false, keepsLanes: true) { context in
            try context.database.execute(
                sql: SQL.holdListener,
                arguments: [listener, time.milliseconds]
            )
        }
    }

    /// Keeps that a listener is not paused any more; where anyone's pause may be ended, its hold ends, too.
    ///
    /// - Parameters:
    ///   - listener: Its name.
    ///   - origin: Whose pause alone may be ended; nil for anyone's.
    /// - Throws: `OutboxError` if that cannot be committed.
    package func resume(listener: String, pausedBy origin: PauseOrigin? = nil) async throws(OutboxError) {
        try await submit { context in
            try context.database.execute(
                sql: SQL.resumeListener,
                arguments: [listener, origin?.rawValue]
            )
        }
    }
}

extension WriterContext {
    /// Returns those whose lanes have to be made anew.
    fileprivate func register(_ listeners: [ListenerRecord]) throws -> [String] {
        let known = Set(try String.fetchAll(database, sql: "SELECT name FROM listeners"))
        let unfinished = Set(try Row.fetchAll(database, sql: LaneSQL.laneChanges).map { $0[0] as String })
        let changed = listeners.filter { listener in
            // Without a record, dispatches got the lanes of the default.
            let before = known.contains(listener.name) ? ordering(of: listener.name) : .subject
            return before != listener.ordering || unfinished.contains(listener.name)
        }
        try database.execute(sql: SQL.unregisterListeners)
        for listener in listeners {
            let kinds = listener.kinds.map(\.rawValue).sorted().joined(separator: " ")
            try database.execute(
                sql: SQL.registerListener,
                arguments: [listener.name, kinds, listener.target.rawValue, listener.ordering.rawValue]
            )
        }
        for listener in changed { try setLaneChange(.assigning, of: listener.name) }
        longestWaits = Dictionary(
            listeners.compactMap { listener in listener.longestWait.map { (listener.name, $0) } },
            uniquingKeysWith: { $1 }
        )
        try limitWaits()
        // Now, so that the next delivery goes by it; if the transaction fails, it is read again.
        try reload()
        return changed.map(\.name)
    }

    fileprivate func pauses() throws -> [String: ListenerPause] {
        let rows = try Row.fetchAll(database, sql: SQL.pauses)
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (
                    row[0],
                    ListenerPause(
                        origin: (row[1] as String?).flatMap(PauseOrigin.init) ?? .operator,
                        since: Timestamp(milliseconds: row[2] ?? 0),
                        reason: row[3]
                    )
                )
            }
        )
    }
}
