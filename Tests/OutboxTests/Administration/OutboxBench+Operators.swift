import Events
import TestKit
import Testing

@testable import Outbox

extension OutboxBench {
    /// Has operators' work done; each use reads with a connection of its own.
    func operatorWork<Value>(
        after wait: Duration = .zero,
        isStopping: @escaping @Sendable () -> Bool = { false },
        _ body: (OperatorWork) async throws -> Value
    ) async throws -> Value {
        let reader = try AdministrationReader(path: path)
        defer { reader.close() }
        clock.go(to: Self.now.advanced(by: wait))
        defer { clock.go(to: Self.now) }
        return try await body(
            OperatorWork(outbox: outbox, reader: reader, isStopping: isStopping)
        )
    }

    /// Has a delivery with one event of a subject accepted.
    @discardableResult
    func acceptEvent(
        _ subject: String? = "pull_request/1",
        repository: String? = "acme/app",
        to listeners: [String] = ["one"],
        after wait: Duration = .zero
    ) async throws -> Int64 {
        let count = try rows("SELECT count(*) FROM deliveries")[0]
        let delivery = EventFactory.delivery(
            "d-\(count)",
            receivedAt: Self.now.advanced(by: wait),
            events: [Self.event(repository: repository, subject: subject)]
        )
        return try #require(try await accept(delivery, to: listeners).events.first)
    }

    /// Claims all that a listener can run at this moment and ends each attempt.
    ///
    /// - Returns: The events in the order in which they were claimed, with what their listener was told.
    @discardableResult
    func runAll(
        _ listener: String = "one",
        after wait: Duration = .zero,
        ending outcome: AttemptOutcome = .delivered,
        _ next: AttemptRecord.Next = .delivered
    ) async throws -> [ClaimedDispatch] {
        let now = Self.now.advanced(by: wait)
        var all: [ClaimedDispatch] = []
        while true {
            let claim = try await claim(listener: listener, limit: 100, at: now)
            guard !claim.dispatches.isEmpty else { return all }
            for dispatch in claim.dispatches {
                let error = outcome == .delivered ? nil : "why"
                try await outbox.finish(
                    AttemptRecord(dispatch, finishedAt: now, outcome: outcome, error: error, next: next)
                )
            }
            all += claim.dispatches
        }
    }

    /// Ends an attempt.
    func finish(
        _ dispatch: ClaimedDispatch,
        _ outcome: AttemptOutcome = .delivered,
        next: AttemptRecord.Next
    ) async throws {
        let error = outcome == .delivered ? nil : "why"
        try await outbox.finish(
            AttemptRecord(dispatch, finishedAt: Self.now, outcome: outcome, error: error, next: next)
        )
    }

    /// Puts dead letters of one lane into the file.
    func makeDead(_ count: Int, of listener: String) async throws {
        try await execute(
            """
            INSERT INTO deliveries (id, source, provider, delivery_id, received_at, headers, verified_by,
                payload_bytes, payload) VALUES (1, 's', 'github', 'd', 1, '{}', 'none', 0, x'');
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
            INSERT INTO events (id, delivery, ordinal, kind, subject, schema, received_at, event)
            SELECT i, 1, i, 'unknown', 'a', 1, 1, '{}' FROM n;
            INSERT INTO dispatches (event, listener, state, attempts, next_attempt_at, finished_at, source,
                subject)
            SELECT id, '\(listener)', 'dead', 1, 1, 1, 's', 'a' FROM events;
            """
        )
    }

    /// The state of every dispatch.
    func states() throws -> [String] {
        try rows("SELECT event, listener, state FROM dispatches ORDER BY event, listener")
    }
}
