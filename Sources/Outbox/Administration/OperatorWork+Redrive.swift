import Events

/// What a redrive did, or would do.
package struct RedriveCounts: Hashable, Sendable {
    /// Dead letters that are pending again.
    package var redriven = 0
    /// Dead letters that their listener's filter does not take.
    package var filtered = 0

    package init() {}
}

extension OperatorWork {
    /// Sets a listener's dead letters pending again, at the ends of their lanes and with all their attempts.
    ///
    /// Each is looked at once, in the order of the events, so this ends also if they die again at once.
    ///
    /// - Parameters:
    ///   - listener: Whose dead letters.
    ///   - event: The event of the one that is meant; nil for all.
    ///   - isDryRun: Whether to count only.
    ///   - takes: The listener's filter.
    /// - Returns: What was done.
    /// - Throws: `OutboxError`; what was done before stays.
    package func redrive(
        listener: String,
        event: Int64?,
        isDryRun: Bool,
        takes: @escaping @Sendable (AdministeredEvent) -> Bool
    ) async throws(OutboxError) -> RedriveCounts {
        let ordering = try await reader.ordering(of: listener)
        var counts = RedriveCounts()
        var group: [LaneCandidate] = []
        var after = (event ?? 1) - 1
        let newest = try await reader.newestEvent()
        let until = event ?? newest
        while true {
            try checkStopping()
            let page = try await reader.dead(of: listener, after: after, until: until)
            let taken = page.elements.filter(takes)
            counts.filtered += page.elements.count - taken.count
            group += taken.map { $0.candidate(ordering) }
            if page.next == nil || group.count >= Self.groupMax {
                counts.redriven +=
                    isDryRun ? group.count : try await queue(group, of: listener, in: [.dead]).again
                group = []
            }
            guard let next = page.next else { return counts }
            after = next
        }
    }
}
