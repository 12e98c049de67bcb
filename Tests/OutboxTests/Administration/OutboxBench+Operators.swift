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
        let now = Self.now.advanced(by: wait)
        return try await body(
            OperatorWork(outbox: outbox, reader: reader, now: { now }, isStopping: isStopping)
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
            let claim = try await outbox.claim(listener: listener, limit: 100, now: now)
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

    /// The state of every dispatch.
    func states() throws -> [String] {
        try rows("SELECT event, listener, state FROM dispatches ORDER BY event, listener")
    }
}
