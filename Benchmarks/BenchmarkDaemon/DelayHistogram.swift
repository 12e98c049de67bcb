import Synchronization

/// Counts times in steps of 50 µs, up to a second.
final class DelayHistogram: Sendable {
    private static let stepMicroseconds = 50
    private static let stepCount = 20_000

    private let counts = Mutex([Int](repeating: 0, count: stepCount))

    /// Counts one; what is longer than the longest step counts as that.
    func record(microseconds: Double) {
        let step = Int(max(0, microseconds)) / Self.stepMicroseconds
        counts.withLock { $0[min(step, Self.stepCount - 1)] += 1 }
    }

    /// The steps that are not empty, as pairs of their beginning and their count.
    func json(named name: String) -> String {
        let steps = counts.withLock { counts in
            counts.indices.filter { counts[$0] > 0 }.map { "[\($0 * Self.stepMicroseconds),\(counts[$0])]" }
        }
        return #"{"listener":"\#(name)","stepMicroseconds":\#(Self.stepMicroseconds),"#
            + #""steps":[\#(steps.joined(separator: ","))]}"#
    }
}
