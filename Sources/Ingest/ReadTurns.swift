import NIOCore
import Synchronization

/// Has readers take turns, so that together they read no more than so many bytes a second.
///
/// For what may have to go again or goes unseen: reading it takes time that others need.
final class ReadTurns: Sendable {
    /// The longest wait for a turn: connections that had to go leave turns behind that nobody takes.
    static let longestWait = TimeAmount.seconds(1)

    private let bytesPerSecond: Int
    private let nextAt = Atomic<UInt64>(0)

    init(bytesPerSecond: Int) {
        self.bytesPerSecond = bytesPerSecond
    }

    /// Takes the next turn.
    ///
    /// - Parameters:
    ///   - count: How many bytes will be read at most.
    ///   - now: The time.
    /// - Returns: How long to wait for it.
    func take(_ count: Int, at now: NIODeadline) -> TimeAmount {
        let length = UInt64(count) * 1_000_000_000 / UInt64(bytesPerSecond)
        let latest = (now + Self.longestWait).uptimeNanoseconds
        var next = nextAt.load(ordering: .relaxed)
        while true {
            let start = min(max(next, now.uptimeNanoseconds), latest)
            let (exchanged, original) = nextAt.compareExchange(
                expected: next,
                desired: start + length,
                ordering: .relaxed
            )
            if exchanged { return .nanoseconds(Int64(start - now.uptimeNanoseconds)) }
            next = original
        }
    }
}
