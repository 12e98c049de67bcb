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
    /// Which claim of the dispatch this is, from 1: the outbox records an outcome only of the latest.
    ///
    /// Unlike `attempt` it never goes back, so that no two runs of a dispatch have the same.
    package var claim: Int64
    /// The attempts of earlier lives: those before the last redrive or replay, which do not count against
    /// the limit.
    package var attemptsBefore: Int
    /// When the attempt was claimed.
    package var startedAt: Timestamp
    /// The delivery that the event came with.
    package var delivery: Int64
    /// When the delivery was received.
    package var receivedAt: Timestamp
    /// The event's kind, as the outbox has it.
    package var kind: String
    /// The event's action.
    package var action: String?
    /// The full name of the event's repository.
    package var repository: String?
    /// Whether something that came later in its lane has run before it.
    package var isOutOfOrder: Bool
    /// Whether it was running when the process died, so that it runs alone from now on.
    package var isSuspect: Bool
    /// How often it has brought down the process that it ran alone in.
    package var crashes: Int
    /// The listener's name when the dispatch was made: another one if it was adopted since.
    package var origin: String
    /// The event JSON.
    package var json: [UInt8]
    /// What `json` reads as, its id included, where somebody has it; nil after a claim from the outbox.
    package var typedEvent: (any Event)?

    /// Makes a first claim of an ordinary dispatch; what differs is set afterwards.
    package init(
        event: Int64,
        listener: String,
        attempt: Int,
        startedAt: Timestamp,
        delivery: Int64,
        receivedAt: Timestamp,
        kind: String,
        json: [UInt8]
    ) {
        self.event = event
        self.listener = listener
        self.attempt = attempt
        claim = 1
        attemptsBefore = 0
        self.startedAt = startedAt
        self.delivery = delivery
        self.receivedAt = receivedAt
        self.kind = kind
        isOutOfOrder = false
        isSuspect = false
        crashes = 0
        origin = listener
        self.json = json
    }
}

/// What a claim found.
package struct Claim: Sendable {
    /// The dispatches to run now.
    package var dispatches: [ClaimedDispatch]
    /// Whether more could run now than the claim was allowed to take.
    package var hasMore: Bool
    /// When the next one is due that waits for its time, or for the end of a hold; nil if none does.
    package var nextDueAt: Timestamp?
    /// The attempts that were not recorded, as their dispatches do not run under their claims any more.
    package var outdated: [AttemptRecord]

    package init(
        dispatches: [ClaimedDispatch],
        hasMore: Bool,
        nextDueAt: Timestamp?,
        outdated: [AttemptRecord] = []
    ) {
        self.dispatches = dispatches
        self.hasMore = hasMore
        self.nextDueAt = nextDueAt
        self.outdated = outdated
    }
}

/// What runs in order: what makes a lane.
package enum LaneOrdering: String, CaseIterable, Sendable {
    /// One listener's dispatches of one source, repository and subject.
    case subject
    /// One listener's dispatches of one source and repository.
    case repository
    /// Nothing: every dispatch is a lane of its own.
    case none
}

/// What kind of listener it is.
package enum ListenerTarget: String, CaseIterable, Sendable {
    /// A module in this process.
    case swift
    /// A program.
    case command
    /// An HTTP endpoint.
    case endpoint
}

/// Who paused a listener.
package enum PauseOrigin: String, CaseIterable, Sendable {
    /// An operator, who alone can resume it.
    case `operator`
    /// The breaker, as the listener only failed; the first success of a probe resumes it.
    case breaker
    /// The endpoint itself, by answering 410; an operator resumes it.
    case endpoint
}

/// A listener that is paused: by whom, since when, and why.
package struct ListenerPause: Hashable, Sendable {
    package var origin: PauseOrigin
    package var since: Timestamp
    /// Why, for people; bounded in length.
    package var reason: String?

    package init(origin: PauseOrigin, since: Timestamp, reason: String?) {
        self.origin = origin
        self.since = since
        self.reason = reason
    }
}

/// A finished attempt, and where its dispatch stands after it.
package struct AttemptRecord: Sendable {
    package var event: Int64
    package var listener: String
    package var attempt: Int
    /// The claim under which the attempt ran.
    package var claim: Int64
    package var startedAt: Timestamp
    package var finishedAt: Timestamp
    /// How long it took; no difference of the two times, between which the clock may have been set.
    package var duration: Duration
    package var outcome: AttemptOutcome
    /// What went wrong, bounded in length.
    package var error: String?
    package var next: Next
    /// How long a first failure holds up the lane.
    package var hold: Duration
    /// Whether the process died that the attempt ran alone in.
    package var isCrashInIsolation: Bool

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
        duration: Duration,
        outcome: AttemptOutcome,
        error: String?,
        next: Next,
        hold: Duration = .zero,
        isCrashInIsolation: Bool = false
    ) {
        event = dispatch.event
        listener = dispatch.listener
        attempt = dispatch.attempt
        claim = dispatch.claim
        startedAt = dispatch.startedAt
        self.finishedAt = finishedAt
        self.duration = duration
        self.outcome = outcome
        self.error = error
        self.next = next
        self.hold = hold
        self.isCrashInIsolation = isCrashInIsolation
    }
}
