import Events

/// When one listener's dispatches are claimed: decisions without time, threads or storage.
struct ListenerQueueState {
    /// What the queue does next.
    enum Step: Equatable {
        /// Claim up to so many.
        case claim(limit: Int)
        /// Wait for a ring, or until a time.
        case wait(until: Timestamp?)
        /// Everything is done.
        case end
    }

    /// Attempts under way.
    private(set) var running = 0

    private let concurrency: Int
    /// Whether something may be due that no claim has seen: true at the start, for what an earlier process
    /// left.
    private var mayHaveDue = true
    private var nextDueAt: Timestamp?
    private var claimNotBefore: Timestamp?
    private var isDraining = false

    init(concurrency: Int) {
        self.concurrency = concurrency
    }

    /// Decides; a claim that it asks for has to be answered by `claimed` or `claimFailed`.
    mutating func next(now: Timestamp) -> Step {
        if isDraining { return running == 0 ? .end : .wait(until: nil) }
        guard running < concurrency else { return .wait(until: nil) }
        if let time = claimNotBefore {
            guard time <= now else { return .wait(until: time) }
            claimNotBefore = nil
        }
        if let time = nextDueAt, time <= now { mayHaveDue = true }
        guard mayHaveDue else { return .wait(until: nextDueAt) }
        mayHaveDue = false
        nextDueAt = nil
        return .claim(limit: concurrency - running)
    }

    /// New dispatches were committed.
    mutating func committed() { mayHaveDue = true }

    /// A claim has marked so many as running.
    mutating func claimed(_ count: Int, nextDueAt: Timestamp?) {
        running += count
        // What finished during the claim may be due before what the claim saw, or be unknown to it.
        self.nextDueAt = [self.nextDueAt, nextDueAt].compactMap(\.self).min()
        precondition(running <= concurrency, "a claim keeps to its limit")
    }

    /// A claim could not be committed.
    mutating func claimFailed(retryAt time: Timestamp) {
        mayHaveDue = true
        claimNotBefore = time
    }

    /// An attempt is over and recorded; if it is to be repeated, at that time.
    ///
    /// - Parameter nextAttemptAt: When it is to be repeated, if it is.
    /// - Returns: Whether somebody else has to repeat it, because this queue claims no more.
    mutating func finished(nextAttemptAt: Timestamp?) -> Bool {
        running -= 1
        precondition(running >= 0, "what finishes has run")
        guard let nextAttemptAt else { return false }
        nextDueAt = min(nextDueAt ?? nextAttemptAt, nextAttemptAt)
        return isDraining
    }

    /// No more claims.
    mutating func drain() { isDraining = true }
}
