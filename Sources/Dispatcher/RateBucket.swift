import DequeModule
import Events

/// Tokens for attempts, so that never more begin in a time than a rate allows.
///
/// A full bucket has as many tokens as the rate has attempts: so many may begin at once. A token that was
/// taken comes back one period later and not little by little, because then a burst after a quiet time and
/// what is refilled meanwhile would make almost twice as many within one period. So in no window as long as
/// the period do more begin than the rate says.
struct RateBucket {
    /// What a queue is limited by.
    let limit: RateLimit

    /// Tokens come back in portions of this share of the period, so that the memory is bounded whatever the
    /// rate: some come back later by this share, none earlier.
    private static let portions = 64

    private let portion: Duration
    /// Portions are counted from the first attempt.
    private var start: Uptime?
    /// What was taken, by the time at which it comes back; hardly more than there are portions.
    private var taken: Deque<(backAt: Uptime, count: Int)> = []
    private var takenCount = 0
    /// What is kept for attempts that are about to begin.
    private var heldCount = 0

    init(limit: RateLimit) {
        self.limit = limit
        portion = max(.milliseconds(1), limit.period / Self.portions)
    }

    /// How many attempts may begin now.
    mutating func tokens(now: Uptime) -> Int {
        while let first = taken.first, first.backAt <= now {
            takenCount -= first.count
            taken.removeFirst()
        }
        return max(0, max(1, limit.attempts) - takenCount - heldCount)
    }

    /// When the next attempt may begin: at once, or when a token comes back; nil while all are held.
    mutating func nextTokenAt(now: Uptime) -> Uptime? {
        tokens(now: now) > 0 ? now : taken.first?.backAt
    }

    /// Keeps a token for an attempt that is about to begin.
    mutating func hold() { heldCount += 1 }

    /// An attempt does not begin that a token was kept for.
    mutating func giveBack() { heldCount -= 1 }

    /// So many attempts begin that tokens were kept for; all of them unless told.
    mutating func takeHeld(_ count: Int? = nil, now: Uptime) {
        let count = count ?? heldCount
        heldCount -= count
        take(count, now: now)
    }

    /// So many attempts begin.
    mutating func take(_ count: Int, now: Uptime) {
        guard count > 0 else { return }
        let start = start ?? now
        self.start = start
        // The end of this portion, which is later than now, one period on.
        let portions = (start.duration(to: now) / portion).rounded(.down) + 1
        let backAt = start.advanced(by: portion * portions + limit.period)
        takenCount += count
        if let last = taken.last, last.backAt == backAt {
            taken[taken.count - 1].count += count
        } else {
            taken.append((backAt, count))
        }
    }
}
