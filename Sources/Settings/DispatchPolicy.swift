/// How the dispatches of one listener are run, retried and ordered.
///
/// Configuration keys of `dispatcher.defaults`, each of which may also stand under a listener:
/// - `timeout` (duration; default `10s`; 1ms to 1d): the deadline of one attempt.
/// - `concurrency` (whole number; default 4; 1 to 1024): attempts of this listener at the same time.
/// - `ordering` (`subject`, `repository` or `none`; default `subject`): what makes a lane.
/// - `hold` (duration; default `1m`; 0s to 30d): how long a failing dispatch holds up its lane.
/// - `retry`: see `RetryPolicy`.
/// - `breaker`: see `BreakerPolicy`.
package struct DispatchPolicy: Equatable, Sendable {
    /// The deadline of one attempt.
    package var timeout = Duration.seconds(10)
    /// Attempts of this listener at the same time.
    package var concurrency = 4
    /// What makes a lane.
    package var ordering = Ordering.subject
    /// How long a failing dispatch holds up its lane, from its first failure.
    package var hold = Duration.minutes(1)
    /// When a failed dispatch is tried again.
    package var retry = RetryPolicy()
    /// When a listener that only fails is left alone for a while.
    package var breaker = BreakerPolicy()

    /// What makes a lane, in which dispatches run in order.
    package enum Ordering: String, CaseIterable, Sendable {
        /// One listener, source, repository and subject.
        case subject
        /// One listener, source and repository.
        case repository
        /// Nothing: every dispatch is a lane of its own.
        case none
    }

    package init() {}

    /// Takes over what a section says; the rest stays.
    mutating func read(_ section: Section) {
        section.read("timeout", &timeout, .duration(in: .milliseconds(1) ... .days(1)))
        section.read("concurrency", &concurrency, .whole(in: 1...1024))
        section.read("ordering", &ordering, .word)
        section.read("hold", &hold, .duration(in: .zero ... .days(30)))
        retry.read(section.section("retry"))
        breaker.read(section.section("breaker"))
    }
}

/// When a failed dispatch is tried again: after `initial`, then `factor` times as long each time, up to
/// `max`.
///
/// Configuration keys of `retry`:
/// - `maxAttempts` (whole number; default 18; 1 to 1000): then it is a dead letter.
/// - `initial` (duration; default `5s`; 1ms to 30d): the wait before the second attempt.
/// - `factor` (number; default 3; 1 to 100): how much longer each wait is than the one before.
/// - `max` (duration; default `10h`; 1ms to 30d): the longest wait; not less than `initial`.
package struct RetryPolicy: Equatable, Sendable {
    /// The attempts after which a dispatch is a dead letter.
    package var maxAttempts = 18
    /// The wait before the second attempt.
    package var initial = Duration.seconds(5)
    /// How much longer each wait is than the one before.
    package var factor = 3.0
    /// The longest wait.
    package var max = Duration.hours(10)

    package init() {}

    /// Takes over what a section says; the rest stays.
    mutating func read(_ section: Section) {
        let waits = Duration.milliseconds(1) ... .days(30)
        section.read("maxAttempts", &maxAttempts, .whole(in: 1...1000))
        section.read("initial", &initial, .duration(in: waits))
        section.read("factor", &factor, .decimal(in: 1...100))
        section.read("max", &max, .duration(in: waits))
        section.finish()
        guard initial > max, section.has("initial") || section.has("max") else { return }
        section.error(
            "initial (\(initial.settingText)) is more than max (\(max.settingText))",
            at: section.mark(of: section.has("initial") ? "initial" : "max")
        )
    }
}

/// When a listener that only fails is left alone for a while, so that its backlog does not burn its attempts.
///
/// Configuration keys of `breaker`:
/// - `failures` (whole number; default 100; 1 to 1000000): failures in a row.
/// - `for` (duration; default `1h`; 0s to 30d): the time over which they must have gone on.
/// - `probe` (duration; default `1m`; 1ms to 1d): how often a single dispatch is then tried.
package struct BreakerPolicy: Equatable, Sendable {
    /// The failures in a row that open the breaker.
    package var failures = 100
    /// The time over which the failures must have gone on; the key is `for`.
    package var period = Duration.hours(1)
    /// How often a single dispatch is tried while the breaker is open.
    package var probe = Duration.minutes(1)

    package init() {}

    /// Takes over what a section says; the rest stays.
    mutating func read(_ section: Section) {
        section.read("failures", &failures, .whole(in: 1...1_000_000))
        section.read("for", &period, .duration(in: .zero ... .days(30)))
        section.read("probe", &probe, .duration(in: .milliseconds(1) ... .days(1)))
        section.finish()
    }
}
