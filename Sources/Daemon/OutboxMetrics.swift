import Events
import Metrics
import NIOPosix
import Outbox
import Synchronization
import Telemetry

/// What is measured of the outbox: commits as they happen, backlogs and sizes when they are asked for.
struct OutboxMetrics: Sendable {
    private let batchSize: Recorder
    private let commitTime: Metrics.Timer

    init(factory: any MetricsFactory) {
        batchSize = Recorder(
            label: MetricName.commitBatchSize.name,
            dimensions: [],
            aggregate: true,
            factory: factory
        )
        commitTime = Metrics.Timer(label: MetricName.commitDuration.name, dimensions: [], factory: factory)
    }

    /// Counts a commit.
    func committed(_ report: CommitReport) {
        batchSize.record(report.jobs)
        let (seconds, attoseconds) = report.duration.components
        commitTime.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    /// The gauges as they are now, read from the file itself so that they are exact.
    ///
    /// - Parameters:
    ///   - reader: A reader of their own, so that no payload is held up by a count.
    ///   - now: The time that ages are told by.
    /// - Returns: Sizes, and a backlog for each listener.
    static func gauges(_ reader: OutboxReader, now: Timestamp) async -> [MetricSample] {
        let sizes = reader.fileSizes()
        var samples = [
            MetricSample(.outboxBytes, value: Double(sizes.outbox)),
            MetricSample(.walBytes, value: Double(sizes.writeAheadLog)),
        ]
        // Counting a large backlog takes a while, which no event loop and no task should wait for.
        let backlogs = try? await NIOThreadPool.singleton.runIfActive { try reader.listeners() }
        for backlog in backlogs ?? [] {  // a scrape that cannot read the file goes without: readyz tells why
            let labels = [("listener", backlog.name)]
            let age = backlog.oldestPendingAt.map { max(0, now.milliseconds - $0.milliseconds) } ?? 0
            samples.append(MetricSample(.pending, labels: labels, value: Double(backlog.pending)))
            samples.append(MetricSample(.dead, labels: labels, value: Double(backlog.dead)))
            samples.append(MetricSample(.oldestPending, labels: labels, value: Double(age) / 1000))
            let isPaused = backlog.pause != nil
            samples.append(MetricSample(.listenerPaused, labels: labels, value: isPaused ? 1 : 0))
        }
        return samples
    }
}

/// Counts new deliveries by what verified them, and their events by source, kind and action.
final class EventCounters: Sendable {
    private let factory: any MetricsFactory
    private let counters = Mutex<[Key: Counter]>([:])

    /// What tells one series from another; all are bounded by the configuration and the model.
    private enum Key: Hashable {
        case verified(source: String, by: String)
        case event(source: String, kind: EventKind, action: String)
    }

    /// The label of an action that the model does not know, and of none.
    private static let otherAction = "other"

    init(factory: any MetricsFactory) {
        self.factory = factory
    }

    /// Looks up the counters of a delivery and its events, which exist from then on, and may stay at 0.
    ///
    /// - Returns: Counts them.
    func counting(_ delivery: Delivery) -> @Sendable () -> Void {
        let verified = counter(.verified(source: delivery.source, by: delivery.verifiedBy))
        let events = delivery.events.map { event in
            let action = event.actionName.flatMap { event.kind.actions.contains($0) ? $0 : nil }
            let name = action ?? Self.otherAction
            return counter(.event(source: delivery.source, kind: event.kind, action: name))
        }
        return {
            verified.increment()
            for counter in events { counter.increment() }
        }
    }

    private func counter(_ key: Key) -> Counter {
        counters.withLock { counters in
            if let counter = counters[key] { return counter }
            let counter = makeCounter(key)
            counters[key] = counter
            return counter
        }
    }

    private func makeCounter(_ key: Key) -> Counter {
        switch key {
        case .verified(let source, let proof):
            let dimensions = [("source", source), ("verified_by", proof)]
            return Counter(label: MetricName.ingestVerified.name, dimensions: dimensions, factory: factory)
        case .event(let source, let kind, let action):
            let dimensions = [("source", source), ("kind", kind.rawValue), ("action", action)]
            return Counter(label: MetricName.events.name, dimensions: dimensions, factory: factory)
        }
    }
}
