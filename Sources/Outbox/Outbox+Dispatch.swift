package import Events
import GRDB

extension Outbox {
    /// Marks the oldest due dispatches of a listener as running and counts their attempts, before they run.
    ///
    /// - Throws: `OutboxError` if that cannot be committed; then nothing was claimed.
    package func claim(listener: String, limit: Int, now: Timestamp) async throws(OutboxError) -> Claim {
        try await submit { context in
            let dispatches = try context.due(listener: listener, limit: limit, now: now)
            for dispatch in dispatches {
                try context.statements.markRunning.execute(
                    arguments: [now.milliseconds, dispatch.event, listener]
                )
            }
            let next = try Int64.fetchOne(context.statements.nextDue, arguments: [listener])
            return Claim(dispatches: dispatches, nextDueAt: next.map(Timestamp.init(milliseconds:)))
        }
    }

    /// Records an attempt and moves its dispatch on.
    ///
    /// - Throws: `OutboxError` if that cannot be committed; the dispatch is still running then.
    package func finish(_ record: AttemptRecord) async throws(OutboxError) {
        try await submit { context in try context.finish(record) }
    }
}

extension WriterContext {
    fileprivate func due(listener: String, limit: Int, now: Timestamp) throws -> [ClaimedDispatch] {
        let rows = try Row.fetchAll(
            statements.findDue,
            arguments: [listener, now.milliseconds, limit]
        )
        return rows.map { row in
            ClaimedDispatch(
                event: row[0],
                listener: listener,
                attempt: (row[1] as Int) + 1,
                startedAt: now,
                delivery: row[2],
                receivedAt: Timestamp(milliseconds: row[3]),
                json: Array((row[4] as String).utf8)
            )
        }
    }

    fileprivate func finish(_ record: AttemptRecord) throws {
        try statements.insertAttempt.execute(arguments: [
            record.event, record.listener, record.attempt, record.startedAt.milliseconds,
            max(0, record.finishedAt.milliseconds - record.startedAt.milliseconds), record.outcome.rawValue,
            record.error,
        ])
        switch record.next {
        case .delivered:
            try statements.markDelivered.execute(
                arguments: [record.finishedAt.milliseconds, record.event, record.listener]
            )
        case .pending(let time):
            let uncounted = record.outcome == .interrupted ? 1 : 0
            try statements.markPending.execute(
                arguments: [uncounted, time.milliseconds, record.error, record.event, record.listener]
            )
        case .dead(let reason):
            try statements.markDead.execute(arguments: [
                record.finishedAt.milliseconds, record.error, reason.rawValue, record.event, record.listener,
            ])
        }
    }
}
