package import Events
import GRDB

/// Which events to list; what is nil does not narrow.
package struct EventQuery: Sendable {
    package var source: String?
    package var kind: String?
    package var repository: String?
    package var since: Timestamp?
    package var limit: Int

    package init(
        source: String? = nil,
        kind: String? = nil,
        repository: String? = nil,
        since: Timestamp? = nil,
        limit: Int
    ) {
        self.source = source
        self.kind = kind
        self.repository = repository
        self.since = since
        self.limit = limit
    }
}

/// A row of `events`, with what its delivery says.
package struct StoredEvent: Sendable {
    package let id: Int64
    package let json: String
    package let receivedAt: Timestamp
    package let kind: String
    package let action: String?
    package let repository: String?
    package let subject: String?
    package let source: String
    package let problem: String?

    init(_ row: Row) {
        id = row["id"]
        json = row["event"]
        receivedAt = Timestamp(milliseconds: row["received_at"])
        kind = row["kind"]
        action = row["action"]
        repository = row["repository"]
        subject = row["subject"]
        source = row["source"]
        problem = row["problem"]
    }
}

/// A row of `deliveries`, without the payload.
package struct StoredDelivery: Sendable {
    package let id: Int64
    package let source: String
    package let provider: String
    package let deliveryID: String
    package let eventName: String?
    package let receivedAt: Timestamp
    package let headers: String
    package let verifiedBy: String
    package let payloadBytes: Int
    package let problem: String?

    init(_ row: Row) {
        id = row["delivery"]
        source = row["source"]
        provider = row["provider"]
        deliveryID = row["delivery_id"]
        eventName = row["event_name"]
        receivedAt = Timestamp(milliseconds: row["received_at"])
        headers = row["headers"]
        verifiedBy = row["verified_by"]
        payloadBytes = row["payload_bytes"]
        problem = row["problem"]
    }
}

/// A row of `dispatches`.
package struct StoredDispatch: Sendable {
    package let listener: String
    package let state: String
    package let attempts: Int
    package let nextAttemptAt: Timestamp
    package let finishedAt: Timestamp?
    package let error: String?
    package let reason: String?

    init(_ row: Row) {
        listener = row["listener"]
        state = row["state"]
        attempts = row["attempts"]
        nextAttemptAt = Timestamp(milliseconds: row["next_attempt_at"])
        finishedAt = (row["finished_at"] as Int64?).map(Timestamp.init(milliseconds:))
        error = row["error"]
        reason = row["reason"]
    }
}

/// A row of `attempts`.
package struct StoredAttempt: Sendable {
    package let listener: String
    package let attempt: Int
    package let startedAt: Timestamp
    package let durationMilliseconds: Int64
    package let outcome: String
    package let error: String?

    init(_ row: Row) {
        listener = row["listener"]
        attempt = row["attempt"]
        startedAt = Timestamp(milliseconds: row["started_at"])
        durationMilliseconds = row["duration_ms"]
        outcome = row["outcome"]
        error = row["error"]
    }
}

/// An event with its delivery, dispatches and attempts.
package struct EventDetails: Sendable {
    package let event: StoredEvent
    package let delivery: StoredDelivery
    package let dispatches: [StoredDispatch]
    package let attempts: [StoredAttempt]
}

/// A listener and what waits for it.
package struct ListenerBacklog: Sendable {
    package let name: String
    package let kinds: [String]
    /// `active` or `paused`.
    package let state: String
    /// Whether the configuration that was last served names it.
    package let isRegistered: Bool
    /// Dispatches that are pending or running.
    package let pending: Int
    package let dead: Int
    /// When the oldest pending event was received.
    package let oldestPendingAt: Timestamp?
    /// Who paused it, since when and why; nil while it is active.
    package let pause: ListenerPause?
    /// Until when it gets no work, as its endpoint asked for time; may be past, nil if it never asked.
    package let heldUntil: Timestamp?

    init(_ row: Row) {
        name = row["listener"]
        kinds = (row["kinds"] as String).split(separator: " ").map(String.init)
        state = row["state"]
        isRegistered = row["registered"]
        pending = row["pending"]
        dead = row["dead"]
        oldestPendingAt = (row["oldest"] as Int64?).map(Timestamp.init(milliseconds:))
        heldUntil = (row["held_until"] as Int64?).map(Timestamp.init(milliseconds:))
        pause = (row["paused_by"] as String?).flatMap(PauseOrigin.init).map { origin in
            ListenerPause(
                origin: origin,
                since: Timestamp(milliseconds: row["paused_at"] ?? 0),
                reason: row["pause_reason"]
            )
        }
    }
}
