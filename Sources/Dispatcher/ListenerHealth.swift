import Events

/// Whether a listener may have work: who has paused it, the breaker, which does so when it only fails, and
/// the time that its endpoint has asked for.
///
/// Decisions without time, threads or storage. The pause holds from the moment on at which it was decided;
/// that the outbox shows the same is brought about afterwards (`SaveStep`).
struct ListenerHealth {
    /// What an attempt's end has changed.
    enum Change: Equatable {
        case none
        case paused(ListenerPause)
        case held(until: Timestamp)
        case resumed
    }

    /// What is to be written to the outbox.
    enum SaveStep: Equatable {
        /// Nothing: it shows what is so.
        case none
        /// This: the listener's pause, or that it has none. With `ofAnyone` it may show a pause of anyone's
        /// that an operator has ended since; else only the breaker's is replaced.
        case save(ListenerPause?, ofAnyone: Bool)
        /// That the listener is held until this time.
        case hold(until: Uptime)
        /// Something, but not before this time.
        case wait(until: Uptime)
    }

    /// Why the listener has no work now; nil when it has.
    private(set) var pause: ListenerPause?

    /// Until when the endpoint wants no events; may be past.
    private var heldUntil: Uptime?
    private let policy: BreakerPolicy
    /// Failures in a row, and when the first of them was over.
    private var failures = 0
    private var firstFailureAt: Moment?
    /// At the start a probe is due: what was wrong may be why somebody has started the daemon again.
    private var probeNotBefore: Uptime?
    /// A probe is being claimed, or under way.
    private var isProbing = false
    /// Whether the outbox may show something else than what is so.
    private var isUnsaved = false
    private var isSaving = false
    /// The same for the hold.
    private var isHoldUnsaved = false
    private var isSavingHold = false
    /// Whether an operator has resumed the listener, and the outbox may still show somebody's pause.
    private var isResumedOfAnyone = false
    private var saveNotBefore: Uptime?

    init(policy: BreakerPolicy, pause: ListenerPause?, heldUntil: Uptime? = nil) {
        self.policy = policy
        self.pause = pause
        self.heldUntil = heldUntil
    }

    /// The health of a queue that takes over from one with this health; that one saves no more.
    mutating func handOver(to policy: BreakerPolicy) -> ListenerHealth {
        var heir = ListenerHealth(policy: policy, pause: pause, heldUntil: heldUntil)
        heir.failures = failures
        heir.firstFailureAt = firstFailureAt
        heir.probeNotBefore = probeNotBefore
        heir.isUnsaved = isUnsaved || isSaving
        heir.isHoldUnsaved = isHoldUnsaved || isSavingHold
        heir.isResumedOfAnyone = isResumedOfAnyone
        (isUnsaved, isHoldUnsaved) = (false, false)
        return heir
    }

    // MARK: Claims

    /// From when on something may be claimed; nil while nothing may, until somebody resumes or a probe ends.
    func claimableAt(now: Uptime) -> Uptime? {
        let notHeldAt = max(heldUntil ?? now, now)
        guard let pause else { return notHeldAt }
        guard pause.origin == .breaker, !isProbing else { return nil }
        return max(probeNotBefore ?? now, notHeldAt)
    }

    /// Whether a dispatch may begin that nobody has claimed.
    func takesNewcomers(now: Uptime) -> Bool { pause == nil && !isHeld(now: now) }

    private func isHeld(now: Uptime) -> Bool { heldUntil.map { $0 > now } ?? false }

    /// A claim begins; true if it is a probe's, and so for one dispatch at most.
    mutating func claimBegins(now: Uptime) -> Bool {
        guard pause != nil else { return false }
        isProbing = true
        probeNotBefore = now.advanced(by: policy.probe)
        return true
    }

    /// A probe has ended, or its claim has found nothing.
    mutating func probeEnded() { isProbing = false }

    // MARK: Changes

    /// An attempt has ended.
    mutating func ended(_ verdict: AttemptVerdict, at moment: Moment) -> Change {
        let hold = held(for: verdict.hold, at: moment)
        let change = judged(verdict, at: moment)
        return change == .none ? hold : change
    }

    private mutating func judged(_ verdict: AttemptVerdict, at moment: Moment) -> Change {
        if verdict.isUnwanted { return unwanted(reason: verdict.error, at: moment) }
        switch verdict.outcome {
        case .delivered: return succeeded()
        case .failed, .timedOut, .crashed: return failed(error: verdict.error, at: moment)
        case .permanent, .interrupted: return .none
        }
    }

    /// An operator has paused the listener, and the outbox has that.
    mutating func operatorPaused(_ pause: ListenerPause) {
        overrule()
        self.pause = pause
        isResumedOfAnyone = false
    }

    /// An operator has resumed the listener, and the outbox has that.
    mutating func operatorResumed() {
        overrule()
        pause = nil
        (heldUntil, isHoldUnsaved) = (nil, false)
        isResumedOfAnyone = true
        clearFailures()
        probeNotBefore = nil
    }

    /// Writes the operator's word once more: what the breaker or the endpoint has decided may have been
    /// written between the time at which the outbox took that word and the time at which it arrived here.
    private mutating func overrule() {
        isUnsaved = true
        saveNotBefore = nil
    }

    /// What has begun beside the attempt that was asked for time may ask for more, but not for less.
    private mutating func held(for hold: Duration?, at moment: Moment) -> Change {
        let now = moment.uptime
        guard let hold else { return .none }
        let time = now + hold
        guard time > max(heldUntil ?? now, now) else { return .none }
        let isNew = !isHeld(now: now)
        heldUntil = time
        isHoldUnsaved = true
        return isNew ? .held(until: moment.time(at: time)) : .none
    }

    private mutating func unwanted(reason: String?, at moment: Moment) -> Change {
        // A breaker's pause would probe what wants no probes.
        guard pause == nil || pause?.origin == .breaker else { return .none }
        return decide(ListenerPause(origin: .endpoint, since: moment.time, reason: reason))
    }

    private mutating func failed(error: String?, at moment: Moment) -> Change {
        failures += 1
        let first = firstFailureAt ?? moment
        firstFailureAt = first
        let period = first.uptime.duration(to: moment.uptime)
        guard pause == nil, failures >= policy.failures, period >= policy.period else { return .none }
        probeNotBefore = moment.uptime + policy.probe
        let reason =
            "\(failures) attempts in a row have failed since \(first.time); the last: \(error ?? "")"
        return decide(
            ListenerPause(origin: .breaker, since: moment.time, reason: AttemptVerdict.clipped(reason))
        )
    }

    private mutating func succeeded() -> Change {
        clearFailures()
        guard pause?.origin == .breaker else { return .none }
        probeNotBefore = nil
        return decide(nil)
    }

    private mutating func decide(_ pause: ListenerPause?) -> Change {
        self.pause = pause
        isUnsaved = true
        saveNotBefore = nil
        return pause.map { .paused($0) } ?? .resumed
    }

    private mutating func clearFailures() {
        failures = 0
        firstFailureAt = nil
    }

    // MARK: The outbox

    /// What is to be written now; a `save` or `hold` has to be answered by `saved` or `saveFailed`.
    mutating func nextSave(now: Uptime) -> SaveStep {
        guard isUnsaved || isHoldUnsaved else { return .none }
        if let time = saveNotBefore, time > now { return .wait(until: time) }
        guard isUnsaved else {
            isHoldUnsaved = false
            guard let heldUntil, heldUntil > now else { return .none }
            isSavingHold = true
            return .hold(until: heldUntil)
        }
        isUnsaved = false
        isSaving = true
        return .save(pause, ofAnyone: isResumedOfAnyone)
    }

    /// The outbox has what it was given.
    mutating func saved() {
        (isSaving, isSavingHold) = (false, false)
        saveNotBefore = nil
        if !isUnsaved { isResumedOfAnyone = false }
    }

    /// The outbox does not have what it was given.
    ///
    /// - Parameter time: When it is to be tried again; nil if there is no more time for that.
    mutating func saveFailed(retryAt time: Uptime?) {
        if isSaving { isUnsaved = time != nil }
        // One that a resume has ended meanwhile is not written any more.
        if isSavingHold { isHoldUnsaved = time != nil && heldUntil != nil }
        (isSaving, isSavingHold) = (false, false)
        saveNotBefore = time
    }

    /// There is no time any more to try again what has failed.
    mutating func giveUpSaving() {
        if saveNotBefore != nil { (isUnsaved, isHoldUnsaved) = (false, false) }
    }
}
