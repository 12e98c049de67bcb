package import Events
import Foundation
import GRDB

extension Outbox {
    /// Commits a delivery with its events and their dispatches, all or nothing, synced to disk.
    ///
    /// A delivery id that the source has had before writes nothing and gives the first receipt again. Whether
    /// it is there is asked inside the transaction, so that two at the same time make one.
    ///
    /// - Parameters:
    ///   - delivery: The authentic delivery.
    ///   - listeners: For each event, by its ordinal, the listeners that get it.
    ///   - completion: Called exactly once, on the writer's thread, after the commit.
    package func accept(
        _ delivery: Delivery,
        listeners: [[String]],
        completion: @escaping @Sendable (Result<DeliveryReceipt, OutboxError>) -> Void
    ) {
        precondition(delivery.events.count == listeners.count, "each event has its list of listeners")
        // Rendered here, by the caller's thread: the writer is the one place where all wait for each other.
        let events = zip(delivery.events, listeners).map { EventRow($0, listeners: $1) }
        writer.submit(
            WriteJob(
                bytes: delivery.payload.count,
                perform: { context in
                    let receipt = try context.insert(delivery, events)
                    return { completion(.success(receipt)) }
                },
                fail: { completion(.failure($0)) }
            )
        )
    }
}

/// An event ready to be written.
private struct EventRow: Sendable {
    let kind: String
    let action: String?
    let repository: String?
    let subject: String?
    let schema: Int
    let json: EventJSON
    let listeners: [String]

    init(_ event: any Event, listeners: [String]) {
        kind = event.kind.rawValue
        action = event.actionName
        repository = event.repository?.fullName
        subject = event.subject
        schema = event.envelope.schema
        json = EventJSON(event)
        self.listeners = listeners
    }
}

extension WriterContext {
    fileprivate func insert(_ delivery: Delivery, _ events: [EventRow]) throws -> DeliveryReceipt {
        let id = nextDeliveryID
        try statements.insertDelivery.execute(arguments: [
            id, delivery.source, delivery.provider, delivery.deliveryId, delivery.eventName,
            delivery.receivedAt.milliseconds, delivery.headers, delivery.verifiedBy, delivery.problem,
            delivery.payload.count, Data(delivery.payload),
        ])
        guard database.changesCount > 0 else { return try receiptOfDuplicate(delivery) }
        takeDeliveryID()
        var ids: [Int64] = []
        for (ordinal, event) in events.enumerated() {
            ids.append(try insert(event, ordinal: ordinal, of: delivery, id: id))
        }
        return DeliveryReceipt(delivery: id, events: ids, isDuplicate: false)
    }

    private func insert(_ event: EventRow, ordinal: Int, of delivery: Delivery, id: Int64) throws -> Int64 {
        let eventID = nextEventID()
        let receivedAt = delivery.receivedAt.milliseconds
        try statements.insertEvent.execute(arguments: [
            eventID, id, ordinal, event.kind, event.action, event.repository, event.subject, event.schema,
            receivedAt, event.json.text(id: eventID),
        ])
        for listener in event.listeners {
            let lane = ordering(of: listener)
                .lane(source: delivery.source, repository: event.repository, subject: event.subject)
            // Whatever is open in the lane came before it.
            let isFirst = try lane.map {
                try Row.fetchOne(statements.isLaneOpen, arguments: [listener, $0]) == nil
            }
            let isReady = isFirst ?? true && !(lane != nil && isAssigningLanes(of: listener))
            let place = isReady ? LanePlace.ready : .behind
            try statements.insertDispatch.execute(arguments: [
                eventID, listener, receivedAt, delivery.source, event.repository, event.subject,
                Self.position(ofEvent: eventID), lane, place.rawValue,
            ])
            if place == .behind, let lane { try advance(listener: listener, lane: lane) }
        }
        return eventID
    }

    private func receiptOfDuplicate(_ delivery: Delivery) throws -> DeliveryReceipt {
        let key: StatementArguments = [delivery.source, delivery.deliveryId]
        guard let id = try Int64.fetchOne(statements.findDelivery, arguments: key) else {
            throw OutboxError(.refused, "a delivery was neither new nor there before")
        }
        let events = try Int64.fetchAll(statements.findEvents, arguments: [id])
        return DeliveryReceipt(delivery: id, events: events, isDuplicate: true)
    }
}
