import Events
import GRDB

extension Outbox {
    /// Gives up pending and dead dispatches; their lanes go on without them.
    ///
    /// - Parameters:
    ///   - events: The dispatches' events, newest first.
    ///   - listener: Whose they are.
    ///   - now: When they were given up.
    /// - Returns: How many were given up; one that runs, or has finished since it was found, stays.
    /// - Throws: `OutboxError` if that cannot be committed.
    func discard(events: [Int64], of listener: String, now: Timestamp) async throws(OutboxError) -> Int {
        try await submit { context in
            let find = try context.database.makeStatement(sql: AdministrationSQL.findDispatch)
            let discard = try context.database.makeStatement(sql: AdministrationSQL.discard)
            var count = 0
            for event in events {
                let row = try Row.fetchOne(find, arguments: [event, listener])
                let state = (row?[0] as String?).flatMap(DispatchState.init)
                guard state == .pending || state == .dead else { continue }
                if state == .pending { try context.leaveLane(event: event, listener: listener) }
                try discard.execute(arguments: [event, listener, now.milliseconds])
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
    ///   - now: From when on they may run.
    /// - Returns: How many changed hands.
    /// - Throws: `OutboxError` if that cannot be committed.
    func adopt(
        _ candidates: [LaneCandidate],
        of listener: String,
        by other: String,
        history: LaneHistory,
        now: Timestamp
    ) async throws(OutboxError) -> Int {
        try await submit { context in
            // Until both tables name the other listener; it ends with the transaction.
            try context.database.execute(sql: AdministrationSQL.deferForeignKeys)
            let adoption = try Adoption(context, of: listener, by: other)
            return try candidates.count { candidate in
                let isLate = history.isLate(candidate)
                return try adoption.adopt(candidate.event, isLate: isLate, now: now)
            }
        }
    }
}

/// Dispatches that change hands, within one transaction.
private struct Adoption {
    private let context: WriterContext
    private let listener: String
    private let other: String
    private let find: Statement
    private let adoptAttempts: Statement
    private let adoptDispatch: Statement

    init(_ context: WriterContext, of listener: String, by other: String) throws {
        self.context = context
        self.listener = listener
        self.other = other
        find = try context.database.makeStatement(sql: AdministrationSQL.findDispatch)
        adoptAttempts = try context.database.makeStatement(sql: AdministrationSQL.adoptAttempts)
        adoptDispatch = try context.database.makeStatement(sql: AdministrationSQL.adoptDispatch)
    }

    /// Whether the dispatch changed hands.
    func adopt(_ event: Int64, isLate: Bool, now: Timestamp) throws -> Bool {
        let row = try Row.fetchOne(find, arguments: [event, listener])
        let state = (row?[0] as String?).flatMap(DispatchState.init)
        guard state == .pending || state == .dead else { return false }
        guard try Row.fetchOne(find, arguments: [event, other]) == nil else { return false }
        if state == .pending { try context.leaveLane(event: event, listener: listener) }
        let key: StatementArguments = [event, listener, other]
        try adoptAttempts.execute(arguments: key)
        guard let adopted = try Row.fetchOne(adoptDispatch, arguments: key) else { return false }
        guard state == .pending else { return true }
        try context.enqueue(
            event: event,
            listener: other,
            at: adopted[0],
            now: now,
            outOfOrder: isLate || adopted[1]
        )
        return true
    }
}
