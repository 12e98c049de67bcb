package import Events

/// How one listener's dispatches are run.
package struct ListenerPolicy: Hashable, Sendable {
    /// How long an attempt may take before it is cancelled.
    package var timeout: Duration
    /// Attempts under way at the same time, at most.
    package var concurrency: Int
    /// When a failed attempt is repeated.
    package var retry: RetryPolicy
    /// What runs in order.
    package var ordering = LaneOrdering.subject
    /// How long a failing dispatch holds up its lane, from its first failure.
    package var hold = Duration.seconds(60)
    /// When a listener that only fails is left alone.
    package var breaker = BreakerPolicy()
    /// How many attempts may begin in a time; nil for any number.
    package var rate: RateLimit?

    package init(timeout: Duration, concurrency: Int, retry: RetryPolicy) {
        self.timeout = timeout
        self.concurrency = concurrency
        self.retry = retry
    }
}

/// When a listener that only fails is paused by the system, and how it is probed then.
package struct BreakerPolicy: Hashable, Sendable {
    /// The failures in a row, without a success, that it takes: attempts that failed, timed out or crashed.
    package var failures = 100
    /// The time over which they must have gone on.
    package var period = Duration.seconds(3600)
    /// How often a single dispatch is tried while the listener is paused.
    package var probe = Duration.seconds(60)

    package init() {}
}

/// How many attempts may begin in a time: never more in any window as long as that, probes included.
///
/// So many may begin at once after a quiet time, and the next ones one period later.
package struct RateLimit: Hashable, Sendable {
    /// The attempts, at least 1.
    package var attempts: Int
    /// The time, more than zero.
    package var period: Duration

    package init(attempts: Int, period: Duration) {
        self.attempts = attempts
        self.period = period
    }
}

/// Exponential backoff with jitter.
package struct RetryPolicy: Hashable, Sendable {
    /// Attempts in all, the first included.
    package var maxAttempts: Int
    /// The wait after the first attempt.
    package var initial: Duration
    /// By what each wait is longer than the one before.
    package var factor: Double
    /// The longest wait, before jitter.
    package var max: Duration

    /// A wait is this share longer or shorter, at random, so that what failed together does not come back
    /// together.
    package static let jitter = 0.2

    package init(maxAttempts: Int, initial: Duration, factor: Double, max: Duration) {
        self.maxAttempts = maxAttempts
        self.initial = initial
        self.factor = factor
        self.max = max
    }

    /// The wait after a failed attempt.
    ///
    /// - Parameters:
    ///   - attempt: The attempt that failed, from 1.
    ///   - random: From 0 to 1.
    /// - Returns: The wait with its jitter.
    package func delay(afterAttempt attempt: Int, random: Double) -> Duration {
        var delay = initial
        for _ in 1..<Swift.max(1, attempt) where delay < max { delay = Swift.min(max, delay * factor) }
        return Swift.min(max, delay) * (1 - Self.jitter + 2 * Self.jitter * random)
    }
}
