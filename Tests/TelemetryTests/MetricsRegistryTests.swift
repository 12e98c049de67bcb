import Metrics
import Testing

@testable import Telemetry

@Suite("Metrics registry")
struct MetricsRegistryTests {
    @Test("The exposition of every type of metric, with labels, in a stable order")
    func golden() async {
        let registry = MetricsRegistry(metrics: [
            MetricName("z_total", .counter, "What \\ counts,\nand how."),
            MetricName("b_seconds", .histogram, "Times.", buckets: HistogramBuckets([0.5, 0.001, 1])),
            MetricName("c", .gauge, "A gauge."),
            MetricName("d_empty", .gauge, "No one sets it."),
        ])
        Counter(label: "z_total", dimensions: [("source", "b"), ("outcome", "x")], factory: registry)
            .increment(by: 2)
        Counter(label: "z_total", dimensions: [("outcome", "a"), ("source", "b")], factory: registry)
            .increment()
        Counter(label: "z_total", dimensions: [("outcome", "\"\\\n"), ("source", "ü")], factory: registry)
            .increment()
        let timer = Timer(label: "b_seconds", dimensions: [], factory: registry)
        timer.recordNanoseconds(1_000_000)
        timer.recordMilliseconds(750)
        timer.recordSeconds(2)
        Meter(label: "c", factory: registry).set(1.5)
        #expect(
            await registry.render() == #"""
                # HELP b_seconds Times.
                # TYPE b_seconds histogram
                b_seconds_bucket{le="0.001"} 1
                b_seconds_bucket{le="0.5"} 1
                b_seconds_bucket{le="1"} 2
                b_seconds_bucket{le="+Inf"} 3
                b_seconds_sum 2.751
                b_seconds_count 3
                # HELP c A gauge.
                # TYPE c gauge
                c 1.5
                # HELP d_empty No one sets it.
                # TYPE d_empty gauge
                # HELP z_total What \\ counts,\nand how.
                # TYPE z_total counter
                z_total{outcome="\"\\\n",source="ü"} 1
                z_total{outcome="a",source="b"} 1
                z_total{outcome="x",source="b"} 2

                """#
        )
        #expect(MetricsRegistry.contentType == "text/plain; version=0.0.4; charset=utf-8")
    }

    @Test("The same name and labels are the same series, in any order")
    func sameSeries() async {
        let registry = MetricsRegistry(metrics: [])
        for dimensions in [[("a", "1"), ("b", "2")], [("b", "2"), ("a", "1")]] {
            Counter(label: "n_total", dimensions: dimensions, factory: registry).increment()
        }
        #expect(await registry.render() == "# TYPE n_total counter\nn_total{a=\"1\",b=\"2\"} 2\n")
    }

    @Test("A recorder is a histogram, and a gauge where it does not aggregate")
    func recorders() async {
        let registry = MetricsRegistry(metrics: [
            MetricName("size", .histogram, "Sizes.", buckets: HistogramBuckets([10]))
        ])
        let recorder = Recorder(label: "size", factory: registry)
        recorder.record(10)
        recorder.record(10.5)
        recorder.record(Double.nan)
        Gauge(label: "level", factory: registry).record(7)
        let text = await registry.render()
        #expect(
            text.contains(
                "size_bucket{le=\"10\"} 1\nsize_bucket{le=\"+Inf\"} 2\nsize_sum 20.5\nsize_count 2\n"
            )
        )
        #expect(text.contains("# TYPE level gauge\nlevel 7\n"))
    }

    @Test("A meter goes up and down, and a counter only up")
    func arithmetic() async {
        let registry = MetricsRegistry(metrics: [])
        let meter = Meter(label: "m", factory: registry)
        meter.set(10)
        meter.increment(by: 2.5)
        meter.decrement(by: 0.5)
        let counter = Counter(label: "n_total", factory: registry)
        counter.increment(by: -5)
        #expect(await registry.render() == "# TYPE m gauge\nm 12\n# TYPE n_total counter\nn_total 0\n")
        counter.increment()
        counter.reset()
        #expect(await registry.render().hasSuffix("n_total 0\n"))
    }

    @Test("Gauges of a collector are read at the scrape, and stand in for those that were set")
    func collectors() async {
        let registry = MetricsRegistry(metrics: [.pending])
        Meter(label: "forgewire_pending", dimensions: [("listener", "a")], factory: registry).set(99)
        let depth = Meter(label: "depth", factory: MetricsRegistry(metrics: []))
        depth.set(0)
        registry.onScrape {
            [
                MetricSample(.pending, labels: [("listener", "b")], value: 2),
                MetricSample(.pending, labels: [("listener", "a")], value: 1),
            ]
        }
        registry.onScrape { [MetricSample(.walBytes, value: 4096)] }
        #expect(
            await registry.render() == """
                # HELP forgewire_pending Dispatches that are not finished.
                # TYPE forgewire_pending gauge
                forgewire_pending{listener="a"} 1
                forgewire_pending{listener="b"} 2
                # HELP forgewire_wal_bytes Size of the outbox's write-ahead log.
                # TYPE forgewire_wal_bytes gauge
                forgewire_wal_bytes 4096

                """
        )
    }

    @Test("Series beyond the limit are counted together")
    func overflow() async {
        let registry = MetricsRegistry(metrics: [], seriesMax: 2)
        for name in ["a", "b", "c", "d", "a"] {
            Counter(label: "n_total", dimensions: [("source", name)], factory: registry).increment()
        }
        #expect(
            await registry.render() == """
                # TYPE n_total counter
                n_total{source="a"} 2
                n_total{source="b"} 1
                n_total{source="overflow"} 2

                """
        )
    }

    @Test("Samples beyond the limit are left out")
    func sampleOverflow() async {
        let registry = MetricsRegistry(metrics: [], seriesMax: 2)
        registry.onScrape { (0..<5).map { MetricSample(.dead, labels: [("listener", "\($0)")], value: 1) } }
        #expect(await registry.render().split(separator: "\n").filter { !$0.hasPrefix("#") }.count == 2)
    }

    @Test("A name that is taken by another type counts where no one sees it")
    func conflict() async {
        let registry = MetricsRegistry(metrics: [])
        Counter(label: "n", factory: registry).increment()
        Meter(label: "n", factory: registry).set(5)
        Recorder(label: "n", factory: registry).record(5)
        Timer(label: "n", factory: registry).recordSeconds(5)
        #expect(await registry.render() == "# TYPE n counter\nn 1\n")
    }

    @Test("More metrics than the limit are not shown")
    func manyMetrics() async {
        let registry = MetricsRegistry(metrics: [])
        for number in 0..<600 { Counter(label: "n\(number)_total", factory: registry).increment() }
        #expect(await registry.render().split(separator: "\n").count == 1000)
    }

    @Test("A destroyed series is forgotten")
    func destroy() async {
        let registry = MetricsRegistry(metrics: [])
        let counter = Counter(label: "n_total", dimensions: [("a", "1")], factory: registry)
        Counter(label: "n_total", dimensions: [("a", "2")], factory: registry).increment()
        counter.destroy()
        let meter = Meter(label: "m", factory: registry)
        meter.destroy()
        Timer(label: "t", factory: registry).destroy()
        Recorder(label: "r", factory: registry).destroy()
        #expect(
            await registry.render() == """
                # TYPE m gauge
                # TYPE n_total counter
                n_total{a="2"} 1
                # TYPE r histogram
                # TYPE t histogram

                """
        )
    }

    @Test("Increments from many tasks are all counted")
    func concurrency() async {
        let registry = MetricsRegistry(metrics: [])
        let counter = Counter(label: "n_total", factory: registry)
        let meter = Meter(label: "m", factory: registry)
        let recorder = Recorder(label: "r", factory: registry)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 {
                        counter.increment()
                        meter.increment(by: 1)
                        recorder.record(1)
                    }
                }
            }
        }
        let text = await registry.render()
        #expect(text.contains("n_total 8000\n"))
        #expect(text.contains("m 8000\n"))
        #expect(text.contains("r_count 8000\n"))
    }
}
