import Events

extension WriterContext {
    /// Dispatches that one claim wakes at most: bounds its transaction.
    private static let wakesMax = 256

    /// Gives a lane's turn to its first dispatch that could run, if nobody has it and nobody holds the lane.
    ///
    /// - Returns: Whether one is ready now.
    @discardableResult
    func advance(listener: String, lane: String) throws -> Bool {
        let known = LaneMemory.Lane(listener: listener, name: lane)
        lanes.forget(known)
        // Some of the lane may still be in its former one.
        guard !isAssigningLanes(of: listener) else { return false }
        let position = try statements.giveTurn.first(listener, lane) { $0.integer(0) }
        guard let position else { return false }
        try statements.markOvertaken.run(listener, lane, position)
        lanes.set(known, .shared)
        lanes.noteReady(listener)
        return true
    }

    /// Has a lane go on behind a dispatch that had it and is finished.
    func goOn(listener: String, lane: String) throws {
        if lanes.release(LaneMemory.Lane(listener: listener, name: lane)) {
            try advance(listener: listener, lane: lane)
        }
    }

    /// Gives a dispatch that was cut off, and now is behind, the turn again, if its lane allows.
    func resumeLane(_ lane: String?, event: Int64, listener: String) throws {
        if let lane {
            try advance(listener: listener, lane: lane)
        } else {
            try makeReady(event: event, listener: listener)
        }
    }

    /// Has a dispatch that is a lane of its own be claimed.
    private func makeReady(event: Int64, listener: String) throws {
        try statements.makeReady.run(event, listener)
        lanes.noteReady(listener)
    }

    /// Wakes what has waited long enough.
    ///
    /// - Returns: Whether all of it was woken, rather than as many as one transaction may.
    func wake(listener: String, now: Timestamp) throws -> Bool {
        let woken = try statements.findWoken.all(listener, now, Self.wakesMax) { row in
            (event: row.integer(0), lane: row.optionalText(1), isDue: row.integer(2) <= now.milliseconds)
        }
        if !woken.isEmpty { lanes.noteWait(listener) }
        for (event, lane, isDue) in woken {
            guard let lane else {
                try makeReady(event: event, listener: listener)
                continue
            }
            try (isDue ? statements.makeBehind : statements.endHold).run(event, listener)
            try advance(listener: listener, lane: lane)
        }
        return woken.count < Self.wakesMax
    }

    /// Has a dispatch wait after a failure, and lets its lane go on if it does not hold it.
    ///
    /// - Parameters:
    ///   - record: How its attempt ended.
    ///   - time: When the next one is due.
    ///   - noteEnd: Called behind the change; says whether there was one, else the lane stays as it is.
    /// - Returns: What `noteEnd` said.
    /// - Throws: What SQLite says.
    func delay(_ record: AttemptRecord, until time: Timestamp, noteEnd: () throws -> Bool) throws -> Bool {
        let stored = try statements.findLane.first(record.event, record.listener) { row in
            (row.optionalText(0), row.optionalInteger(1))
        }
        let (lane, heldUntil) = stored ?? (nil, nil)
        let isReleased = try lane.flatMap {
            try statements.isLaneReleased.first(record.listener, $0) { $0.integer(0) != 0 }
        }
        let delay = LaneDelay(
            nextAttemptAt: time.milliseconds,
            heldUntil: heldUntil,
            hold: record.hold.milliseconds,
            isLaneReleased: isReleased ?? false,
            hasLane: lane != nil,
            now: record.finishedAt.milliseconds
        )
        try statements.markWaiting.run(
            time,
            record.error,
            delay.place.rawValue,
            delay.wakeAt,
            delay.heldUntil,
            record.isCrashInIsolation ? 1 : 0,
            record.event,
            record.listener,
            record.claim
        )
        guard try noteEnd() else { return false }
        lanes.noteWait(record.listener)
        if let lane { try advance(listener: record.listener, lane: lane) }
        return true
    }

    /// Puts a dispatch that exists and is finished at the end of its lane, with all its attempts again.
    ///
    /// - Parameters:
    ///   - event: The dispatch's event.
    ///   - listener: The dispatch's listener.
    ///   - position: From `nextPosition()`.
    ///   - outOfOrder: Whether something that came later has run or will run before it.
    /// - Throws: What SQLite says.
    func enqueue(event: Int64, listener: String, at position: Int64, outOfOrder: Bool) throws {
        try statements.takeEventsColumns.run(event, listener)
        let enqueued = try statements.enqueue.first(
            event,
            listener,
            position,
            clock.now(),
            outOfOrder ? 1 : 0,
            ordering(of: listener).rawValue
        ) { $0.optionalText(0) }
        guard let lane = enqueued else { return }
        try resumeLane(lane, event: event, listener: listener)
    }

    /// A position behind every dispatch that there is, and before those of deliveries to come.
    func nextPosition() throws -> Int64 {
        let stored = try statements.lastPosition.first { $0.integer(0) } ?? 0
        let position = max(stored, lastPositionOfEvents) + 1
        try statements.storePosition.run(position)
        return position
    }

    /// The lane of an open dispatch; nil if it is one of its own.
    func lane(ofEvent event: Int64, listener: String) throws -> String? {
        try statements.findLane.first(event, listener) { $0.optionalText(0) } ?? nil
    }

    /// Takes a dispatch that does not run out of its lane, which goes on without it.
    func leaveLane(event: Int64, listener: String) throws {
        let lane = try lane(ofEvent: event, listener: listener)
        try statements.leaveLane.run(event, listener)
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
