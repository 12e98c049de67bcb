/// All series of one metric.
struct MetricFamily: Sendable {
    /// The name in the exposition.
    let name: String
    /// What it counts; nil for metrics that are not Forgewire's own.
    let help: String?
    /// How all series behave.
    let type: MetricType
    /// The buckets, for a histogram.
    let buckets: HistogramBuckets
    /// The series by their labels.
    var series: [MetricLabels: Series] = [:]

    /// One series.
    enum Series: Sendable {
        case counter(CounterSeries)
        case gauge(GaugeSeries)
        case histogram(HistogramSeries)

        /// The handler, for comparing identities.
        var handler: AnyObject {
            switch self {
            case let .counter(series): series
            case let .gauge(series): series
            case let .histogram(series): series
            }
        }
    }

    /// A metric that is declared in advance.
    init(_ metric: MetricName) {
        name = metric.name
        help = metric.help
        type = metric.type
        buckets = metric.buckets ?? .durations
    }

    /// A metric that a library brings along.
    init(name: String, type: MetricType, buckets: HistogramBuckets) {
        self.name = name
        self.help = nil
        self.type = type
        self.buckets = buckets
    }

    /// The series of some labels, made when it is new; beyond the limit, the overflow series.
    mutating func series(_ labels: MetricLabels, seriesMax: Int) -> Series {
        if let found = series[labels] { return found }
        // Without labels there is one series only: overflow never replaces it.
        let place = series.count < seriesMax || labels.pairs.isEmpty ? labels : labels.overflow
        if let found = series[place] { return found }
        let made = makeSeries()
        series[place] = made
        return made
    }

    /// A series that belongs to no family.
    func makeSeries() -> Series {
        switch type {
        case .counter: .counter(CounterSeries())
        case .gauge: .gauge(GaugeSeries())
        case .histogram: .histogram(HistogramSeries(buckets: buckets))
        }
    }
}
