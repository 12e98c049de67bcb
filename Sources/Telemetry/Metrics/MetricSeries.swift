import Metrics
import Synchronization

/// A counter of one set of labels; one atomic addition an increment.
final class CounterSeries: CounterHandler {
    private let total = Atomic<Int64>(0)

    /// The value now.
    var value: Int64 { total.load(ordering: .relaxed) }

    /// Adds to the total; less than one adds nothing.
    func increment(by amount: Int64) {
        guard amount > 0 else { return }
        total.wrappingAdd(amount, ordering: .relaxed)
    }

    /// Starts again at zero.
    func reset() {
        total.store(0, ordering: .relaxed)
    }
}

/// A gauge of one set of labels; the bits of a `Double` in one atomic word.
final class GaugeSeries: MeterHandler, RecorderHandler {
    private let bits = Atomic<UInt64>(Double(0).bitPattern)

    /// The value now.
    var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    /// Sets the value.
    func set(_ value: Int64) { set(Double(value)) }

    /// Sets the value.
    func set(_ value: Double) {
        bits.store(value.bitPattern, ordering: .relaxed)
    }

    /// Adds to the value.
    func increment(by amount: Double) {
        var old = bits.load(ordering: .relaxed)
        while true {
            let new = (Double(bitPattern: old) + amount).bitPattern
            let (exchanged, seen) = bits.weakCompareExchange(expected: old, desired: new, ordering: .relaxed)
            if exchanged { return }
            old = seen
        }
    }

    /// Takes from the value.
    func decrement(by amount: Double) { increment(by: -amount) }

    /// Sets the value.
    func record(_ value: Int64) { set(Double(value)) }

    /// Sets the value.
    func record(_ value: Double) { set(value) }
}

/// A histogram of one set of labels; a lock of its own around one search and three additions.
final class HistogramSeries: RecorderHandler, TimerHandler {
    private let buckets: HistogramBuckets
    private let state: Mutex<State>

    /// What was observed so far.
    struct State: Sendable {
        /// Observations by bucket, each in one bucket only; the last is the infinite one.
        var counts: [UInt64]
        /// The sum of all observations.
        var sum = 0.0
    }

    init(buckets: HistogramBuckets) {
        self.buckets = buckets
        state = Mutex(State(counts: [UInt64](repeating: 0, count: buckets.bounds.count + 1)))
    }

    /// The observations now, all of one moment.
    var snapshot: (bounds: [Double], state: State) { (buckets.bounds, state.withLock { $0 }) }

    /// Counts an observation.
    func record(_ value: Int64) { record(Double(value)) }

    /// Counts an observation; what is no number is left out.
    func record(_ value: Double) {
        guard !value.isNaN else { return }
        let index = buckets.index(of: value)
        state.withLock {
            $0.counts[index] += 1
            $0.sum += value
        }
    }

    /// Counts a time, in seconds.
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }
}
