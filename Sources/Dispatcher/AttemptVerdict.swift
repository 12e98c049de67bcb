import Events
import ListenerKit

/// How a handler's run ended.
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

    /// Bytes of an error's text that are kept.
    static let errorBytesMax = 1024

    /// Judges an attempt.
    ///
    /// - Parameters:
    ///   - end: How it ended.
    ///   - attempt: Which it was, from 1.
    ///   - policy: The listener's.
    ///   - now: When it ended.
    ///   - random: From 0 to 1, for the jitter.
    init(_ end: AttemptEnd, attempt: Int, policy: ListenerPolicy, now: Timestamp, random: Double) {
        let retryDelay = policy.retry.delay(afterAttempt: attempt, random: random)
        switch end {
        case .returned:
            (outcome, error, next) = (.delivered, nil, .delivered)
        case .interrupted:
            (outcome, error, next) = (
                .interrupted, "the daemon stopped during the attempt", .pending(at: now)
            )
        case .timedOut:
            outcome = .timedOut
            error = "not done within \(policy.timeout)"
            next = Self.retry(attempt, policy, at: now.advanced(by: retryDelay))
        case .threw(ListenerError.permanent(let reason)):
            (outcome, error, next) = (.permanent, Self.clipped(reason), .dead(.permanent))
        case .threw(ListenerError.retry(let wait, let reason)):
            let bounded = min(max(.zero, wait), policy.retry.max)
            (outcome, error) = (.failed, Self.clipped(reason))
            next = Self.retry(attempt, policy, at: now.advanced(by: bounded))
        case .threw(let failure):
            (outcome, error) = (.failed, Self.clipped(String(describing: failure)))
            next = Self.retry(attempt, policy, at: now.advanced(by: retryDelay))
        }
    }

    private static func retry(_ attempt: Int, _ policy: ListenerPolicy, at time: Timestamp)
        -> AttemptRecord.Next
    {
        attempt >= policy.retry.maxAttempts ? .dead(.exhausted) : .pending(at: time)
    }

    private static func clipped(_ text: String) -> String {
        guard text.utf8.count > errorBytesMax else { return text }
        // A character that is cut in two becomes U+FFFD.
        return String(decoding: text.utf8.prefix(errorBytesMax), as: UTF8.self) + "…"
    }
}
