import Events
import GRDB

extension Outbox {
    /// Gives up pending and dead dispatches; their lanes go on without them.
    ///
    /// - Parameters:
    ///   - events: The dispatches' events, newest first.
    ///   - listener: Whose they are.
    /// - Returns: How many were given up; one that runs, or has finished since it was found, stays.
    /// - Throws: `OutboxError` if that cannot be committed.
    func discard(events: [Int64], of listener: String) async throws(OutboxError) -> Int {
        try await submit { context in
            let find = try context.database.makeStatement(sql: AdministrationSQL.findDispatch)
            let discard = try context.database.makeStatement(sql: AdministrationSQL.discard)
            var count = 0
            for event in events {
                let row = try Row.fetchOne(find, arguments: [event, listener])
                let state = (row?[0] as String?).flatMap(DispatchState.init)
                guard state == .pending || state == .dead else { continue }
                if state == .pending { try context.leaveLane(event: event, listener: listener) }
                try discard.execute(arguments: [event, listener, context.clock.now().milliseconds])
                count += 1
            }
            return count
        }
    }

    /// Makes pending and dead dispatches another listener's, with their attempts; they hold their places in
    /// the order.
    ///
    /// - Parameters:
    ///   - candidates: The dispatches, in the order of their events.
    ///   - listener: Whose they are.
    ///   - other: Whose they become, where it has none of that event.
    ///   - history: What has run in the other's lanes.
    /// - Returns: What was done; one that has finished since it was found does not count.
    /// - Throws: `OutboxError` if that cannot be committed.
    func adopt(
        _ candidates: [LaneCandidate],
        of listener: String,
        by other: String,
        history: LaneHistory
    ) async throws(OutboxError) -> AdoptCounts {
        try await submit { context in
            // Until both tables name the other listener; it ends with the transaction.
            try context.database.execute(sql: AdministrationSQL.deferForeignKeys)
            var adoption = try Adoption(context, of: listener, by: other, history: history)
            for candidate in candidates { try adoption.adopt(candidate) }
            return adoption.counts
        }
    }
}

/// Dispatches that change hands, within one transaction.
private struct Adoption {
    private(set) var counts = AdoptCounts()

    private let context: WriterContext
    private let listener: String
    private let other: String
    private let history: LaneHistory
    private let ordering: LaneOrdering
    private let find: Statement
    private let isOvertaken: Statement
    private let adoptAttempts: Statement
    private let adoptDispatch: Statement

    init(_ context: WriterContext, of listener: String, by other: String, history: LaneHistory) throws {
        self.context = context
        self.listener = listener
        self.other = other
        self.history = history
        ordering = context.ordering(of: other)
        find = try context.database.makeStatement(sql: AdministrationSQL.findDispatch)
        isOvertaken = try context.database.makeStatement(sql: AdministrationSQL.isOvertakenInLane)
        adoptAttempts = try context.database.makeStatement(sql: AdministrationSQL.adoptAttempts)
        adoptDispatch = try context.database.makeStatement(sql: AdministrationSQL.adoptDispatch)
    }

    mutating func adopt(_ candidate: LaneCandidate) throws {
        let event = candidate.event
        guard let row = try Row.fetchOne(find, arguments: [event, listener]) else { return }
        let state = DispatchState(rawValue: row[0])
        if state == .running { return counts.running += 1 }
        guard state == .pending || state == .dead else { return }
        guard try Row.fetchOne(find, arguments: [event, other]) == nil else { return counts.left += 1 }
        let parts = LaneParts(row)
        if state == .pending { try context.leaveLane(event: event, listener: listener) }
        let key: StatementArguments = [event, listener, other]
        try adoptAttempts.execute(arguments: key)
        guard let adopted = try Row.fetchOne(adoptDispatch, arguments: key) else { return }
        counts.adopted += 1
        guard state == .pending else { return }
        let wasOutOfOrder: Bool = adopted[1]
        try context.enqueue(
            event: event,
            listener: other,
            at: adopted[0],
            outOfOrder: try wasOutOfOrder || history.isLate(candidate) || isLate(candidate, parts)
        )
    }

    /// Whether its lane has gone past it since the history was looked up.
    private func isLate(_ candidate: LaneCandidate, _ parts: LaneParts) throws -> Bool {
        guard let lane = parts.lane(ordering), history.seenUntil < .max else { return false }
        let arguments: StatementArguments = [
            history.seenUntil, other, parts.source, parts.repository, ordering.rawValue, parts.subject,
            lane, candidate.event,
        ]
        return try Row.fetchOne(isOvertaken, arguments: arguments) != nil
    }
}
