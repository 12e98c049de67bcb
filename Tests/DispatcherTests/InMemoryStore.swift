import Dispatcher
import Events
import Synchronization
import TestKit

/// A `DispatchStore` of dictionaries, which can be told to fail.
final class InMemoryStore: DispatchStore {
    struct Failure: Error {}

    /// A claim that was asked for.
    struct ClaimCall: Sendable {
        let listener: String
        let limit: Int
        let events: [Int64]
        let time: Timestamp
    }

    /// The claims, those that failed included.
    let claims = Journal<ClaimCall>()
    /// The attempts that were recorded.
    let records = Journal<AttemptRecord>()
    /// The attempts that could not be recorded.
    let refusedRecords = Journal<AttemptRecord>()

    private let state = Mutex(State())

    private struct State {
        var rows: [Row] = []
        var claimFailures = 0
        var finishFailures = 0
    }

    private struct Row {
        let event: Int64
        let listener: String
        let json: [UInt8]
        var state = DispatchState.pending
        var attempts = 0
        var dueAt: Timestamp
    }

    /// Adds a pending dispatch.
    func add(
        _ event: Int64,
        for listener: String = "one",
        dueAt: Timestamp = Timestamp(milliseconds: 0),
        json: [UInt8]? = nil
    ) {
        let json = json ?? EventJSON(EventFactory.populated(.push)).bytes(id: event)
        state.withLock { $0.rows.append(Row(event: event, listener: listener, json: json, dueAt: dueAt)) }
    }

    /// Lets the next claims and records fail.
    func fail(claims: Int = 0, records: Int = 0) {
        state.withLock { state in
            state.claimFailures = claims
            state.finishFailures = records
        }
    }

    /// Where a dispatch stands.
    func state(of event: Int64, for listener: String = "one") -> DispatchState? {
        state.withLock { $0.rows.first { $0.event == event && $0.listener == listener }?.state }
    }

    func claim(listener: String, limit: Int, now: Timestamp) async throws -> Claim {
        let claim = state.withLock { state -> Claim? in
            guard state.claimFailures == 0 else {
                state.claimFailures -= 1
                return nil
            }
            return Self.claim(&state.rows, listener: listener, limit: limit, now: now)
        }
        let events = claim?.dispatches.map(\.event) ?? []
        claims.append(ClaimCall(listener: listener, limit: limit, events: events, time: now))
        guard let claim else { throw Failure() }
        return claim
    }

    func finish(_ record: AttemptRecord) async throws {
        let isTaken = state.withLock { state in
            guard state.finishFailures == 0 else {
                state.finishFailures -= 1
                return false
            }
            guard
                let index = state.rows.firstIndex(where: {
                    $0.event == record.event && $0.listener == record.listener
                })
            else { return false }
            switch record.next {
            case .delivered: state.rows[index].state = .delivered
            case .dead: state.rows[index].state = .dead
            case .pending(let time):
                state.rows[index].state = .pending
                state.rows[index].dueAt = time
                if record.outcome == .interrupted { state.rows[index].attempts -= 1 }
            }
            return true
        }
        guard isTaken else {
            refusedRecords.append(record)
            throw Failure()
        }
        records.append(record)
    }

    func payload(ofDelivery id: Int64) async throws -> [UInt8] { Array("payload \(id)".utf8) }

    private static func claim(_ rows: inout [Row], listener: String, limit: Int, now: Timestamp) -> Claim {
        let pending = rows.indices.filter { rows[$0].listener == listener && rows[$0].state == .pending }
            .sorted { (rows[$0].dueAt, rows[$0].event) < (rows[$1].dueAt, rows[$1].event) }
        let due = pending.filter { rows[$0].dueAt <= now }.prefix(limit)
        for index in due {
            rows[index].state = .running
            rows[index].attempts += 1
        }
        let dispatches = due.map { index in
            ClaimedDispatch(
                event: rows[index].event,
                listener: listener,
                attempt: rows[index].attempts,
                startedAt: now,
                delivery: rows[index].event * 10,
                receivedAt: EventFactory.receivedAt,
                json: rows[index].json
            )
        }
        return Claim(
            dispatches: dispatches,
            nextDueAt: pending.dropFirst(due.count).first.map { rows[$0].dueAt }
        )
    }
}
