package import Events
import GRDB

extension Outbox {
    /// Records attempts of a listener that have ended and moves their dispatches on, then marks others as
    /// running and counts their attempts, before they run.
    ///
    /// Never two of a lane. Repositories take turns: each gives its first before one gives its second.
    ///
    /// An attempt is recorded only if its dispatch runs under the claim that it ran under; otherwise nothing
    /// of it is written and no lane moves, and the claim tells of it.
    ///
    /// Not synced: after a power cut the latest attempts may be forgotten, and their listeners run again.
    /// What is committed outlives the process in any case.
    ///
    /// - Parameters:
    ///   - records: How the attempts ended.
    ///   - listener: Whose attempts they are.
    ///   - limit: How many to claim at most; 0 wakes and claims none.
    /// - Returns: What was claimed, and what is left.
    /// - Throws: `OutboxError` if that cannot be committed; then nothing was recorded and nothing claimed.
    package func settle(
        _ records: [AttemptRecord],
        listener: String,
        claimingUpTo limit: Int
    ) async throws(OutboxError) -> Claim {
        try await submit(isSynced: false, keepsLanes: true) { context in
            var outdated: [AttemptRecord] = []
            for record in records {
                let isRecorded = try context.record(record)
                if !isRecorded { outdated.append(record) }
            }
            var claim = try context.claim(listener: listener, limit: limit)
            claim.outdated = outdated
            return claim
        }
    }
}

extension WriterContext {
    /// When a claim is to be tried again that came while lanes are made anew.
    private static let laneChangeWait = Duration.milliseconds(200)

    fileprivate func claim(listener: String, limit: Int) throws -> Claim {
        let now = clock.now()
        guard !isAssigningLanes(of: listener) else {
            let later = now.advanced(by: Self.laneChangeWait)
            return Claim(dispatches: [], hasMore: false, nextDueAt: later)
        }
        let isAllAwake = try limit == 0 || wakeIfDue(listener: listener, now: now)
        var dispatches: [ClaimedDispatch] = []
        while dispatches.count < limit, let event = try nextReady(listener: listener) {
            let found = try statements.findClaimed.first(event, listener) { row in
                (ClaimedDispatch(row, listener: listener, now: now), lane: row.optionalText(13))
            }
            guard let (dispatch, lane) = found else {
                throw OutboxError(.refused, "event \(event) has a dispatch, but is not there")
            }
            dispatches.append(dispatch)
            try statements.markRunning.run(now, event, listener)
            lanes.begin(event: event, listener: listener, lane: lane)
        }
        let isMoreReady = try isAnyReady(listener: listener)
        let nextWake = try nextWake(listener: listener)
        lanes.noteClaim(of: listener, isAnyReady: isMoreReady, nextWake: nextWake)
        return Claim(
            dispatches: dispatches,
            hasMore: isMoreReady || !isAllAwake,
            nextDueAt: nextWake.map(Timestamp.init(milliseconds:))
        )
    }

    private func isAnyReady(listener: String) throws -> Bool {
        guard lanes.mayHaveReady(listener) else { return false }
        return try statements.findReady.first(listener, "") { _ in true } ?? false
    }

    /// When the next dispatch is to be woken, in milliseconds.
    private func nextWake(listener: String) throws -> Int64? {
        if let known = lanes.nextWake(of: listener) { return known }
        return try statements.nextWake.first(listener) { $0.optionalInteger(0) } ?? nil
    }

    /// Wakes what has waited long enough; returns whether all of it was woken.
    private func wakeIfDue(listener: String, now: Timestamp) throws -> Bool {
        if let known = lanes.nextWake(of: listener), known ?? .max > now.milliseconds { return true }
        return try wake(listener: listener, now: now)
    }

    /// The next ready dispatch behind the turn that the listener had last, or from the beginning.
    private func nextReady(listener: String) throws -> Int64? {
        guard lanes.mayHaveReady(listener) else { return nil }
        let last = lastTurn(of: listener)
        for turn in last.isEmpty ? [""] : [last, ""] {
            let found = try statements.findReady.first(listener, turn) {
                (event: $0.integer(0), turn: $0.text(1))
            }
            guard let found else { continue }
            setLastTurn(found.turn, of: listener)
            return found.event
        }
        return nil
    }

    /// Records how an attempt ended, and has its lane go on.
    ///
    /// - Returns: Whether its dispatch ran under its claim; else nothing was written.
    fileprivate func record(_ record: AttemptRecord) throws -> Bool {
        switch record.next {
        case .pending(let time) where record.outcome != .interrupted:
            return try delay(record, until: time) { try noteEnd(of: record) }
        case .pending(let time):
            let lane = try lane(of: record)
            try statements.markInterrupted.run(
                time,
                record.error,
                record.event,
                record.listener,
                record.claim
            )
            guard try noteEnd(of: record) else { return false }
            try resumeLane(lane, event: record.event, listener: record.listener)
        case .delivered:
            let lane = try lane(of: record)
            try statements.markDelivered.run(
                record.finishedAt,
                record.event,
                record.listener,
                record.claim
            )
            guard try noteEnd(of: record) else { return false }
            if let lane { try goOn(listener: record.listener, lane: lane) }
        case .dead(let reason):
            let lane = try lane(of: record)
            try statements.markDead.run(
                record.finishedAt,
                record.error,
                reason.rawValue,
                record.isCrashInIsolation ? 1 : 0,
                record.event,
                record.listener,
                record.claim
            )
            guard try noteEnd(of: record) else { return false }
            if let lane { try goOn(listener: record.listener, lane: lane) }
        }
        return true
    }

    /// Writes the row of an attempt, unless the statement before has found no dispatch under its claim.
    private func noteEnd(of record: AttemptRecord) throws -> Bool {
        guard database.changesCount == 1 else { return false }
        lanes.end(event: record.event, listener: record.listener)
        try statements.insertAttempt.run { values in
            values.bind(record.event)
            values.bind(record.listener)
            values.bind(record.attempt)
            values.bind(record.startedAt)
            values.bind(record.duration.milliseconds)
            values.bind(record.outcome.rawValue)
            values.bind(record.error)
        }
        return true
    }

    /// The lane of a dispatch, which is not asked for where there is none.
    private func lane(of record: AttemptRecord) throws -> String? {
        if let known = lanes.lane(ofRunning: record.event, listener: record.listener) { return known }
        let hasLanes = ordering(of: record.listener) != .none || isAssigningLanes(of: record.listener)
        return try hasLanes ? lane(ofEvent: record.event, listener: record.listener) : nil
    }
}

extension ClaimedDispatch {
    /// Reads a row of `findClaimed`.
    fileprivate init(_ row: ResultRow, listener: String, now: Timestamp) {
        self.init(
            event: row.integer(0),
            listener: listener,
            attempt: Int(row.integer(1)) + 1,
            startedAt: now,
            delivery: row.integer(7),
            receivedAt: Timestamp(milliseconds: row.integer(8)),
            kind: row.text(9),
            json: row.utf8(12)
        )
        claim = row.integer(14) + 1
        attemptsBefore = Int(row.integer(2))
        isOutOfOrder = row.integer(3) != 0
        isSuspect = row.integer(4) != 0
        crashes = Int(row.integer(5))
        origin = row.optionalText(6) ?? listener
        action = row.optionalText(10)
        repository = row.optionalText(11)
    }
}
