package import Events
import GRDB

extension Outbox {
    /// Marks dispatches of a listener as running and counts their attempts, before they run.
    ///
    /// Never two of a lane. Repositories take turns: each gives its first before one gives its second.
    ///
    /// - Throws: `OutboxError` if that cannot be committed; then nothing was claimed.
    package func claim(listener: String, limit: Int, now: Timestamp) async throws(OutboxError) -> Claim {
        try await submit { context in try context.claim(listener: listener, limit: limit, now: now) }
    }

    /// Records an attempt and moves its dispatch on.
    ///
    /// - Throws: `OutboxError` if that cannot be committed; the dispatch is still running then.
    package func finish(_ record: AttemptRecord) async throws(OutboxError) {
        try await submit { context in try context.finish(record) }
    }
}

extension WriterContext {
    /// When a claim is to be tried again that came while lanes are made anew.
    private static let laneChangeWait = Duration.milliseconds(200)

    fileprivate func claim(listener: String, limit: Int, now: Timestamp) throws -> Claim {
        guard !isAssigningLanes(of: listener) else {
            let later = now.advanced(by: Self.laneChangeWait)
            return Claim(dispatches: [], hasMore: false, nextDueAt: later)
        }
        let isAllAwake = try wake(listener: listener, now: now)
        var dispatches: [ClaimedDispatch] = []
        while dispatches.count < limit, let event = try nextReady(listener: listener) {
            let key: StatementArguments = [event, listener]
            guard let row = try Row.fetchOne(statements.findClaimed, arguments: key) else {
                throw OutboxError(.refused, "event \(event) has a dispatch, but is not there")
            }
            dispatches.append(ClaimedDispatch(row, listener: listener, now: now))
            try statements.markRunning.execute(arguments: [now.milliseconds, event, listener])
        }
        let isMoreReady = try Row.fetchOne(statements.findReady, arguments: [listener, ""]) != nil
        let nextWake = try Int64.fetchOne(statements.nextWake, arguments: [listener])
        return Claim(
            dispatches: dispatches,
            hasMore: isMoreReady || !isAllAwake,
            nextDueAt: nextWake.map(Timestamp.init(milliseconds:))
        )
    }

    /// The next ready dispatch behind the turn that the listener had last, or from the beginning.
    private func nextReady(listener: String) throws -> Int64? {
        let last = lastTurn(of: listener)
        for turn in last.isEmpty ? [""] : [last, ""] {
            if let row = try Row.fetchOne(statements.findReady, arguments: [listener, turn]) {
                setLastTurn(row[1], of: listener)
                return row[0]
            }
        }
        return nil
    }

    fileprivate func finish(_ record: AttemptRecord) throws {
        try statements.insertAttempt.execute(arguments: [
            record.event, record.listener, record.attempt, record.startedAt.milliseconds,
            max(0, record.finishedAt.milliseconds - record.startedAt.milliseconds), record.outcome.rawValue,
            record.error,
        ])
        let key: StatementArguments = [record.event, record.listener]
        switch record.next {
        case .pending(let time) where record.outcome != .interrupted:
            try delay(record, until: time)
        case .pending(let time):
            try statements.markInterrupted.execute(
                arguments: [time.milliseconds, record.error, record.event, record.listener]
            )
            let lane = try String.fetchOne(statements.findLane, arguments: key)
            try resumeLane(lane, event: record.event, listener: record.listener)
        case .delivered:
            let lane = try String.fetchOne(statements.findLane, arguments: key)
            try statements.markDelivered.execute(
                arguments: [record.finishedAt.milliseconds, record.event, record.listener]
            )
            if let lane { try advance(listener: record.listener, lane: lane) }
        case .dead(let reason):
            let lane = try String.fetchOne(statements.findLane, arguments: key)
            try statements.markDead.execute(arguments: [
                record.finishedAt.milliseconds, record.error, reason.rawValue,
                record.isCrashInIsolation ? 1 : 0, record.event, record.listener,
            ])
            if let lane { try advance(listener: record.listener, lane: lane) }
        }
    }
}

extension ClaimedDispatch {
    fileprivate init(_ row: Row, listener: String, now: Timestamp) {
        self.init(
            event: row["event"],
            listener: listener,
            attempt: (row["attempts"] as Int) + 1,
            startedAt: now,
            delivery: row["delivery"],
            receivedAt: Timestamp(milliseconds: row["received_at"]),
            kind: row["kind"],
            json: Array((row["json"] as String).utf8)
        )
        attemptsBefore = row["attempts_before"]
        action = row["action"]
        repository = row["repository"]
        isOutOfOrder = row["out_of_order"]
        isSuspect = row["suspect"]
        crashes = row["crashes"]
        origin = row["adopted_from"] ?? listener
    }
}
