import Events

/// The largest number of the last hour: an hour's at least, and never of more than two.
struct RecentMaximum {
    private static let period = Duration.seconds(3600)

    private var begin: Uptime
    private var current = 0
    private var previous = 0

    /// Has seen no number yet.
    init(now: Uptime) { begin = now }

    /// Notes a number.
    mutating func note(_ number: Int, now: Uptime) {
        advance(to: now)
        current = max(current, number)
    }

    /// The largest; 0 if there was none.
    mutating func value(now: Uptime) -> Int {
        advance(to: now)
        return max(current, previous)
    }

    private mutating func advance(to now: Uptime) {
        let elapsed = begin.duration(to: now)
        guard elapsed >= Self.period else { return }
        previous = elapsed < Self.period * 2 ? current : 0
        (begin, current) = (now, 0)
    }
}
