import Events

/// What a discard did, or would do.
package struct DiscardCounts: Hashable, Sendable {
    /// Dispatches that were given up.
    package var discarded = 0
    /// Dispatches that run, which nobody can take back.
    package var running = 0

    package init() {}
}

/// What an adoption did, or would do.
package struct AdoptCounts: Hashable, Sendable {
    /// Dispatches that are the other listener's now.
    package var adopted = 0
    /// Dispatches that stay, as the other listener has one of the same event.
    package var left = 0
    /// Dispatches that run, and may be pending or dead when they have ended.
    package var running = 0

    package init() {}
}

extension OperatorWork {
    /// Gives up a listener's pending and dead dispatches.
    ///
    /// Those of events that come in meanwhile are left alone. The newest go first: no lane goes on with one
    /// that would be given up next.
    ///
    /// - Parameters:
    ///   - listener: Whose dispatches.
    ///   - event: The event of the one that is meant; nil for all.
    ///   - isDryRun: Whether to count only.
    /// - Returns: What was done.
    /// - Throws: `OutboxError`; what was done before stays.
    package func discard(
        listener: String,
        event: Int64?,
        isDryRun: Bool
    ) async throws(OutboxError) -> DiscardCounts {
        var counts = DiscardCounts()
        let after = (event ?? 1) - 1
        let newest = try await reader.newestEvent()
        var until = event ?? newest
        while until > after {
            try checkStopping()
            let page = try await reader.open(of: listener, after: after, until: until)
            let events = page.elements.filter { !$0.isRunning }.map(\.event)
            let done =
                isDryRun || events.isEmpty
                ? events.count : try await outbox.discard(events: events, of: listener)
            counts.discarded += done
            counts.running += page.elements.count - events.count
            guard let next = page.next else { break }
            until = next
        }
        return counts
    }

    /// Makes pending and dead dispatches of a listener another's.
    ///
    /// - Parameters:
    ///   - listener: Whose they are; one that gets no dispatches any more.
    ///   - other: Whose they become.
    ///   - isDryRun: Whether to count only.
    /// - Returns: What was done.
    /// - Throws: `OutboxError`; what was done before stays.
    package func adopt(
        listener: String,
        by other: String,
        isDryRun: Bool
    ) async throws(OutboxError) -> AdoptCounts {
        let ordering = try await reader.ordering(of: other)
        var counts = AdoptCounts()
        var group: [LaneCandidate] = []
        var after: Int64 = 0
        let until = try await reader.newestEvent()
        while true {
            try checkStopping()
            let page = try await reader.adoptable(
                of: listener,
                by: other,
                ordering: ordering,
                after: after,
                until: until
            )
            group += counts.add(page.elements)
            if page.next == nil || group.count >= Self.groupMax {
                if isDryRun {
                    counts.adopted += group.count
                } else {
                    counts += try await adopt(group, of: listener, by: other, ordering)
                }
                group = []
            }
            guard let next = page.next else { return counts }
            after = next
        }
    }

    /// Adopts dispatches in steps.
    private func adopt(
        _ candidates: [LaneCandidate],
        of listener: String,
        by other: String,
        _ ordering: LaneOrdering
    ) async throws(OutboxError) -> AdoptCounts {
        // What is behind in a lane runs after them, as they hold their places.
        var history = try await LaneHistory(
            reader,
            listener: other,
            ordering: ordering,
            place: .ready,
            of: candidates
        )
        var counts = AdoptCounts()
        for step in candidates.steps {
            try checkStopping()
            try await history.lookUp()
            counts += try await outbox.adopt(step, of: listener, by: other, history: history)
        }
        return counts
    }
}

extension AdoptCounts {
    /// Counts what cannot be adopted.
    ///
    /// - Returns: The dispatches that can.
    fileprivate mutating func add(_ dispatches: [AdoptableDispatch]) -> [LaneCandidate] {
        dispatches.compactMap { dispatch in
            if dispatch.isRunning {
                running += 1
            } else if dispatch.isTaken {
                left += 1
            } else {
                return LaneCandidate(event: dispatch.event, lane: dispatch.lane)
            }
            return nil
        }
    }

    fileprivate static func += (counts: inout Self, more: Self) {
        counts.adopted += more.adopted
        counts.left += more.left
        counts.running += more.running
    }
}
