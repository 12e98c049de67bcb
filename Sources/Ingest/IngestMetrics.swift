import Events
import Metrics

/// The names and labels of this module's metrics.
enum MetricName {
    static let requests = "forgewire_ingest_requests_total"
    static let duration = "forgewire_ingest_duration_seconds"
    static let bodyBytes = "forgewire_ingest_body_bytes"
    static let unrouted = "forgewire_ingest_unrouted_total"
    static let connections = "forgewire_ingest_connections"
    static let connectionsRefused = "forgewire_ingest_connections_refused_total"
    static let evictions = "forgewire_ingest_evictions_total"
    static let source = "source"
    static let outcome = "outcome"
    static let reason = "reason"
}

/// What became of a request to a source, as the label of the counter.
enum Outcome: String, CaseIterable, Sendable {
    case accepted
    case duplicate
    case unauthenticated
    case tooLarge = "too_large"
    case unsupported
    case timedOut = "timed_out"
    case malformed
    case unavailable

    /// The outcome that an answer stands for; nil for an answer that says nothing about the source.
    init?(_ answer: Answer) {
        switch answer {
        case .accepted(let receipt): self = receipt.isDuplicate ? .duplicate : .accepted
        case .refused(.malformed), .refused(.headerTooLarge): self = .malformed
        case .refused(.unauthenticated): self = .unauthenticated
        case .refused(.timedOut): self = .timedOut
        case .refused(.tooLarge): self = .tooLarge
        case .refused(.unsupported): self = .unsupported
        case .refused(.unavailable): self = .unavailable
        case .refused(.notFound), .refused(.methodNotAllowed): return nil
        }
    }
}

/// The metrics of one source, made once.
struct SourceMetrics: Sendable {
    private let requests: [Outcome: Counter]
    private let duration: Timer
    private let bodyBytes: Recorder

    init(source: String, factory: any MetricsFactory) {
        let label = (MetricName.source, source)
        requests = Dictionary(
            uniqueKeysWithValues: Outcome.allCases.map { outcome in
                let labels = [label, (MetricName.outcome, outcome.rawValue)]
                return (outcome, Counter(label: MetricName.requests, dimensions: labels, factory: factory))
            }
        )
        duration = Timer(label: MetricName.duration, dimensions: [label], factory: factory)
        bodyBytes = Recorder(label: MetricName.bodyBytes, dimensions: [label], factory: factory)
    }

    /// Counts an answered request; the time is from the end of its head to its answer.
    func count(_ outcome: Outcome, nanoseconds: Int64) {
        requests[outcome]?.increment()
        duration.recordNanoseconds(nanoseconds)
    }

    /// Counts the size of a complete body.
    func recordBody(bytes: Int) {
        bodyBytes.record(bytes)
    }
}

/// The metrics that belong to no source.
struct SocketMetrics: Sendable {
    private let unrouted: [Refusal: Counter]
    private let connections: Gauge
    private let connectionsRefused: Counter
    private let evictions: [Eviction.Reason: Counter]

    init(factory: any MetricsFactory) {
        let reasons: [Refusal] = [
            .malformed, .notFound, .methodNotAllowed, .timedOut, .headerTooLarge, .unavailable,
        ]
        unrouted = Dictionary(
            uniqueKeysWithValues: reasons.map { reason in
                let labels = [(MetricName.reason, reason.rawValue)]
                return (reason, Counter(label: MetricName.unrouted, dimensions: labels, factory: factory))
            }
        )
        connections = Gauge(label: MetricName.connections, factory: factory)
        connectionsRefused = Counter(label: MetricName.connectionsRefused, factory: factory)
        evictions = Dictionary(
            uniqueKeysWithValues: Eviction.Reason.allCases.map { reason in
                let labels = [(MetricName.reason, reason.rawValue)]
                return (reason, Counter(label: MetricName.evictions, dimensions: labels, factory: factory))
            }
        )
    }

    /// Counts a request that got nowhere near a source.
    func countUnrouted(_ refusal: Refusal) {
        unrouted[refusal]?.increment()
    }

    /// Says how many connections there are.
    func record(connections count: Int) {
        connections.record(count)
    }

    /// Counts a connection for which there was no room.
    func countRefusedConnection() {
        connectionsRefused.increment()
    }

    /// Counts a connection that had to go for another.
    func countEviction(_ reason: Eviction.Reason) {
        evictions[reason]?.increment()
    }
}
