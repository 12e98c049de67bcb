import Events

/// When it is told that the log grows because a reader holds it back: once an hour while that lasts.
struct LongLogNotice {
    private static let interval = Duration.seconds(3600)

    private var last: Uptime?

    /// Whether to tell it now.
    mutating func isDue(isHeldBack: Bool, now: Uptime) -> Bool {
        guard isHeldBack else { return false }
        if let last, last.duration(to: now) < Self.interval { return false }
        last = now
        return true
    }
}
