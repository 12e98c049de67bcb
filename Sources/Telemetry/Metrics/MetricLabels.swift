/// The labels of one series, sorted by name, so that the same labels in another order are the same series.
struct MetricLabels: Comparable, Hashable, Sendable {
    /// The pairs, ready for the exposition: names made valid, values cut.
    let pairs: [Pair]

    /// One label.
    struct Pair: Comparable, Hashable, Sendable {
        let name: String
        let value: String

        static func < (left: Pair, right: Pair) -> Bool {
            (left.name, left.value) < (right.name, right.value)
        }
    }

    /// Longer label values are cut.
    static let valueLengthMax = 128

    /// The value of every label of the series that takes what no series is left for.
    static let overflowValue = "overflow"

    init(_ dimensions: [(String, String)]) {
        pairs = dimensions.map { name, value in
            Pair(name: MetricText.validName(name), value: String(value.prefix(Self.valueLengthMax)))
        }.sorted()
    }

    private init(pairs: [Pair]) {
        self.pairs = pairs
    }

    /// The same label names with the overflow value.
    var overflow: MetricLabels {
        MetricLabels(pairs: pairs.map { Pair(name: $0.name, value: Self.overflowValue) })
    }

    /// Orders by the pairs, one after the other.
    static func < (left: MetricLabels, right: MetricLabels) -> Bool {
        left.pairs.lexicographicallyPrecedes(right.pairs)
    }
}
