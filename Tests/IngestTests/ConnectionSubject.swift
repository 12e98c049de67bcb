import Metrics
import MetricsTestKit

@testable import Ingest

/// A connection with what is behind it.
struct ConnectionSubject {
    let sink: StubSink
    let metrics = TestMetrics()
    let connection: EmbeddedConnection

    init(isImmediate: Bool = true, settings: IngestSettings = .small()) throws {
        sink = StubSink(isImmediate: isImmediate)
        connection = try EmbeddedConnection(
            settings: settings,
            context: .stub(sink: sink, metrics: metrics)
        )
    }

    func requests(_ outcome: String) throws -> Int64 {
        let labels = [("source", "github"), ("outcome", outcome)]
        return try metrics.expectCounter("forgewire_ingest_requests_total", labels).totalValue
    }
}
