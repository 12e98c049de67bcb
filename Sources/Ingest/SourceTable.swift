package import Metrics
import Synchronization

/// The sources by name; replaced whole when the configuration is read again.
package final class SourceTable: Sendable {
    private let entries = Mutex<[String: SourceEntry]>([:])
    private let metricsFactory: any MetricsFactory

    package init(_ sources: [any Admitter] = [], metricsFactory: any MetricsFactory) {
        self.metricsFactory = metricsFactory
        replace(with: sources)
    }

    /// Replaces all sources.
    ///
    /// Requests that found theirs already keep it; a name that stays keeps its metrics.
    package func replace(with sources: [any Admitter]) {
        entries.withLock { entries in
            var next: [String: SourceEntry] = [:]
            for source in sources {
                let metrics =
                    entries[source.name]?.metrics
                    ?? SourceMetrics(source: source.name, factory: metricsFactory)
                next[source.name] = SourceEntry(admitter: source, metrics: metrics)
            }
            entries = next
        }
    }

    /// The source with a name.
    func entry(named name: Substring) -> SourceEntry? {
        let key = String(name)
        return entries.withLock { $0[key] }
    }
}

/// A source with what is counted about it.
final class SourceEntry: Sendable {
    let admitter: any Admitter
    let metrics: SourceMetrics

    init(admitter: any Admitter, metrics: SourceMetrics) {
        self.admitter = admitter
        self.metrics = metrics
    }
}
