import Events

/// When one listener's dispatches are claimed: decisions without time, threads or storage.
///
/// A claim is made when something may be due (the start, a commit, a retry's time, a claim that has left
/// something), a slot is free, the rate allows it and the listener is not paused, or a probe is due.
struct ListenerQueueState {
    /// What the queue does next.
    enum Step: Equatable {
        /// Claim up to so many.
        case claim(limit: Int)
        /// Claim one, to see whether the listener still fails.
        case probe
        /// Write to the outbox that the listener is paused, or that it is not.
        case save(ListenerPause?, ofAnyone: Bool)
        /// Wait for a ring, or until a time.
        case wait(until: Timestamp?)
        /// Everything is done.
        case end
    }

    /// The wait after a claim that took nothing and yet says that there is more, as one does that was busy
    /// waking what is due: without it, a store that errs would be asked without a pause.
    static let emptyClaimDelay = Duration.milliseconds(10)

    /// Attempts under way.
    private(set) var running = 0
    /// Whether the queue claims no more.
    private(set) var isDraining = false
    /// Whether another queue goes on from what this one knew.
    private(set) var isHandedOver = false

    private let concurrency: Int
    /// Whether an attempt's end can make another dispatch of its lane ready.
    private let hasLanes: Bool
    private var health: ListenerHealth
    private var bucket: RateBucket?
    /// Whether something may be due that no claim has seen: true at the start, for what an earlier process
    /// left.
    private var mayHaveDue = true
    private var nextDueAt: Timestamp?
    private var claimNotBefore: Timestamp?
    /// When the claim began that is under way, and whether it is a probe's.
    private var claimBegunAt = Timestamp(milliseconds: 0)
    private var isClaimingProbe = false
    private var mayRetrySaving = true

    init(policy: ListenerPolicy, pause: ListenerPause? = nil) {
        self.init(policy: policy, health: ListenerHealth(policy: policy.breaker, pause: pause))
    }

    private init(policy: ListenerPolicy, health: ListenerHealth) {
        concurrency = policy.concurrency
        hasLanes = policy.ordering != .none
        bucket = policy.rate.map(RateBucket.init(limit:))
        self.health = health
    }

    /// Why the listener has no work now; nil when it has.
    var pause: ListenerPause? { health.pause }

    /// Decides; a claim that it asks for has to be answered by `claimed` or `claimFailed`, what it asks to
    /// save by `saved` or `saveFailed`.
    mutating func next(now: Timestamp) -> Step {
        switch health.nextSave(now: now) {
        case .save(let pause, let ofAnyone): .save(pause, ofAnyone: ofAnyone)
        case .none: isDraining ? lastStep(waitUntil: nil) : claimStep(now: now)
        case .wait(let time): earlier(isDraining ? lastStep(waitUntil: time) : claimStep(now: now), time)
        }
    }

    private func lastStep(waitUntil time: Timestamp?) -> Step {
        running == 0 && time == nil ? .end : .wait(until: time)
    }

    private func earlier(_ step: Step, _ time: Timestamp) -> Step {
        guard case .wait(let until) = step else { return step }
        return .wait(until: min(until ?? time, time))
    }

    private mutating func claimStep(now: Timestamp) -> Step {
        guard running < concurrency, let allowedAt = claimAllowedAt(now: now) else {
            return .wait(until: nil)
        }
        guard let dueAt = mayHaveDue ? now : nextDueAt else { return .wait(until: nil) }
        let time = max(dueAt, allowedAt)
        guard time <= now else { return .wait(until: time) }
        mayHaveDue = false
        nextDueAt = nil
        claimNotBefore = nil
        claimBegunAt = now
        isClaimingProbe = health.claimBegins(now: now)
        let tokens = bucket?.tokens(now: now) ?? .max
        return isClaimingProbe ? .probe : .claim(limit: min(concurrency - running, tokens))
    }

    /// From when on a claim may be made, if something is due; nil if no time alone allows it.
    private mutating func claimAllowedAt(now: Timestamp) -> Timestamp? {
        guard let healthy = health.claimableAt(now: now) else { return nil }
        return max(healthy, claimNotBefore ?? now, bucket?.nextTokenAt(now: now) ?? now)
    }

    /// New dispatches were committed, or others have become ready.
    mutating func committed() { mayHaveDue = true }

    /// A claim has marked so many as running; they begin now.
    mutating func claimed(_ count: Int, hasMore: Bool, nextDueAt: Timestamp?, now: Timestamp) {
        running += count
        precondition(running <= concurrency, "a claim keeps to its limit")
        bucket?.take(count, now: now)
        if isClaimingProbe, count == 0 { health.probeEnded() }
        // What finished during the claim may be due before what the claim saw, or be unknown to it.
        self.nextDueAt = [self.nextDueAt, nextDueAt].compactMap(\.self).min()
        if hasMore { mayHaveDue = true }
        let wasDue = nextDueAt.map { $0 <= claimBegunAt } ?? false
        if count == 0, hasMore || wasDue { claimNotBefore = now.advanced(by: Self.emptyClaimDelay) }
    }

    /// A claim could not be committed.
    mutating func claimFailed(retryAt time: Timestamp) {
        mayHaveDue = true
        claimNotBefore = time
        if isClaimingProbe { health.probeEnded() }
    }

    /// An attempt is over; it still has to be recorded.
    ///
    /// - Returns: What follows for the listener, from now on.
    mutating func ended(_ verdict: AttemptVerdict, now: Timestamp) -> ListenerHealth.Change {
        health.ended(verdict, now: now)
    }

    /// An attempt is over and recorded; if it is to be repeated, at that time.
    ///
    /// - Parameters:
    ///   - nextAttemptAt: When it is to be repeated, if it is.
    ///   - wasProbe: Whether it was a probe's.
    /// - Returns: Whether somebody else has to see what is due, because this queue claims no more.
    mutating func finished(nextAttemptAt: Timestamp?, wasProbe: Bool = false) -> Bool {
        running -= 1
        precondition(running >= 0, "what finishes has run")
        if wasProbe { health.probeEnded() }
        if let nextAttemptAt { nextDueAt = min(nextDueAt ?? nextAttemptAt, nextAttemptAt) }
        // Only the outbox knows whether there was something behind it in its lane: a listener without a
        // backlog pays for that with a second claim, which finds nothing, after each of its bursts.
        if hasLanes { mayHaveDue = true }
        return isDraining && (hasLanes || nextAttemptAt != nil)
    }

    /// An operator has paused the listener: nothing is claimed until it is resumed.
    mutating func paused(_ pause: ListenerPause) { health.operatorPaused(pause) }

    /// An operator has resumed the listener.
    mutating func resumed() { health.operatorResumed() }

    /// The outbox has what `save` asked for.
    mutating func saved() { health.saved() }

    /// The outbox does not have what `save` asked for.
    mutating func saveFailed(retryAt time: Timestamp) {
        health.saveFailed(retryAt: mayRetrySaving ? time : nil)
    }

    /// No more claims.
    mutating func drain() { isDraining = true }

    /// No more claims, and nothing is waited for but what runs.
    mutating func interrupt() {
        isDraining = true
        mayRetrySaving = false
        health.giveUpSaving()
    }

    /// No more claims; the queue that is made from the returned state goes on.
    ///
    /// It takes over the pause, what the breaker has counted, and the rate if that stays as it is.
    mutating func handOver(to policy: ListenerPolicy) -> ListenerQueueState {
        isDraining = true
        isHandedOver = true
        mayRetrySaving = false
        var heir = ListenerQueueState(policy: policy, health: health.handOver(to: policy.breaker))
        if let bucket, bucket.limit == policy.rate { heir.bucket = bucket }
        return heir
    }
}
