import Events
import GRDB

extension Outbox {
    /// Keeps a listener of which the outbox does not know yet, so that its lanes are made as it wants, and it
    /// can be paused before its first start.
    ///
    /// - Throws: `OutboxError` if that cannot be committed.
    package func remember(_ listener: ListenerRecord) async throws(OutboxError) {
        try await submit { context in
            let kinds = listener.kinds.map(\.rawValue).sorted().joined(separator: " ")
            try context.database.execute(
                sql: AdministrationSQL.rememberListener,
                arguments: [listener.name, kinds, listener.target.rawValue, listener.ordering.rawValue]
            )
            if context.database.changesCount > 0 { try context.reload() }
        }
    }

    /// Puts dispatches at the end of their lanes, with all their attempts again.
    ///
    /// One that has changed since it was found is left alone.
    ///
    /// - Parameters:
    ///   - candidates: The dispatches, in the order in which they are to run.
    ///   - listener: Whose they are.
    ///   - states: The states in which a dispatch is queued.
    ///   - makesMissing: Whether a dispatch that is not there is made.
    ///   - history: What has run in their lanes.
    /// - Returns: How many were there before, and how many were made.
    /// - Throws: `OutboxError` if that cannot be committed.
    func queue(
        _ candidates: [LaneCandidate],
        of listener: String,
        in states: Set<DispatchState>,
        makesMissing: Bool,
        history: LaneHistory
    ) async throws(OutboxError) -> (again: Int, made: Int) {
        try await submit { context in
            var queue = try DispatchQueuing(context, listener: listener, history: history)
            for candidate in candidates {
                try queue.add(candidate, in: states, makesMissing: makesMissing)
            }
            return (queue.againCount, queue.madeCount)
        }
    }
}

/// What a lane is made from, as `AdministrationSQL.findDispatch` gives it.
struct LaneParts {
    let source: String
    let repository: String?
    let subject: String?

    init(_ row: Row) {
        source = row[1]
        repository = row[2]
        subject = row[3]
    }

    /// The lane's name; nil for a dispatch that is a lane of its own.
    func lane(_ ordering: LaneOrdering) -> String? {
        ordering.lane(source: source, repository: repository, subject: subject)
    }
}

/// Dispatches of one listener on their way to the ends of their lanes, within one transaction.
private struct DispatchQueuing {
    private(set) var againCount = 0
    private(set) var madeCount = 0

    private let context: WriterContext
    private let listener: String
    private let history: LaneHistory
    private let ordering: LaneOrdering
    private let find: Statement
    private let make: Statement
    private let hasNewer: Statement

    init(_ context: WriterContext, listener: String, history: LaneHistory) throws {
        self.context = context
        self.listener = listener
        self.history = history
        ordering = context.ordering(of: listener)
        find = try context.database.makeStatement(sql: AdministrationSQL.findDispatch)
        make = try context.database.makeStatement(sql: AdministrationSQL.makeDispatch)
        hasNewer = try context.database.makeStatement(sql: AdministrationSQL.hasNewerInLane)
    }

    mutating func add(
        _ candidate: LaneCandidate,
        in states: Set<DispatchState>,
        makesMissing: Bool
    ) throws {
        let event = candidate.event
        if let row = try Row.fetchOne(find, arguments: [event, listener]) {
            guard let state = DispatchState(rawValue: row[0]), states.contains(state) else { return }
            againCount += 1
            return try enqueue(candidate, LaneParts(row))
        }
        guard makesMissing else { return }
        let made: StatementArguments = [event, listener, context.clock.now().milliseconds]
        // There is none if the event was pruned meanwhile.
        guard let row = try Row.fetchOne(make, arguments: made) else { return }
        madeCount += 1
        try enqueue(candidate, LaneParts(row))
    }

    private func enqueue(_ candidate: LaneCandidate, _ parts: LaneParts) throws {
        try context.enqueue(
            event: candidate.event,
            listener: listener,
            at: try context.nextPosition(),
            outOfOrder: try history.isLate(candidate) || isNewerIn(parts)
        )
    }

    /// What came in since the history was looked up runs before, as it is in its lane already.
    private func isNewerIn(_ parts: LaneParts) throws -> Bool {
        guard parts.lane(ordering) != nil, history.seenUntil < .max else { return false }
        let arguments: StatementArguments = [
            history.seenUntil, listener, parts.source, parts.repository, ordering.rawValue, parts.subject,
        ]
        return try Row.fetchOne(hasNewer, arguments: arguments) != nil
    }
}
