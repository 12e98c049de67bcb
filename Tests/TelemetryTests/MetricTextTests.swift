import Testing

@testable import Telemetry

@Suite("Metric text")
struct MetricTextTests {
    @Test(
        "A name is made valid",
        arguments: [
            ("http.server-requests", "http_server_requests"), ("ok_1", "ok_1"), ("1st", "_1st"), ("", "_"),
            ("größe", "gr__e"),
        ]
    )
    func names(given: String, valid: String) {
        #expect(MetricText.validName(given) == valid)
    }

    @Test(
        "Numbers are written without needless fractions",
        arguments: [
            (0.0, "0"), (3.0, "3"), (0.25, "0.25"), (-1.5, "-1.5"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
            (.nan, "NaN"), (0.0001, "0.0001"), (1e300, "1e+300"),
        ]
    )
    func numbers(value: Double, text: String) {
        #expect(MetricText.number(value) == text)
    }

    @Test("A long label value is cut")
    func longLabel() {
        let labels = MetricLabels([("a", String(repeating: "x", count: 500))])
        #expect(labels.pairs.map(\.value.count) == [128])
    }
}

@Suite("Histogram buckets")
struct HistogramBucketsTests {
    @Test("Bounds are sorted, and what is no bound is left out")
    func bounds() {
        #expect(HistogramBuckets([2, 1, .infinity, .nan, 2]).bounds == [1, 2])
    }

    @Test(
        "A value falls into the first bucket whose bound it does not exceed",
        arguments: [(0.0, 0), (1.0, 0), (1.5, 1), (2.0, 1), (3.0, 2), (99.0, 3), (-1.0, 0)]
    )
    func index(value: Double, index: Int) {
        #expect(HistogramBuckets([1, 2, 3]).index(of: value) == index)
    }

    @Test("The defaults span what they are for")
    func defaults() {
        #expect(HistogramBuckets.durations.bounds.first == 0.0001)
        #expect(HistogramBuckets.durations.bounds.last == 60)
        #expect(HistogramBuckets.waits.bounds.last == 172_800)
        #expect(HistogramBuckets.bytes.bounds.first == 256)
        #expect(HistogramBuckets.bytes.bounds.last == 33_554_432)
        #expect(HistogramBuckets.batchSizes.bounds.last == 1024)
    }
}

@Suite("Metric names")
struct MetricNameTests {
    @Test("These are all the names, which stay for ever")
    func names() {
        #expect(
            MetricName.all.map(\.name) == [
                "forgewire_ingest_requests_total", "forgewire_ingest_duration_seconds",
                "forgewire_ingest_body_bytes", "forgewire_ingest_verified_total",
                "forgewire_ingest_unrouted_total", "forgewire_ingest_connections",
                "forgewire_ingest_connections_refused_total", "forgewire_ingest_evictions_total",
                "forgewire_events_total",
                "forgewire_dispatches_total",
                "forgewire_dispatch_queue_seconds", "forgewire_dispatch_task_seconds",
                "forgewire_dispatch_total_seconds", "forgewire_pending", "forgewire_dead",
                "forgewire_oldest_pending_seconds", "forgewire_listener_paused",
                "forgewire_dispatcher_extra_threads", "forgewire_dispatcher_stuck_threads",
                "forgewire_commit_batch_size", "forgewire_commit_seconds",
                "forgewire_outbox_bytes", "forgewire_wal_bytes",
            ]
        )
    }

    @Test("Each says what it counts, and only histograms have buckets", arguments: MetricName.all)
    func definition(metric: MetricName) {
        #expect(metric.help.hasSuffix("."))
        #expect((metric.buckets != nil) == (metric.type == .histogram))
        #expect(metric.name.hasSuffix("_total") == (metric.type == .counter))
    }
}
