import Events
import GRDB

extension WriterContext {
    /// Dispatches that one claim wakes at most: bounds its transaction.
    private static let wakesMax = 256

    /// Gives a lane's turn to its first dispatch that could run, if nobody has it and nobody holds the lane.
    func advance(listener: String, lane: String) throws {
        // Some of the lane may still be in its former one.
        guard !isAssigningLanes(of: listener) else { return }
        let row = try Row.fetchOne(statements.giveTurn, arguments: [listener, lane])
        guard let position = row?[0] as Int64? else { return }
        try statements.markOvertaken.execute(arguments: [listener, lane, position])
    }

    /// Gives a dispatch that was cut off, and now is behind, the turn again, if its lane allows.
    func resumeLane(_ lane: String?, event: Int64, listener: String) throws {
        if let lane {
            try advance(listener: listener, lane: lane)
        } else {
            try statements.makeReady.execute(arguments: [event, listener])
        }
    }

    /// Wakes what has waited long enough.
    ///
    /// - Returns: Whether all of it was woken, rather than as many as one transaction may.
    func wake(listener: String, now: Timestamp) throws -> Bool {
        let rows = try Row.fetchAll(
            statements.findWoken,
            arguments: [listener, now.milliseconds, Self.wakesMax]
        )
        for row in rows {
            let event: Int64 = row[0]
            guard let lane = row[1] as String? else {
                try statements.makeReady.execute(arguments: [event, listener])
                continue
            }
            let isDue = (row[2] as Int64) <= now.milliseconds
            try (isDue ? statements.makeBehind : statements.endHold).execute(arguments: [event, listener])
            try advance(listener: listener, lane: lane)
        }
        return rows.count < Self.wakesMax
    }

    /// Has a dispatch wait after a failure, and lets its lane go on if it does not hold it.
    func delay(_ record: AttemptRecord, until time: Timestamp) throws {
        let key: StatementArguments = [record.event, record.listener]
        let row = try Row.fetchOne(statements.findLane, arguments: key)
        let lane = row?[0] as String?
        let isReleased = try lane.map {
            try Bool.fetchOne(statements.isLaneReleased, arguments: [record.listener, $0]) ?? false
        }
        let delay = LaneDelay(
            nextAttemptAt: time.milliseconds,
            heldUntil: row?[1],
            hold: record.hold.milliseconds,
            isLaneReleased: isReleased ?? false,
            hasLane: lane != nil,
            now: record.finishedAt.milliseconds
        )
        try statements.markWaiting.execute(arguments: [
            time.milliseconds, record.error, delay.place.rawValue, delay.wakeAt, delay.heldUntil,
            record.isCrashInIsolation ? 1 : 0, record.event, record.listener,
        ])
        if let lane { try advance(listener: record.listener, lane: lane) }
    }

    /// Puts a dispatch that exists and is finished at the end of its lane, with all its attempts again.
    ///
    /// - Parameters:
    ///   - event: The dispatch's event.
    ///   - listener: The dispatch's listener.
    ///   - position: From `nextPosition()`.
    ///   - now: From when on it may run.
    ///   - outOfOrder: Whether something that came later has run or will run before it.
    /// - Throws: What SQLite says.
    func enqueue(event: Int64, listener: String, at position: Int64, now: Timestamp, outOfOrder: Bool) throws
    {
        try statements.takeEventsColumns.execute(arguments: [event, listener])
        let row = try Row.fetchOne(
            statements.enqueue,
            arguments: [
                event, listener, position, now.milliseconds, outOfOrder, ordering(of: listener).rawValue,
            ]
        )
        guard let row else { return }
        try resumeLane(row[0], event: event, listener: listener)
    }

    /// A position behind every dispatch that there is, and before those of deliveries to come.
    func nextPosition() throws -> Int64 {
        let stored = try Int64.fetchOne(statements.lastPosition) ?? 0
        let position = max(stored, lastPositionOfEvents) + 1
        try statements.storePosition.execute(arguments: [position])
        return position
    }

    /// Takes a dispatch that does not run out of its lane, which goes on without it.
    func leaveLane(event: Int64, listener: String) throws {
        let lane = try String.fetchOne(statements.findLane, arguments: [event, listener])
        try statements.leaveLane.execute(arguments: [event, listener])
        if let lane { try advance(listener: listener, lane: lane) }
    }
}

extension LaneOrdering {
    /// The lane of a dispatch, as `LaneSQL.laneOfSubject` and `laneOfRepository` name it.
    func lane(source: String, repository: String?, subject: String?) -> String? {
        switch self {
        case .subject: subject.map { "\(source)\n\(repository ?? "")\n\($0)" }
        case .repository: repository.map { "\(source)\n\($0)" }
        case .none: nil
        }
    }
}

extension Duration {
    /// The whole milliseconds.
    var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
