import Events

/// What an outbox holds, as plain dictionaries and arrays.
struct OutboxModel {
    struct Dispatch {
        var state = DispatchState.pending
        var attempts = 0
        var nextAttemptAt: Int64
        var startedAt: Int64?
        var finishedAt: Int64?
        var error: String?
        var reason: DeadReason?
        /// What it shares with those that run in order with it; nil if it is alone.
        var lane: String?
        /// Its number in the order of arrival.
        var position: Int
        /// The end of its hold, once it has failed.
        var heldUntil: Int64?
        /// Whether something that came later has begun before it.
        var isOutOfOrder = false

        var isOpen: Bool { state == .pending || state == .running }
    }

    struct Key: Hashable {
        let event: Int64
        let listener: String
    }

    struct StoredDelivery {
        let id: Int64
        let deliveryId: String
        let payload: [UInt8]
        let events: [Int64]
    }

    private(set) var deliveries: [StoredDelivery] = []
    private(set) var dispatches: [Key: Dispatch] = [:]
    private(set) var attempts: [String] = []
    /// What makes the lanes of each listener.
    let orderings: [String: LaneOrdering]
    private var positions = 0
    /// Lanes of which something was discarded: what had the turn may have overtaken others without beginning.
    private var disturbedLanes: Set<String> = []

    init(orderings: [String: LaneOrdering]) {
        self.orderings = orderings
    }

    /// Takes a delivery in; false if the receipt is not what it should be.
    ///
    /// Ids may have gaps, but only grow.
    mutating func accept(_ delivery: Delivery, to listeners: [String], as receipt: DeliveryReceipt) -> Bool {
        if let known = deliveries.first(where: { $0.deliveryId == delivery.deliveryId }) {
            return receipt == DeliveryReceipt(delivery: known.id, events: known.events, isDuplicate: true)
        }
        let newestEvent = deliveries.last?.events.last ?? 0
        guard !receipt.isDuplicate, receipt.delivery > deliveries.last?.id ?? 0,
            receipt.events.count == delivery.events.count, Set(receipt.events).sorted() == receipt.events,
            receipt.events.first ?? 0 > newestEvent
        else { return false }
        for (id, event) in zip(receipt.events, delivery.events) {
            positions += 1
            for listener in listeners {
                dispatches[Key(event: id, listener: listener)] = Dispatch(
                    nextAttemptAt: delivery.receivedAt.milliseconds,
                    lane: lane(of: event, for: listener),
                    position: positions
                )
            }
        }
        deliveries.append(
            StoredDelivery(
                id: receipt.delivery,
                deliveryId: delivery.deliveryId,
                payload: delivery.payload,
                events: receipt.events
            )
        )
        return true
    }

    mutating func finish(_ record: AttemptRecord) {
        let key = Key(event: record.event, listener: record.listener)
        let isLaneLate = lane(around: key).contains { $0.value.heldUntil != nil }
        let duration = record.finishedAt.milliseconds - record.startedAt.milliseconds
        attempts.append(
            "\(record.event)|\(record.listener)|\(record.attempt)|\(record.startedAt.milliseconds)"
                + "|\(duration)|\(record.outcome.rawValue)"
        )
        dispatches[key]?.error = record.error
        switch record.next {
        case .delivered:
            dispatches[key]?.state = .delivered
            dispatches[key]?.finishedAt = record.finishedAt.milliseconds
        case .pending(let time):
            dispatches[key]?.state = .pending
            dispatches[key]?.nextAttemptAt = time.milliseconds
            if record.outcome == .interrupted {
                dispatches[key]?.attempts -= 1
            } else if dispatches[key]?.lane != nil {
                let now = record.finishedAt
                let latest = now.advanced(by: record.hold).milliseconds
                let first = isLaneLate ? now.milliseconds : latest
                let before = dispatches[key]?.heldUntil
                dispatches[key]?.heldUntil = min(before ?? first, latest)
            }
        case .dead(let reason):
            dispatches[key]?.state = .dead
            dispatches[key]?.reason = reason
            dispatches[key]?.finishedAt = record.finishedAt.milliseconds
        }
    }

    mutating func reopen(now: Timestamp) {
        for (key, dispatch) in dispatches where dispatch.state == .running {
            let startedAt = dispatch.startedAt ?? 0
            attempts.append(
                "\(key.event)|\(key.listener)|\(dispatch.attempts)|\(startedAt)"
                    + "|\(now.milliseconds - startedAt)|interrupted"
            )
            dispatches[key]?.state = .pending
            dispatches[key]?.attempts -= 1
            dispatches[key]?.nextAttemptAt = now.milliseconds
        }
    }

    /// A dead letter is pending again, at the end of its lane.
    mutating func redrive(_ key: Key, now: Timestamp, outOfOrder: Bool) {
        positions += 1
        dispatches[key]?.state = .pending
        dispatches[key]?.position = positions
        dispatches[key]?.nextAttemptAt = now.milliseconds
        dispatches[key]?.finishedAt = nil
        dispatches[key]?.error = nil
        dispatches[key]?.reason = nil
        dispatches[key]?.heldUntil = nil
        dispatches[key]?.isOutOfOrder = outOfOrder
    }

    /// A dispatch that does not run is given up.
    mutating func discard(_ key: Key) {
        dispatches[key]?.state = .discarded
        if let lane = dispatches[key]?.lane { disturbedLanes.insert(lane) }
    }

    /// The dispatches in a state, in a fixed order.
    func keys(in state: DispatchState) -> [Key] {
        dispatches.filter { $0.value.state == state }.keys
            .sorted { ($0.event, $0.listener) < ($1.event, $1.listener) }
    }

    /// The open dispatches that share a lane with one; without that one.
    private func lane(around key: Key) -> [Key: Dispatch] {
        guard let lane = dispatches[key]?.lane else { return [:] }
        return dispatches.filter {
            $0.key != key && $0.key.listener == key.listener && $0.value.lane == lane && $0.value.isOpen
        }
    }

    private func lane(of event: any Event, for listener: String) -> String? {
        let repository = event.repository?.fullName
        switch orderings[listener] ?? .subject {
        case .subject: return event.subject.map { "\(repository ?? "none") \($0)" }
        case .repository: return repository
        case .none: return nil
        }
    }

    /// The rows of `dispatches`, as a query would give them.
    var dispatchRows: [String] {
        dispatches.sorted { ($0.key.event, $0.key.listener) < ($1.key.event, $1.key.listener) }
            .map { key, dispatch in
                let values: [Any?] = [
                    key.event, key.listener, dispatch.state.rawValue, dispatch.attempts,
                    dispatch.nextAttemptAt,
                    dispatch.startedAt, dispatch.finishedAt, dispatch.error, dispatch.reason?.rawValue,
                ]
                return values.map { $0.map { "\($0)" } ?? "NULL" }.joined(separator: "|")
            }
    }
}

// MARK: What a claim may give

extension OutboxModel {
    /// Takes over what a claim gave.
    ///
    /// - Returns: What a claim must not do and this one did; empty if all is well.
    mutating func take(_ claim: Claim, for listener: String, limit: Int, now: Timestamp) -> [String] {
        var faults: [String] = []
        for claimed in claim.dispatches {
            faults += take(claimed, key: Key(event: claimed.event, listener: listener), now: now)
        }
        if claim.dispatches.count > limit { faults.append("more than the limit") }
        if claim.dispatches.count < limit {
            if claim.hasMore { faults.append("more is left, and not taken") }
            faults += forgotten(by: listener, now: now.milliseconds)
        }
        let due = nextDue(for: listener, now: now.milliseconds)
        if claim.nextDueAt?.milliseconds != due {
            faults.append(
                "next due \(String(describing: claim.nextDueAt?.milliseconds)), expected \(due ?? -1)"
            )
        }
        return faults
    }

    /// Takes over what began with its delivery.
    ///
    /// - Returns: What must not have begun; empty if all is well.
    mutating func take(_ begun: [ClaimedDispatch], now: Timestamp) -> [String] {
        begun.flatMap { take($0, key: Key(event: $0.event, listener: $0.listener), now: now) }
    }

    private mutating func take(_ claimed: ClaimedDispatch, key: Key, now: Timestamp) -> [String] {
        guard let dispatch = dispatches[key], dispatch.state == .pending else {
            return ["\(key) was not pending"]
        }
        var faults: [String] = []
        if claimed.attempt != dispatch.attempts + 1 { faults.append("\(key): attempt \(claimed.attempt)") }
        let isDisturbed = dispatch.lane.map(disturbedLanes.contains) ?? false
        if claimed.isOutOfOrder != dispatch.isOutOfOrder, !(isDisturbed && claimed.isOutOfOrder) {
            faults.append("\(key): told \(claimed.isOutOfOrder ? "to be" : "not to be") out of order")
        }
        for (other, neighbour) in lane(around: key) {
            if neighbour.state == .running { faults.append("\(key) beside \(other)") }
            guard neighbour.position < dispatch.position else { continue }
            if neighbour.heldUntil ?? .max > now.milliseconds { faults.append("\(key) before \(other)") }
            dispatches[other]?.isOutOfOrder = true
        }
        dispatches[key]?.state = .running
        dispatches[key]?.attempts += 1
        dispatches[key]?.startedAt = now.milliseconds
        return faults
    }

    /// What could run and was not taken, although there was room.
    private func forgotten(by listener: String, now: Int64) -> [String] {
        dispatches.filter { $0.key.listener == listener && $0.value.state == .pending }
            .compactMap { key, dispatch in
                let lane = lane(around: key).values
                let isBlocked =
                    lane.contains { $0.state == .running }
                    || lane.contains { ($0.heldUntil ?? 0) > now && $0.nextAttemptAt > now }
                return dispatch.nextAttemptAt <= now && !isBlocked ? "\(key) was forgotten" : nil
            }
    }

    private func nextDue(for listener: String, now: Int64) -> Int64? {
        dispatches.filter { $0.key.listener == listener && $0.value.state == .pending }.values
            .filter { $0.nextAttemptAt > now }
            .map { dispatch in
                guard let end = dispatch.heldUntil, end > now else { return dispatch.nextAttemptAt }
                return min(end, dispatch.nextAttemptAt)
            }
            .min()
    }
}
