/// A metric's name with what the exposition says about it; all of Forgewire's are here.
package struct MetricName: Hashable, Sendable {
    /// The name in the exposition, and the label given to swift-metrics.
    package let name: String
    /// How the metric behaves.
    package let type: MetricType
    /// What it counts, as one line.
    package let help: String
    /// The buckets, for a histogram.
    package let buckets: HistogramBuckets?

    package init(_ name: String, _ type: MetricType, _ help: String, buckets: HistogramBuckets? = nil) {
        self.name = name
        self.type = type
        self.help = help
        self.buckets = buckets
    }
}

/// How a metric behaves; the raw values are those of the exposition.
package enum MetricType: String, Sendable {
    /// Only grows.
    case counter
    /// Goes up and down.
    case gauge
    /// Counts observations by size.
    case histogram
}

extension MetricName {
    /// Requests by `source` and `outcome`.
    package static let ingestRequests = MetricName(
        "forgewire_ingest_requests_total",
        .counter,
        "Requests to a configured source, by outcome."
    )
    /// Request times by `source`.
    package static let ingestDuration = MetricName(
        "forgewire_ingest_duration_seconds",
        .histogram,
        "Time from the end of a request's header to its answer.",
        buckets: .durations
    )
    /// Body sizes by `source`.
    package static let ingestBodyBytes = MetricName(
        "forgewire_ingest_body_bytes",
        .histogram,
        "Size of request bodies.",
        buckets: .bytes
    )
    /// New deliveries by `source` and `verified_by`, the scheme and the reference of the secret.
    package static let ingestVerified = MetricName(
        "forgewire_ingest_verified_total",
        .counter,
        "New deliveries, by the scheme and the reference of the secret that verified them."
    )
    /// Requests to no configured source, or that use another method, by `reason`.
    package static let ingestUnrouted = MetricName(
        "forgewire_ingest_unrouted_total",
        .counter,
        "Requests that reached no configured source, or used another method."
    )
    /// Open connections.
    package static let ingestConnections = MetricName(
        "forgewire_ingest_connections",
        .gauge,
        "Open connections."
    )
    /// Connections over a limit.
    package static let ingestConnectionsRefused = MetricName(
        "forgewire_ingest_connections_refused_total",
        .counter,
        "Connections refused because there were too many."
    )
    /// Connections that had to go, by `reason`.
    package static let ingestEvictions = MetricName(
        "forgewire_ingest_evictions_total",
        .counter,
        "Connections closed because others needed their place or memory: slow, idle, share."
    )
    /// Events by `source`, `kind` and `action`.
    package static let events = MetricName(
        "forgewire_events_total",
        .counter,
        "Events committed to the outbox."
    )
    /// Dispatches by `listener` and `outcome`.
    package static let dispatches = MetricName(
        "forgewire_dispatches_total",
        .counter,
        "Finished attempts, by outcome, and dispatches given up (dead)."
    )
    /// Received to started, by `listener`.
    package static let dispatchQueue = MetricName(
        "forgewire_dispatch_queue_seconds",
        .histogram,
        "Time from the receipt of a delivery to the start of an attempt.",
        buckets: .waits
    )
    /// Started to finished, by `listener`.
    package static let dispatchTask = MetricName(
        "forgewire_dispatch_task_seconds",
        .histogram,
        "Time from the start of an attempt to its end.",
        buckets: .durations
    )
    /// Received to finished, by `listener`.
    package static let dispatchTotal = MetricName(
        "forgewire_dispatch_total_seconds",
        .histogram,
        "Time from the receipt of a delivery to the end of an attempt.",
        buckets: .waits
    )
    /// Pending dispatches by `listener`.
    package static let pending = MetricName(
        "forgewire_pending",
        .gauge,
        "Dispatches that are not finished."
    )
    /// Dead letters by `listener`.
    package static let dead = MetricName(
        "forgewire_dead",
        .gauge,
        "Dead letters that are kept."
    )
    /// Age of the oldest pending dispatch by `listener`.
    package static let oldestPending = MetricName(
        "forgewire_oldest_pending_seconds",
        .gauge,
        "Age of the oldest dispatch that is not finished."
    )
    /// Paused listeners, by `listener`.
    package static let listenerPaused = MetricName(
        "forgewire_listener_paused",
        .gauge,
        "1 while the listener is paused, whoever paused it."
    )
    /// Threads beyond `dispatcher.threads`.
    package static let extraThreads = MetricName(
        "forgewire_dispatcher_extra_threads",
        .gauge,
        "Threads that make up for blocked ones, beyond dispatcher.threads."
    )
    /// Blocked threads.
    package static let stuckThreads = MetricName(
        "forgewire_dispatcher_stuck_threads",
        .gauge,
        "Threads that a listener has blocked for longer than 50 ms."
    )
    /// Writes a transaction.
    package static let commitBatchSize = MetricName(
        "forgewire_commit_batch_size",
        .histogram,
        "Writes that shared one transaction: deliveries, claims and outcomes.",
        buckets: .batchSizes
    )
    /// Commit times.
    package static let commitDuration = MetricName(
        "forgewire_commit_seconds",
        .histogram,
        "Time of one transaction, with its sync to disk.",
        buckets: .durations
    )
    /// Size of the outbox.
    package static let outboxBytes = MetricName(
        "forgewire_outbox_bytes",
        .gauge,
        "Size of the outbox file."
    )
    /// Size of the write-ahead log.
    package static let walBytes = MetricName(
        "forgewire_wal_bytes",
        .gauge,
        "Size of the outbox's write-ahead log."
    )

    /// Every metric of Forgewire.
    package static let all: [MetricName] = [
        ingestRequests, ingestDuration, ingestBodyBytes, ingestVerified, ingestUnrouted, ingestConnections,
        ingestConnectionsRefused, ingestEvictions, events, dispatches, dispatchQueue, dispatchTask,
        dispatchTotal, pending,
        dead, oldestPending, listenerPaused, extraThreads, stuckThreads, commitBatchSize, commitDuration,
        outboxBytes, walBytes,
    ]
}
