package import Events
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
        // Compressed and rendered here, by the caller's thread: the writer is the one place where all wait
        // for each other.
        let row = DeliveryRow(delivery, listeners: listeners)
        writer.submit(
            WriteJob(
                bytes: row.byteCount,
                keepsLanes: true,
                perform: { context in
                    let receipt = try context.insert(row)
                    return { completion(.success(receipt)) }
                },
                fail: { completion(.failure($0)) }
            )
        )
    }
}

/// A delivery ready to be written; it does not hold the original payload any more.
private struct DeliveryRow: Sendable {
    let source: String
    let provider: String
    let deliveryID: String
    let eventName: String?
    let receivedAt: Timestamp
    let headers: String
    let verifiedBy: String
    let problem: String?
    let payload: StoredPayload
    let events: [EventRow]

    init(_ delivery: Delivery, listeners: [[String]]) {
        source = delivery.source
        provider = delivery.provider
        deliveryID = delivery.deliveryId
        eventName = delivery.eventName
        receivedAt = delivery.receivedAt
        headers = delivery.headers
        verifiedBy = delivery.verifiedBy
        problem = delivery.problem
        payload = StoredPayload(compressing: delivery.payload)
        events = zip(delivery.events, listeners).map { event, listeners in
            EventRow(event, source: delivery.source, listeners: listeners)
        }
    }

    /// About what it adds to the outbox.
    var byteCount: Int { events.reduce(payload.bytes.count) { $0 + $1.json.tail.count } }
}

/// An event ready to be written.
private struct EventRow: Sendable {
    let event: any Event
    let kind: String
    let action: String?
    let repository: String?
    let subject: String?
    let schema: Int
    let json: EventJSON
    let listeners: [String]
    private let source: String
    private let laneOfSubject: String?

    init(_ event: any Event, source: String, listeners: [String]) {
        self.event = event
        kind = event.kind.rawValue
        action = event.actionName
        repository = event.repository?.fullName
        subject = event.subject
        schema = event.envelope.schema
        json = EventJSON(event)
        self.listeners = listeners
        self.source = source
        laneOfSubject = LaneOrdering.subject.lane(source: source, repository: repository, subject: subject)
    }

    /// The lane of its dispatches in an ordering; that of most listeners is made by the caller's thread.
    func lane(_ ordering: LaneOrdering) -> String? {
        switch ordering {
        case .subject: laneOfSubject
        case .repository, .none: ordering.lane(source: source, repository: repository, subject: subject)
        }
    }

    /// What its ready dispatches take turns by, as `LaneSQL.turn` has it.
    var turn: String { "\(source)\n\(repository ?? "")" }
}

/// A row of `events` as it is written.
private struct InsertedEvent {
    let id: Int64
    let row: EventRow
    let json: [UInt8]
    let delivery: Int64
    let source: String
    let receivedAt: Timestamp
}

extension WriterContext {
    fileprivate func insert(_ row: DeliveryRow) throws -> DeliveryReceipt {
        let id = nextDeliveryID
        try statements.insertDelivery.run { values in
            values.bind(id)
            values.bind(row.source)
            values.bind(row.provider)
            values.bind(row.deliveryID)
            values.bind(row.eventName)
            values.bind(row.receivedAt)
            values.bind(row.headers)
            values.bind(row.verifiedBy)
            values.bind(row.problem)
            values.bind(row.payload.originalCount)
            values.bind(blob: row.payload.bytes)
        }
        guard database.changesCount > 0 else { return try receiptOfDuplicate(row) }
        takeDeliveryID()
        let events = try row.events.enumerated().map { ordinal, event in
            try insert(event, ordinal: ordinal, of: row, id: id)
        }
        return DeliveryReceipt(delivery: id, events: events, isDuplicate: false)
    }

    private func insert(_ row: EventRow, ordinal: Int, of delivery: DeliveryRow, id: Int64) throws -> Int64 {
        let eventID = nextEventID()
        let event = InsertedEvent(
            id: eventID,
            row: row,
            json: row.json.bytes(id: eventID),
            delivery: id,
            source: delivery.source,
            receivedAt: delivery.receivedAt
        )
        try statements.insertEvent.run { values in
            values.bind(eventID)
            values.bind(id)
            values.bind(ordinal)
            values.bind(row.kind)
            values.bind(row.action)
            values.bind(row.repository)
            values.bind(row.subject)
            values.bind(row.schema)
            values.bind(event.receivedAt)
            values.bind(utf8: event.json)
        }
        for listener in row.listeners { try insertDispatch(of: event, to: listener) }
        return eventID
    }

    /// Makes a dispatch, which runs with the commit if it may and its listener has a slot for it.
    private func insertDispatch(of event: InsertedEvent, to listener: String) throws {
        let lane = event.row.lane(ordering(of: listener))
            .map { LaneMemory.Lane(listener: listener, name: $0) }
        let foremost = try lane.flatMap(foremostPlace)
        // Whatever is open in the lane came before it.
        guard foremost == nil, lane == nil || !isAssigningLanes(of: listener) else {
            try insert(event, listener: listener, lane: lane, place: .behind)
            guard let lane else { return }
            switch foremost {
            case .running, .ready: lanes.set(lane, .shared)
            case .holding: break
            // Whatever else is open holds nothing up, and the lane may have to go on.
            default: if try advance(listener: listener, lane: lane.name) { handOver.noteReady(listener) }
            }
            return
        }
        let start = handOver.begin(ClaimedDispatch(event, listener: listener), of: listener)
        try insert(event, listener: listener, lane: lane, place: start == nil ? .ready : .running, start)
        if let lane { lanes.set(lane, .taken) }
        if start != nil {
            lanes.begin(event: event.id, listener: listener, lane: lane?.name)
        } else {
            lanes.noteReady(listener)
            handOver.noteReady(listener)
        }
    }

    private func insert(
        _ event: InsertedEvent,
        listener: String,
        lane: LaneMemory.Lane?,
        place: LanePlace,
        _ start: Timestamp? = nil
    ) throws {
        try statements.insertDispatch.run { values in
            values.bind(event.id)
            values.bind(listener)
            values.bind(event.receivedAt)
            values.bind(event.source)
            values.bind(event.row.repository)
            values.bind(event.row.subject)
            values.bind(Self.position(ofEvent: event.id))
            values.bind(lane?.name)
            values.bind(place.rawValue)
            values.bind(place == .ready ? event.row.turn : nil)
            values.bind((start == nil ? DispatchState.pending : .running).rawValue)
            values.bind(start == nil ? 0 : 1)
            values.bind(start)
        }
    }

    /// The lowest place in a lane, as far as it matters to what joins it; nil if nothing in it is open.
    private func foremostPlace(_ lane: LaneMemory.Lane) throws -> LanePlace? {
        switch lanes.state(of: lane) {
        case .empty: return nil
        // Whether it runs or is ready makes no difference to what joins it.
        case .taken, .shared: return .ready
        case nil:
            return try statements.foremostPlace.first(lane.listener, lane.name) { $0.lanePlace(0) } ?? nil
        }
    }

    private func receiptOfDuplicate(_ row: DeliveryRow) throws -> DeliveryReceipt {
        let found = try statements.findDelivery.first(row.source, row.deliveryID) { $0.integer(0) }
        guard let id = found else {
            throw OutboxError(.refused, "a delivery was neither new nor there before")
        }
        let events = try statements.findEvents.all(id) { $0.integer(0) }
        return DeliveryReceipt(delivery: id, events: events, isDuplicate: true)
    }
}

extension ClaimedDispatch {
    /// The first attempt of a dispatch that is new; when it begins is set when it does.
    fileprivate init(_ event: InsertedEvent, listener: String) {
        self.init(
            event: event.id,
            listener: listener,
            attempt: 1,
            startedAt: event.receivedAt,
            delivery: event.delivery,
            receivedAt: event.receivedAt,
            kind: event.row.kind,
            json: event.json
        )
        action = event.row.action
        repository = event.row.repository
        typedEvent = event.row.event.stored(as: event.id)
    }
}
