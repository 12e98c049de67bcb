/// The upper bounds of a histogram's buckets, without the last one, which is infinite.
package struct HistogramBuckets: Hashable, Sendable {
    /// The bounds, each larger than the one before.
    package let bounds: [Double]

    /// More buckets than this cost more than they tell.
    private static let boundsMax = 64

    /// Takes bounds in any order; what is no number or stands twice is left out.
    package init(_ bounds: [Double]) {
        self.bounds = Array(Set(bounds.filter(\.isFinite)).sorted().prefix(Self.boundsMax))
    }

    /// Seconds from 100 µs to a minute: one request, one commit, one attempt.
    package static let durations = HistogramBuckets([
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
        60,
    ])

    /// Seconds from 1 ms to two days: a time that holds a backlog, a pause or the waits between attempts.
    package static let waits = HistogramBuckets([
        0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 14_400, 36_000, 86_400, 172_800,
    ])

    /// Bytes from 256 B to 32 MiB, by factors of two and four.
    package static let bytes = HistogramBuckets([
        256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072, 262_144, 1_048_576, 4_194_304, 16_777_216,
        33_554_432,
    ])

    /// Batches of 1 to 1024.
    package static let batchSizes = HistogramBuckets([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024])

    /// The index of the bucket that a value falls into; `bounds.count` is the infinite one.
    func index(of value: Double) -> Int {
        var (low, high) = (0, bounds.count)
        while low < high {
            let middle = (low + high) / 2
            if value <= bounds[middle] { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
