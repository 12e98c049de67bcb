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
        for event in receipt.events {
            for listener in listeners {
                dispatches[Key(event: event, listener: listener)] =
                    Dispatch(nextAttemptAt: delivery.receivedAt.milliseconds)
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

    /// The events that a claim gives with the numbers of their attempts, and when the next is due.
    mutating func claim(
        _ listener: String,
        limit: Int,
        now: Timestamp
    ) -> (claimed: [(event: Int64, attempt: Int)], nextDueAt: Int64?) {
        let pending = dispatches.filter { $0.key.listener == listener && $0.value.state == .pending }
        let due = pending.filter { $0.value.nextAttemptAt <= now.milliseconds }
            .sorted { ($0.value.nextAttemptAt, $0.key.event) < ($1.value.nextAttemptAt, $1.key.event) }
            .prefix(limit)
        for (key, _) in due {
            dispatches[key]?.state = .running
            dispatches[key]?.attempts += 1
            dispatches[key]?.startedAt = now.milliseconds
        }
        let left = Set(pending.keys).subtracting(due.map(\.key))
        let claimed = due.map { (event: $0.key.event, attempt: $0.value.attempts + 1) }
        return (claimed, left.compactMap { dispatches[$0]?.nextAttemptAt }.min())
    }

    mutating func finish(_ record: AttemptRecord) {
        let key = Key(event: record.event, listener: record.listener)
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
            if record.outcome == .interrupted { dispatches[key]?.attempts -= 1 }
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
