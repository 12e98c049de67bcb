import Events

/// When one listener's attempts are recorded and its dispatches claimed: decisions without time, threads or
/// storage.
///
/// All its times are uptimes.
///
/// Attempts that have ended are recorded by the next settling, all at once. A settling claims, too, when
/// something may be due (the start, a commit, a retry's time, a settling that has found something), a slot is
/// free, the rate allows it and the listener is not paused, or a probe is due.
///
/// A dispatch that is just being committed needs no claim if there is a slot for it and one for everything
/// that waits: then one is reserved. Those that are refused are counted, and the next claim takes no more
/// slots than they need. Without that, a listener that was once out of slots would go on with claims for as
/// long as dispatches keep coming: each would find a claim under way.
struct ListenerQueueState {
    /// What the queue does next.
    enum Step: Equatable {
        /// Record what is in `settling`, and claim up to so many.
        case settle(claimingUpTo: Int)
        /// Record what is in `settling`, and claim one, to see whether the listener still fails.
        case probe
        /// Write to the outbox that the listener is paused, or that it is not.
        case save(ListenerPause?, ofAnyone: Bool)
        /// Write to the outbox that the listener is held until this time.
        case hold(until: Uptime)
        /// Wait for a ring, or until a time.
        case wait(until: Uptime?)
        /// Everything is done.
        case end
    }

    /// The wait after a claim that took nothing and yet says that there is more, as one does that was busy
    /// waking what is due: without it, a store that errs would be asked without a pause.
    static let emptyClaimDelay = Duration.milliseconds(10)

    /// Slots that are taken: by attempts that are under way or about to begin, or that have ended and are not
    /// recorded.
    private(set) var running = 0
    /// What is being recorded.
    private(set) var settling: [AttemptRecord] = []
    /// Whether the queue claims no more.
    private(set) var isDraining = false
    /// Whether another queue goes on from what this one knew.
    private(set) var isHandedOver = false

    private let concurrency: Int
    private var health: ListenerHealth
    private var bucket: RateBucket?
    /// What has ended and is for the next settling to record.
    private var ended: [AttemptRecord] = []
    /// Whether a probe is among what has ended, or is being recorded.
    private var hasProbeEnded = false
    private var isSettlingProbe = false
    /// Whether something may be due that no claim has seen: true at the start, for what an earlier process
    /// left.
    private var mayHaveDue = true
    /// Whether more may wait than those that were refused a slot.
    private var isBehind = true
    /// The dispatches that were refused a slot since the last claim began.
    private var refused = 0
    /// Whether some were refused since the last commit was heard of, which so is theirs.
    private var isCommitExpected = false
    private var nextDueAt: Uptime?
    private var claimNotBefore: Uptime?
    private var settleNotBefore: Uptime?
    /// The claim that is under way.
    private var claim: ClaimUnderWay?
    private var isInterrupted = false
    private var mayRetrySaving = true

    private struct ClaimUnderWay {
        let begunAt: Uptime
        let limit: Int
        let isProbe: Bool
        /// Whether more may wait than the claim knows of.
        let isBehind: Bool
    }

    init(policy: ListenerPolicy, pause: ListenerPause? = nil, heldUntil: Uptime? = nil) {
        let health = ListenerHealth(policy: policy.breaker, pause: pause, heldUntil: heldUntil)
        self.init(policy: policy, health: health)
    }

    private init(policy: ListenerPolicy, health: ListenerHealth) {
        concurrency = policy.concurrency
        bucket = policy.rate.map(RateBucket.init(limit:))
        self.health = health
    }

    /// Why the listener has no work now; nil when it has.
    var pause: ListenerPause? { health.pause }

    // MARK: The next step

    /// Decides; a settling that it asks for has to be answered by `settled` or `settlingFailed`, what it asks
    /// to save by `saved` or `saveFailed`, before it is asked again.
    mutating func next(now: Uptime) -> Step {
        switch health.nextSave(now: now) {
        case .save(let pause, let ofAnyone): .save(pause, ofAnyone: ofAnyone)
        case .hold(let time): .hold(until: time)
        case .none: isOver ? .end : settleStep(now: now)
        case .wait(let time): earlier(settleStep(now: now), time)
        }
    }

    private var isOver: Bool { isDraining && running == 0 }

    private func earlier(_ step: Step, _ time: Uptime) -> Step {
        guard case .wait(let until) = step else { return step }
        return .wait(until: min(until ?? time, time))
    }

    private mutating func settleStep(now: Uptime) -> Step {
        if let time = settleNotBefore, time > now, !isOver { return .wait(until: time) }
        let step = isDraining ? .wait(until: nil) : claimStep(now: now)
        if case .wait = step, ended.isEmpty { return step }
        settling = ended
        ended = []
        isSettlingProbe = hasProbeEnded
        hasProbeEnded = false
        settleNotBefore = nil
        if case .wait = step { return .settle(claimingUpTo: 0) }
        return step
    }

    private mutating func claimStep(now: Uptime) -> Step {
        // What has ended leaves its slots to what is claimed in the same transaction.
        let free = concurrency - running + ended.count
        guard free > 0, let allowedAt = claimAllowedAt(now: now) else { return .wait(until: nil) }
        guard let dueAt = mayHaveDue ? now : nextDueAt else { return .wait(until: nil) }
        let time = max(dueAt, allowedAt)
        guard time <= now else { return .wait(until: time) }
        let isProbe = health.claimBegins(now: now)
        let isBehind = isBehind || isDue(now: now)
        let wanted = isProbe ? 1 : isBehind ? free : max(1, refused)
        let limit = min(free, wanted, bucket?.tokens(now: now) ?? .max)
        claim = ClaimUnderWay(begunAt: now, limit: limit, isProbe: isProbe, isBehind: isBehind)
        mayHaveDue = false
        self.isBehind = false
        refused = 0
        nextDueAt = nil
        claimNotBefore = nil
        return isProbe ? .probe : .settle(claimingUpTo: limit)
    }

    /// Whether the time has come of what waited for it.
    private func isDue(now: Uptime) -> Bool { nextDueAt.map { $0 <= now } ?? false }

    /// From when on a claim may be made, if something is due; nil if no time alone allows it.
    private mutating func claimAllowedAt(now: Uptime) -> Uptime? {
        guard let healthyAt = health.claimableAt(now: now) else { return nil }
        let time = max(healthyAt, claimNotBefore ?? now)
        guard bucket != nil else { return time }
        return bucket?.nextTokenAt(now: now).map { max(time, $0) }
    }

    // MARK: Dispatches

    /// New dispatches were committed, or others have become ready.
    mutating func committed() {
        mayHaveDue = true
        if !isCommitExpected { isBehind = true }
        isCommitExpected = false
    }

    /// Takes a slot for a dispatch that is about to be committed as running; false if it has to wait for a
    /// claim, as it must take no slot from what waits already.
    mutating func reserve(now: Uptime) -> Bool {
        guard hasSlotForNewcomer(now: now) else {
            refused += 1
            isCommitExpected = true
            return false
        }
        running += 1
        bucket?.hold()
        return true
    }

    private mutating func hasSlotForNewcomer(now: Uptime) -> Bool {
        guard !isDraining, health.takesNewcomers(now: now), !isBehind, !isDue(now: now) else { return false }
        if let claim, claim.isBehind { return false }
        let awaited = refused + (claim?.limit ?? 0)
        return running + awaited < concurrency && bucket?.tokens(now: now) ?? .max > awaited
    }

    /// The attempt begins that a slot was reserved for.
    mutating func begun(now: Uptime) { bucket?.takeHeld(1, now: now) }

    /// The dispatch was not committed that a slot was reserved for.
    mutating func cancelled() {
        running -= 1
        precondition(running >= 0, "what is cancelled was reserved")
        bucket?.giveBack()
        // Harmless, and what was refused a slot meanwhile is seen.
        mayHaveDue = true
    }

    // MARK: Attempts

    /// An attempt has ended: what its end says about the listener counts from now on.
    ///
    /// - Returns: What follows for the listener.
    mutating func judged(_ verdict: AttemptVerdict, at moment: Moment) -> ListenerHealth.Change {
        health.ended(verdict, at: moment)
    }

    /// An attempt has ended and is to be recorded.
    mutating func ended(_ record: AttemptRecord, wasProbe: Bool) {
        ended.append(record)
        if wasProbe { hasProbeEnded = true }
    }

    /// The store has recorded what was in `settling`; so many that it has claimed begin now.
    ///
    /// - Returns: Whether somebody else has to see what is due, because this queue claims no more.
    mutating func settled(claimed count: Int, hasMore: Bool, nextDueAt: Uptime?, now: Uptime) -> Bool {
        running += count - settling.count
        precondition((0...concurrency).contains(running), "a claim keeps to its limit")
        settling = []
        if isSettlingProbe { health.probeEnded() }
        bucket?.take(count, now: now)
        // What was heard of meanwhile may be unknown to the store's answer.
        if hasMore { (mayHaveDue, isBehind) = (true, true) }
        self.nextDueAt = [self.nextDueAt, nextDueAt].compactMap(\.self).min()
        if let claim {
            if claim.isProbe, count == 0 { health.probeEnded() }
            let wasDue = nextDueAt.map { $0 <= claim.begunAt } ?? false
            if count == 0, hasMore || wasDue { claimNotBefore = now.advanced(by: Self.emptyClaimDelay) }
        }
        claim = nil
        return isDraining && (hasMore || nextDueAt != nil)
    }

    /// The store has neither recorded nor claimed anything; it is asked again for all of it.
    ///
    /// Once the queue is interrupted, nobody waits for that any more: what could not be recorded stays
    /// running in the outbox and is recovered at the next start.
    mutating func settlingFailed(retryAt time: Uptime) {
        if isInterrupted {
            running -= settling.count
        } else {
            ended = settling + ended
            hasProbeEnded = hasProbeEnded || isSettlingProbe
            settleNotBefore = time
        }
        settling = []
        if let claim {
            (mayHaveDue, isBehind) = (true, true)
            if claim.isProbe { health.probeEnded() }
        }
        claim = nil
    }

    // MARK: Pauses

    /// An operator has paused the listener: nothing is claimed until it is resumed.
    mutating func paused(_ pause: ListenerPause) { health.operatorPaused(pause) }

    /// An operator has resumed the listener.
    mutating func resumed() { health.operatorResumed() }

    /// The outbox has what `save` asked for.
    mutating func saved() { health.saved() }

    /// The outbox does not have what `save` asked for.
    mutating func saveFailed(retryAt time: Uptime) {
        health.saveFailed(retryAt: mayRetrySaving ? time : nil)
    }

    // MARK: The end

    /// No more claims.
    mutating func drain() { isDraining = true }

    /// No more claims, and nothing is waited for but what runs.
    mutating func interrupt() {
        isDraining = true
        isInterrupted = true
        settleNotBefore = nil
        mayRetrySaving = false
        health.giveUpSaving()
    }

    /// No more claims; the queue that is made from the returned state goes on.
    ///
    /// It takes over the pause, what the breaker has counted, and the rate if that stays as it is.
    mutating func handOver(to policy: ListenerPolicy, now: Uptime) -> ListenerQueueState {
        isDraining = true
        isHandedOver = true
        mayRetrySaving = false
        var heir = ListenerQueueState(policy: policy, health: health.handOver(to: policy.breaker))
        if var bucket, bucket.limit == policy.rate {
            // What slots are reserved for here begins in any moment.
            bucket.takeHeld(now: now)
            heir.bucket = bucket
        }
        return heir
    }
}
