import Events

/// What pruning did, or would do.
package struct PruneCounts: Hashable, Sendable {
    /// Deliveries that went, with all that hung on them.
    package var deliveries = 0
    /// By how much the file became smaller.
    package var freedBytes = 0

    package init() {}
}

extension OperatorWork {
    /// Payload bytes of one step: deleting writes them anew where SQLite overwrites what it deletes.
    private static let pruneBytesMax = 8 << 20

    /// Deletes what is finished and past its age, and gives the pages back.
    ///
    /// What was received in this run is as old as the uptime says, too. After the clock was set by more than
    /// a minute, nothing is deleted for a day.
    ///
    /// - Parameters:
    ///   - cutoff: The ages.
    ///   - spare: The share of the file that may stay free, for deliveries to come.
    ///   - isDryRun: Whether to count only.
    ///   - isForced: Whether to delete also after the clock was set.
    /// - Returns: What was done.
    /// - Throws: `OutboxError`, with `.resting` after the clock was set; what was done before stays.
    package func prune(
        before cutoff: RetentionCutoff,
        spare: Double = 0,
        isDryRun: Bool,
        isForced: Bool = false
    ) async throws(OutboxError) -> PruneCounts {
        var counts = PruneCounts()
        let history = try await outbox.clockHistory()
        if !isDryRun, !isForced { try checkResting(history) }
        var old = OldDeliveryCursor(cutoff, now: outbox.clock.now())
        while let page = try await reader.next(&old) {
            try checkStopping()
            let ready = page.filter { delivery in
                let receivedAt = history.receiptTime(of: delivery.id, shown: delivery.receivedAt)
                return !delivery.isKept && receivedAt < max(cutoff.delivered, cutoff.dead)
            }
            if isDryRun {
                counts.deliveries += ready.count
                continue
            }
            for step in Self.steps(ready) {
                try checkStopping()
                counts.deliveries += try await outbox.prune(deliveries: step, before: cutoff)
            }
        }
        if !isDryRun { counts.freedBytes = try await vacuum(spare: spare) }
        return counts
    }

    private func checkResting(_ history: ClockHistory) throws(OutboxError) {
        let now = outbox.clock.moment
        guard let end = history.restsUntil, now.uptime < end else { return }
        throw OutboxError(
            .resting,
            "nothing is pruned until \(now.time(at: end)), as the clock was set by more than a minute: if it "
                + "is right now, `forgewire prune --force` prunes all the same"
        )
    }

    /// As many deliveries a step as their payloads allow, at least one.
    private static func steps(_ deliveries: [OldDelivery]) -> [[Int64]] {
        var steps: [[Int64]] = []
        var bytes = 0
        for delivery in deliveries {
            bytes += delivery.payloadBytes
            if steps.isEmpty || bytes > pruneBytesMax {
                steps.append([])
                bytes = delivery.payloadBytes
            }
            steps[steps.count - 1].append(delivery.id)
        }
        return steps
    }

    /// Gives free pages back until only the share that may stay is left.
    ///
    /// - Returns: The bytes given back.
    private func vacuum(spare: Double) async throws(OutboxError) -> Int {
        let before = try await outbox.pages()
        var pages = before
        while Double(pages.free) > spare * Double(pages.all) {
            try checkStopping()
            let next = try await outbox.vacuumStep()
            guard next.free < pages.free else { break }
            pages = next
        }
        return max(0, before.all - pages.all) * Schema.pageSizeBytes
    }
}

/// Where the search for old deliveries stands.
struct OldDeliveryCursor: Sendable {
    let cutoff: RetentionCutoff
    let now: Timestamp
    var stage: Stage

    /// First what is older than delivered dispatches may be, then dead letters that may be less old.
    enum Stage: Sendable {
        case received(after: Int64)
        case dead(listener: String, after: Int64)
        case end
    }

    init(_ cutoff: RetentionCutoff, now: Timestamp) {
        self.cutoff = cutoff
        self.now = now
        stage = .received(after: 0)
    }

    /// What follows the first stage.
    var secondStage: Stage { cutoff.dead > cutoff.delivered ? .dead(listener: "", after: 0) : .end }
}
