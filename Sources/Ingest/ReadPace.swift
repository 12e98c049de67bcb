import NIOCore
import Synchronization

/// How fast is read what may have to go again, or goes unseen: reading it takes time that others need.
///
/// All of a client's connections share a pace, but none is read more slowly than at the least one.
final class ReadPace: Sendable {
    /// The bytes a second of one client: some per cent of a core.
    static let bytesPerSecond = 16 << 20
    /// The bytes a second of one connection at least, whatever else its client sends.
    static let connectionBytesPerSecond = 256 << 10
    /// How far ahead of its pace a client is remembered to be.
    static let longestDebt = TimeAmount.seconds(1)

    private let nextAt = Atomic<UInt64>(0)

    init() {}

    /// Notes what was read.
    ///
    /// - Parameters:
    ///   - count: How many bytes.
    ///   - now: The time.
    /// - Returns: How long the connection is to wait until it reads on.
    func delay(afterReading count: Int, at now: NIODeadline) -> TimeAmount {
        let length = Self.time(for: count, perSecond: Self.bytesPerSecond)
        let latest = (now + Self.longestDebt).uptimeNanoseconds
        var next = nextAt.load(ordering: .relaxed)
        while true {
            let start = max(next, now.uptimeNanoseconds)
            let (exchanged, original) = nextAt.compareExchange(
                expected: next,
                desired: min(start + length, latest),
                ordering: .relaxed
            )
            if exchanged {
                let longest = Self.time(for: count, perSecond: Self.connectionBytesPerSecond)
                return .nanoseconds(Int64(min(start - now.uptimeNanoseconds, longest)))
            }
            next = original
        }
    }

    private static func time(for count: Int, perSecond: Int) -> UInt64 {
        UInt64(count) * 1_000_000_000 / UInt64(perSecond)
    }
}
