package import Metrics
import Synchronization

/// Forgewire's swift-metrics backend, and what `GET /metrics` answers.
///
/// Counters are counters; meters and gauges are gauges; timers (in seconds) and recorders are histograms. The
/// lock is taken to make or find a series and to list them at a scrape, never to count: keep the metric
/// object. Past `seriesMax` series of one metric, what is new goes into one more series, whose label values
/// are `overflow`.
package final class MetricsRegistry: MetricsFactory {
    private let seriesMax: Int
    private let state: Mutex<State>

    /// Gives the current samples of gauges at a scrape.
    package typealias Collector = @Sendable () async -> [MetricSample]

    /// What the lock protects.
    struct State: Sendable {
        var families: [String: MetricFamily]
        var collectors: [Collector] = []
    }

    /// How many series one metric may have.
    package static let seriesMax = 2000

    /// How many metrics there may be.
    private static let familiesMax = 500

    /// Makes a registry that knows some metrics in advance; others get default buckets and no help text.
    package init(metrics: [MetricName] = MetricName.all, seriesMax: Int = MetricsRegistry.seriesMax) {
        self.seriesMax = seriesMax
        let families = metrics.map { ($0.name, MetricFamily($0)) }
        state = Mutex(State(families: Dictionary(families) { first, _ in first }))
    }

    /// Adds a source of gauges that are read at the scrape itself, and so are exact.
    package func onScrape(_ collect: @escaping Collector) {
        state.withLock { $0.collectors.append(collect) }
    }

    /// The text exposition (`MetricsRegistry.contentType`) of everything, in a stable order.
    package func render() async -> String {
        let (families, collectors) = state.withLock { ($0.families, $0.collectors) }
        var samples: [String: [MetricLabels: Double]] = [:]
        var gauges: [String: MetricName] = [:]
        for collect in collectors {
            for sample in await collect() {
                let labels = MetricLabels(sample.labels)
                let isRoom = samples[sample.metric.name, default: [:]].count < seriesMax
                guard isRoom || samples[sample.metric.name]?[labels] != nil else { continue }
                samples[sample.metric.name, default: [:]][labels] = sample.value
                gauges[sample.metric.name] = sample.metric
            }
        }
        return MetricText.render(families: families, gauges: gauges, samples: samples)
    }

    /// Finds or makes a counter.
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        guard case let .counter(series) = series(label, dimensions, .counter) else { return CounterSeries() }
        return series
    }

    /// Finds or makes a gauge.
    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        guard case let .gauge(series) = series(label, dimensions, .gauge) else { return GaugeSeries() }
        return series
    }

    /// Finds or makes a histogram, or a gauge where the recorder does not aggregate.
    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        switch series(label, dimensions, aggregate ? .histogram : .gauge) {
        case let .gauge(series): series
        case let .histogram(series): series
        case .counter, nil: GaugeSeries()
        }
    }

    /// Finds or makes a histogram of seconds.
    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        guard case let .histogram(series) = series(label, dimensions, .histogram) else {
            return HistogramSeries(buckets: .durations)
        }
        return series
    }

    /// Forgets a counter.
    package func destroyCounter(_ handler: any CounterHandler) { forget(handler) }

    /// Forgets a gauge.
    package func destroyMeter(_ handler: any MeterHandler) { forget(handler) }

    /// Forgets a histogram or gauge.
    package func destroyRecorder(_ handler: any RecorderHandler) { forget(handler) }

    /// Forgets a histogram.
    package func destroyTimer(_ handler: any TimerHandler) { forget(handler) }

    /// Nil where the name is taken by another type or there are too many metrics: the caller then counts into
    /// a series that no one sees, which is better than stopping the daemon for a library's metric.
    private func series(
        _ label: String,
        _ dimensions: [(String, String)],
        _ type: MetricType
    ) -> MetricFamily.Series? {
        let name = MetricText.validName(label)
        let labels = MetricLabels(dimensions)
        return state.withLock { state in
            guard state.families[name] != nil || state.families.count < Self.familiesMax else { return nil }
            var family = state.families[name] ?? MetricFamily(name: name, type: type, buckets: .durations)
            guard family.type == type else { return nil }
            let series = family.series(labels, seriesMax: seriesMax)
            state.families[name] = family
            return series
        }
    }

    private func forget(_ handler: AnyObject) {
        state.withLock { state in
            state.families = state.families.mapValues { family in
                var family = family
                family.series = family.series.filter { $0.value.handler !== handler }
                return family
            }
        }
    }
}

/// The value of a gauge at a scrape.
package struct MetricSample: Sendable {
    /// The metric, a gauge.
    package let metric: MetricName
    /// The labels, names and values.
    package let labels: [(String, String)]
    /// The value.
    package let value: Double

    package init(_ metric: MetricName, labels: [(String, String)] = [], value: Double) {
        self.metric = metric
        self.labels = labels
        self.value = value
    }
}
