package import Events

/// What a replay did, or would do.
package struct ReplayCounts: Hashable, Sendable {
    /// Events that the listener gets for the first time.
    package var made = 0
    /// Finished dispatches that are pending again.
    package var again = 0
    /// Dispatches that were pending or running and are left alone.
    package var open = 0
    /// Events that the listener's filter does not take.
    package var filtered = 0
    /// What became of the events' types; nil if they were not mapped again.
    package var retyping: RetypeCounts?

    package init() {}
}

/// What mapping stored deliveries again changed, or would change.
package struct RetypeCounts: Hashable, Sendable {
    /// Events that are different now.
    package var changed = 0
    /// Events that their deliveries did not give before.
    package var added = 0
    /// Events that their deliveries do not give any more; they stay as they are.
    package var surplus = 0
    /// Deliveries that this version cannot map; their events stay as they are.
    package var unreadable = 0
    /// The first changes of the type.
    package var changes: [RetypeChange] = []

    /// Changes that are told one by one.
    package static let changesMax = 1000

    package init() {}
}

/// An event of another type than before.
package struct RetypeChange: Codable, Hashable, Sendable {
    /// The event's id; nil for one that is or would be added.
    package var event: Int64?
    /// What it was; nil for one that is or would be added.
    package var from: EventTyping?
    package var to: EventTyping
}

/// Maps a stored delivery again; nil if this version cannot.
package typealias Remapping = @Sendable (MappableDelivery) -> Delivery?

extension OperatorWork {
    /// Dispatches stored events to a listener again, in their order.
    ///
    /// - Parameters:
    ///   - selection: Which events.
    ///   - listener: Who gets them.
    ///   - remapping: Maps each event's delivery again first; nil leaves the events as they are.
    ///   - isDryRun: Whether to count only.
    ///   - takes: The listener's filter.
    /// - Returns: What was done.
    /// - Throws: `OutboxError`; what was done before stays.
    package func replay(
        _ selection: EventSelection,
        listener: String,
        remapping: Remapping?,
        isDryRun: Bool,
        takes: @escaping @Sendable (AdministeredEvent) -> Bool
    ) async throws(OutboxError) -> ReplayCounts {
        var counts = ReplayCounts()
        var retyper = remapping.map { Retyper(self, remapping: $0, isDryRun: isDryRun) }
        let ordering = try await reader.ordering(of: listener)
        var group: [LaneCandidate] = []
        var after = try await reader.start(of: selection)
        let until = try await reader.newestEvent()
        while after < until {
            try checkStopping()
            let page = try await reader.events(selection, listener: listener, after: after, until: until)
            let events = try await retyper?.retype(page.elements) ?? page.elements
            group += counts.add(events, isDryRun: isDryRun, takes: takes).map { $0.candidate(ordering) }
            if page.next == nil || group.count >= Self.groupMax {
                if !group.isEmpty { try await replay(group, listener: listener, &counts) }
                group = []
            }
            guard let next = page.next else { break }
            after = next
        }
        counts.retyping = retyper?.counts
        return counts
    }

    private func replay(
        _ group: [LaneCandidate],
        listener: String,
        _ counts: inout ReplayCounts
    ) async throws(OutboxError) {
        let queued = try await queue(
            group,
            of: listener,
            in: [.delivered, .dead, .discarded],
            makesMissing: true
        )
        counts.made += queued.made
        counts.again += queued.again
    }
}

extension ReplayCounts {
    /// Counts what a dry run would do, and what is not queued.
    ///
    /// - Returns: The events that are to be queued.
    fileprivate mutating func add(
        _ events: [AdministeredEvent],
        isDryRun: Bool,
        takes: (AdministeredEvent) -> Bool
    ) -> [AdministeredEvent] {
        events.filter { event in
            let isOpen = event.state == .pending || event.state == .running
            switch (takes(event), isOpen) {
            case (false, _): filtered += 1
            case (true, true): open += 1
            case (true, false):
                guard isDryRun else { return true }
                if event.state == nil { made += 1 } else { again += 1 }
            }
            return false
        }
    }
}
