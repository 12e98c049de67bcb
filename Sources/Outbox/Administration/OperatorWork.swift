import Events

/// What operators have done with an outbox, in steps that deliveries never wait for long.
///
/// Each step is a transaction of its own: if the process ends between two, what was done stays, and the same
/// command does the rest. Two commands that queue dispatches must not be at work at the same time.
package struct OperatorWork: Sendable {
    let outbox: Outbox
    let reader: AdministrationReader
    let isStopping: @Sendable () -> Bool

    /// Dispatches that are looked at together before they are queued: bounds what is in memory.
    static let groupMax = 10_000

    /// Makes the operations of an outbox.
    ///
    /// - Parameters:
    ///   - outbox: What is changed.
    ///   - reader: Reads the same file.
    ///   - isStopping: Asked between steps: whether to end with what was done so far.
    package init(
        outbox: Outbox,
        reader: AdministrationReader,
        isStopping: @escaping @Sendable () -> Bool = { false }
    ) {
        self.outbox = outbox
        self.reader = reader
        self.isStopping = isStopping
    }

    /// Ends the work between two steps if the process is about to end.
    func checkStopping() throws(OutboxError) {
        guard isStopping() else { return }
        throw OutboxError(
            .stopped,
            "stopped half-way: what was done stays, run the command again for the rest"
        )
    }

    /// Queues dispatches in steps.
    ///
    /// - Returns: How many were there before, and how many were made.
    func queue(
        _ candidates: [LaneCandidate],
        of listener: String,
        in states: Set<DispatchState>,
        makesMissing: Bool = false
    ) async throws(OutboxError) -> (again: Int, made: Int) {
        var history = try await LaneHistory(
            reader,
            listener: listener,
            ordering: try await reader.ordering(of: listener),
            place: .overtaken,
            of: candidates
        )
        var (again, made) = (0, 0)
        for step in candidates.steps {
            try checkStopping()
            try await history.lookUp()
            let count = try await outbox.queue(
                step,
                of: listener,
                in: states,
                makesMissing: makesMissing,
                history: history
            )
            again += count.again
            made += count.made
        }
        return (again, made)
    }
}

extension Array {
    /// The elements in portions that one transaction may change.
    var steps: [[Element]] {
        let size = AdministrationReader.pageRowsMax
        return stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}

extension AdministeredEvent {
    /// The dispatch of this event, as one that may be queued.
    func candidate(_ ordering: LaneOrdering) -> LaneCandidate {
        LaneCandidate(
            event: id,
            lane: ordering.lane(source: source, repository: repository, subject: subject)
        )
    }
}
