/// Where a dispatch stands; the words are those of the outbox.
package enum DispatchState: String, CaseIterable, Sendable {
    /// It waits for its next attempt.
    case pending
    /// An attempt is under way.
    case running
    /// Its listener has handled it.
    case delivered
    /// It was given up, with a reason.
    case dead
    /// An operator gave it up.
    case discarded
}

/// How an attempt ended.
package enum AttemptOutcome: String, CaseIterable, Sendable {
    /// The listener has handled the event.
    case delivered
    /// The listener failed; it is tried again.
    case failed
    /// The listener said that trying again cannot help.
    case permanent
    /// The deadline passed before the listener was done.
    case timedOut = "timed_out"
    /// The listener died, or the process with it.
    case crashed
    /// The daemon stopped first; this does not count as an attempt.
    case interrupted
}

/// Why a dispatch is dead.
package enum DeadReason: String, CaseIterable, Sendable {
    /// Its attempts are used up.
    case exhausted
    /// Its listener said that trying again cannot help.
    case permanent
    /// It brought the process down, again and again.
    case crashed
}

/// A dispatch that was marked running, with what its listener needs.
package struct ClaimedDispatch: Sendable {
    /// The event's id.
    package var event: Int64
    /// The listener's name.
    package var listener: String
    /// Which attempt this is, from 1; counted already, so that a crash cannot repeat it for ever.
    package var attempt: Int
    /// When the attempt was claimed.
    package var startedAt: Timestamp
    /// The delivery that the event came with.
    package var delivery: Int64
    /// When the delivery was received.
    package var receivedAt: Timestamp
    /// The event JSON.
    package var json: [UInt8]

    package init(
        event: Int64,
        listener: String,
        attempt: Int,
        startedAt: Timestamp,
        delivery: Int64,
        receivedAt: Timestamp,
        json: [UInt8]
    ) {
        self.event = event
        self.listener = listener
        self.attempt = attempt
        self.startedAt = startedAt
        self.delivery = delivery
        self.receivedAt = receivedAt
        self.json = json
    }
}

/// What a claim found.
package struct Claim: Sendable {
    /// The dispatches to run now, oldest first.
    package var dispatches: [ClaimedDispatch]
    /// When the next one that is left is due; nil if none is left.
    package var nextDueAt: Timestamp?

    package init(dispatches: [ClaimedDispatch], nextDueAt: Timestamp?) {
        self.dispatches = dispatches
        self.nextDueAt = nextDueAt
    }
}

/// A finished attempt, and where its dispatch stands after it.
package struct AttemptRecord: Sendable {
    package var event: Int64
    package var listener: String
    package var attempt: Int
    package var startedAt: Timestamp
    package var finishedAt: Timestamp
    package var outcome: AttemptOutcome
    /// What went wrong, bounded in length.
    package var error: String?
    package var next: Next

    /// Where the dispatch stands after the attempt.
    package enum Next: Hashable, Sendable {
        case delivered
        /// Pending again; an interrupted attempt is taken off the count.
        case pending(at: Timestamp)
        case dead(DeadReason)
    }

    package init(
        _ dispatch: ClaimedDispatch,
        finishedAt: Timestamp,
        outcome: AttemptOutcome,
        error: String?,
        next: Next
    ) {
        event = dispatch.event
        listener = dispatch.listener
        attempt = dispatch.attempt
        startedAt = dispatch.startedAt
        self.finishedAt = finishedAt
        self.outcome = outcome
        self.error = error
        self.next = next
    }
}
