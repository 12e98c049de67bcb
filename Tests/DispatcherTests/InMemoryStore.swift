import Dispatcher
import Events
import Synchronization
import TestKit
import Testing

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

    /// What it goes by.
    let clock = ManualClock()
    /// The claims, those that failed included.
    let claims = Journal<ClaimCall>()
    /// The events of the attempts that each settling was to record, those that failed included.
    let settlings = Journal<[Int64]>()
    /// The attempts that were recorded.
    let records = Journal<AttemptRecord>()
    /// The attempts that could not be recorded.
    let refusedRecords = Journal<AttemptRecord>()
    /// What was kept about pauses: by whom the listener was paused, or nil when it was resumed.
    let pauses = Journal<PauseOrigin?>()
    /// The holds that were kept.
    let holds = Journal<Timestamp>()
    /// What could not be kept about pauses.
    let refusedPauses = Journal<PauseOrigin?>()

    private let state = Mutex(State())

    private struct State {
        var rows: [Row] = []
        var claimFailures = 0
        var recordFailures = 0
        var pauseFailures = 0
    }

    fileprivate struct Row {
        let event: Int64
        let listener: String
        let lane: String?
        let isSuspect: Bool
        let json: [UInt8]
        var state = DispatchState.pending
        var attempts = 0
        var claim: Int64 = 0
        var crashes = 0
        var isTakenOver = false
        var dueAt: Timestamp
    }

    /// Adds a pending dispatch.
    func add(
        _ event: Int64,
        for listener: String = "one",
        lane: String? = nil,
        dueAt: Timestamp = Timestamp(milliseconds: 0),
        isSuspect: Bool = false,
        json: [UInt8]? = nil
    ) {
        let json = json ?? EventJSON(EventFactory.populated(.push)).bytes(id: event)
        let row = Row(
            event: event,
            listener: listener,
            lane: lane,
            isSuspect: isSuspect,
            json: json,
            dueAt: dueAt
        )
        state.withLock { $0.rows.append(row) }
    }

    /// Lets the next claims, records and pauses fail.
    func fail(claims: Int = 0, records: Int = 0, pauses: Int = 0) {
        state.withLock { state in
            state.claimFailures = claims
            state.recordFailures = records
            state.pauseFailures = pauses
        }
    }

    /// Where a dispatch stands.
    func state(of event: Int64, for listener: String = "one") -> DispatchState? {
        state.withLock { $0.rows.first { $0.event == event && $0.listener == listener }?.state }
    }

    func settle(
        _ records: [AttemptRecord],
        listener: String,
        claimingUpTo limit: Int
    ) async throws -> Claim {
        let now = clock.now
        let claim = state.withLock { state -> Claim? in
            if limit > 0, state.claimFailures > 0 {
                state.claimFailures -= 1
                return nil
            }
            if !records.isEmpty, state.recordFailures > 0 {
                state.recordFailures -= 1
                return nil
            }
            let outdated = records.filter { !Self.record($0, &state.rows) }
            var claim = Self.claim(&state.rows, listener: listener, limit: limit, now: now)
            claim.outdated = outdated
            return claim
        }
        settlings.append(records.map(\.event))
        let outdated = Set(claim?.outdated.map(\.event) ?? [])
        for record in records where !outdated.contains(record.event) {
            (claim == nil ? refusedRecords : self.records).append(record)
        }
        if limit > 0 {
            let events = claim?.dispatches.map(\.event) ?? []
            claims.append(ClaimCall(listener: listener, limit: limit, events: events, time: now))
        }
        guard let claim else { throw Failure() }
        return claim
    }

    /// Adds a dispatch as running, as one that is handed over.
    func addRunning(_ event: Int64, for listener: String = "one", lane: String? = nil) {
        add(event, for: listener, lane: lane)
        state.withLock { state in
            state.rows[state.rows.count - 1].state = .running
            state.rows[state.rows.count - 1].attempts = 1
            state.rows[state.rows.count - 1].claim = 1
        }
    }

    /// Lets somebody else have a dispatch that runs: the outcome that arrives then is outdated.
    func takeOver(_ event: Int64, for listener: String = "one") {
        state.withLock { state in
            let index = state.rows.firstIndex { $0.event == event && $0.listener == listener }
            if let index { state.rows[index].isTakenOver = true }
        }
    }

    func pause(listener: String, _ pause: ListenerPause) async throws { try keep(pause.origin) }

    func hold(listener: String, until time: Timestamp) async throws {
        guard takesPause() else { throw Failure() }
        holds.append(time)
    }

    func resume(listener: String, pausedBy origin: PauseOrigin?) async throws { try keep(nil) }

    private func takesPause() -> Bool {
        state.withLock { state in
            guard state.pauseFailures > 0 else { return true }
            state.pauseFailures -= 1
            return false
        }
    }

    private func keep(_ origin: PauseOrigin?) throws {
        guard takesPause() else {
            refusedPauses.append(origin)
            throw Failure()
        }
        pauses.append(origin)
    }

    func payload(ofDelivery id: Int64) async throws -> [UInt8] { Array("payload \(id)".utf8) }

    /// Returns whether the dispatch was not somebody else's.
    private static func record(_ record: AttemptRecord, _ rows: inout [Row]) -> Bool {
        let index = rows.firstIndex { $0.event == record.event && $0.listener == record.listener }
        guard let index, rows[index].state == .running, rows[index].claim == record.claim else {
            Issue.record("an attempt is recorded that does not run")
            return true
        }
        guard !rows[index].isTakenOver else { return false }
        switch record.next {
        case .delivered: rows[index].state = .delivered
        case .dead: rows[index].state = .dead
        case .pending(let time):
            rows[index].state = .pending
            rows[index].dueAt = time
            if record.outcome == .interrupted { rows[index].attempts -= 1 }
        }
        if record.isCrashInIsolation { rows[index].crashes += 1 }
        return true
    }

    /// Takes what is due, oldest first, one of each lane in which nothing is running.
    private static func claim(_ rows: inout [Row], listener: String, limit: Int, now: Timestamp) -> Claim {
        let own = rows.indices.filter { rows[$0].listener == listener }
        let pending = own.filter { rows[$0].state == .pending }
            .sorted { (rows[$0].dueAt, rows[$0].event) < (rows[$1].dueAt, rows[$1].event) }
        var busyLanes = Set(own.filter { rows[$0].state == .running }.compactMap { rows[$0].lane })
        let ready = pending.filter { index in
            guard rows[index].dueAt <= now else { return false }
            return rows[index].lane.map { busyLanes.insert($0).inserted } ?? true
        }
        let claimed = ready.prefix(limit)
        for index in claimed {
            rows[index].state = .running
            rows[index].attempts += 1
            rows[index].claim += 1
        }
        return Claim(
            dispatches: claimed.map { rows[$0].dispatch(startedAt: now) },
            hasMore: ready.count > claimed.count,
            nextDueAt: pending.map { rows[$0].dueAt }.first { $0 > now }
        )
    }
}

extension InMemoryStore.Row {
    fileprivate func dispatch(startedAt: Timestamp) -> ClaimedDispatch {
        var dispatch = ClaimedDispatch(
            event: event,
            listener: listener,
            attempt: attempts,
            startedAt: startedAt,
            delivery: event * 10,
            receivedAt: EventFactory.receivedAt,
            kind: "push",
            json: json
        )
        dispatch.claim = claim
        dispatch.isSuspect = isSuspect
        dispatch.crashes = crashes
        return dispatch
    }
}
