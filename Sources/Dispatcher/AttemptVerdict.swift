import Events
import ListenerKit

/// How a run of an attempt ended.
enum AttemptEnd: Sendable {
    case returned
    case threw(any Error)
    case timedOut
    case interrupted
}

/// What follows from an attempt's end: a pure function of it, the policy and a random number.
struct AttemptVerdict: Equatable {
    let outcome: AttemptOutcome
    let error: String?
    let next: AttemptRecord.Next
    /// Whether the process died that the attempt ran alone in.
    var isCrashInIsolation = false
    /// Whether the receiver wants no more events at all.
    var isUnwanted = false
    /// How long the receiver wants no event; nil if it has not asked for time.
    var hold: Duration?

    /// Bytes of an error's text that are kept.
    static let errorBytesMax = 1024

    /// The deaths of a process that a dispatch may cause, alone in it, before it is dead.
    ///
    /// One may be chance (the machine was out of memory), two may be bad luck; three times the same is the
    /// event.
    static let crashesAloneMax = 3

    /// Judges an attempt.
    ///
    /// - Parameters:
    ///   - end: How it ended.
    ///   - dispatch: What was attempted; the attempts before its last redrive do not count.
    ///   - policy: The listener's.
    ///   - now: When it ended.
    ///   - random: From 0 to 1, for the jitter.
    init(
        _ end: AttemptEnd,
        of dispatch: ClaimedDispatch,
        policy: ListenerPolicy,
        now: Timestamp,
        random: Double
    ) {
        let retry = RetryDecision(dispatch, policy: policy, now: now, random: random)
        switch end {
        case .returned:
            (outcome, error, next) = (.delivered, nil, .delivered)
        case .interrupted:
            (outcome, error, next) = (
                .interrupted, "the daemon stopped during the attempt", .pending(at: now)
            )
        case .timedOut:
            (outcome, error, next) = (.timedOut, "not done within \(policy.timeout)", retry.later)
        case .threw(ListenerError.permanent(let reason)):
            (outcome, error, next) = (.permanent, Self.clipped(reason), .dead(.permanent))
        case .threw(ListenerError.retry(let wait, let reason)):
            (outcome, error, next) = (.failed, Self.clipped(reason), retry.after(wait))
        case .threw(AttemptFailure.crashed(let reason)):
            (outcome, error, next) = (.crashed, Self.clipped(reason), retry.later)
        case .threw(AttemptFailure.crashedAlone(let reason)):
            let isLast = dispatch.crashes + 1 >= Self.crashesAloneMax
            (outcome, error) = (.crashed, Self.clipped(reason))
            next = isLast ? .dead(.crashed) : retry.later
            isCrashInIsolation = true
        case .threw(AttemptFailure.unwanted(let reason)):
            (outcome, error, next) = (.interrupted, Self.clipped(reason), .pending(at: now))
            isUnwanted = true
        case .threw(AttemptFailure.busy(let wait, let reason)):
            // The hold counts also where this was the last attempt: what it is for is all that waits.
            (outcome, error, next) = (.failed, Self.clipped(reason), retry.after(wait))
            hold = retry.bounded(wait)
        case .threw(AttemptFailure.noRoom(let reason)):
            (outcome, error, next) = (.interrupted, Self.clipped(reason), .pending(at: now))
        case .threw(let failure):
            (outcome, error, next) = (.failed, Self.clipped(String(describing: failure)), retry.later)
        }
    }

    /// Cuts a text to the bytes that are kept.
    static func clipped(_ text: String) -> String {
        guard text.utf8.count > errorBytesMax else { return text }
        // A character that is cut in two becomes U+FFFD.
        return String(decoding: text.utf8.prefix(errorBytesMax), as: UTF8.self) + "…"
    }
}

/// Whether and when an attempt is repeated.
private struct RetryDecision {
    private let isExhausted: Bool
    private let now: Timestamp
    private let delay: Duration
    private let delayMax: Duration

    init(_ dispatch: ClaimedDispatch, policy: ListenerPolicy, now: Timestamp, random: Double) {
        let attempt = dispatch.attempt - dispatch.attemptsBefore
        isExhausted = attempt >= policy.retry.maxAttempts
        delay = policy.retry.delay(afterAttempt: attempt, random: random)
        delayMax = policy.retry.max
        self.now = now
    }

    /// Repeated after the policy's wait.
    var later: AttemptRecord.Next { next(at: now.advanced(by: delay)) }

    /// Repeated after the wait that the listener asked for, within the policy's longest.
    func after(_ wait: Duration) -> AttemptRecord.Next { next(at: now.advanced(by: bounded(wait))) }

    /// A wait that was asked for, within the policy's longest.
    func bounded(_ wait: Duration) -> Duration { min(max(.zero, wait), delayMax) }

    private func next(at time: Timestamp) -> AttemptRecord.Next {
        isExhausted ? .dead(.exhausted) : .pending(at: time)
    }
}
