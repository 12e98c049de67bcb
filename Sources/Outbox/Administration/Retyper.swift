import Events

/// Maps the deliveries of events again, and keeps what is different in the outbox.
struct Retyper {
    /// What was done so far.
    private(set) var counts = RetypeCounts()

    private let work: OperatorWork
    private let remapping: Remapping
    private let isDryRun: Bool
    /// What the last delivery gives now, by the ids of its events.
    private var contents: [Int64: EventContent] = [:]
    private var events: Set<Int64> = []
    /// Deliveries whose events do not stand together, so that one may come up twice.
    private var scattered: Set<Int64> = []

    init(_ work: OperatorWork, remapping: @escaping Remapping, isDryRun: Bool) {
        self.work = work
        self.remapping = remapping
        self.isDryRun = isDryRun
    }

    /// Maps the deliveries of some events again.
    ///
    /// - Parameter page: The events as they are stored, in the order of their ids.
    /// - Returns: The events as they are now, and those that came to them.
    /// - Throws: `OutboxError` if that cannot be read or committed.
    mutating func retype(_ page: [AdministeredEvent]) async throws(OutboxError) -> [AdministeredEvent] {
        var result: [AdministeredEvent] = []
        var added: [AdministeredEvent] = []
        for event in page {
            if !events.contains(event.id) {
                result += added
                added = try await mapDelivery(of: event)
            }
            let content = contents[event.id]
            result.append(
                content.map {
                    AdministeredEvent(id: event.id, source: event.source, $0, state: event.state)
                } ?? event
            )
        }
        return result + added
    }

    /// Maps the delivery of an event.
    ///
    /// - Returns: The events that it did not give before.
    private mutating func mapDelivery(
        of event: AdministeredEvent
    ) async throws(OutboxError) -> [AdministeredEvent] {
        try work.checkStopping()
        contents = [:]
        events = [event.id]
        guard let stored = try await work.reader.mappable(ofEvent: event.id) else { return [] }
        events = Set(stored.events.map(\.id))
        guard let mapped = remapping(stored) else {
            counts.unreadable += 1
            return []
        }
        let retyping = compare(stored, mapped)
        if !isScatteredAgain(stored) { count(retyping, stored, mapped) }
        let ids: [Int64]
        if isDryRun || !retyping.isChange(of: stored) {
            ids = retyping.added.map { _ in 0 }
        } else {
            guard let committed = try await work.outbox.retype(retyping) else { return [] }
            ids = committed
        }
        return zip(ids, retyping.added).map { id, added in
            AdministeredEvent(id: id, source: stored.source, added.content, state: nil)
        }
    }

    private mutating func isScatteredAgain(_ stored: MappableDelivery) -> Bool {
        let ids = stored.events.map(\.id)
        guard let first = ids.min(), let last = ids.max(), last - first >= ids.count else { return false }
        return !scattered.insert(stored.id).inserted
    }

    private mutating func compare(_ stored: MappableDelivery, _ mapped: Delivery) -> Retyping {
        var retyping = Retyping(delivery: stored.id, problem: mapped.problem)
        for (ordinal, event) in mapped.events.enumerated() {
            let content = EventContent(event)
            guard ordinal < stored.events.count else {
                retyping.added.append((ordinal, content))
                continue
            }
            let old = stored.events[ordinal]
            guard !old.json.utf8.elementsEqual(content.json.bytes(id: old.id)) else { continue }
            retyping.changed.append((old.id, content))
            contents[old.id] = content
        }
        return retyping
    }

    private mutating func count(_ retyping: Retyping, _ stored: MappableDelivery, _ mapped: Delivery) {
        counts.changed += retyping.changed.count
        counts.added += retyping.added.count
        counts.surplus += max(0, stored.events.count - mapped.events.count)
        let old = Dictionary(uniqueKeysWithValues: stored.events.map { ($0.id, $0.typing) })
        let changes = retyping.changed.compactMap { id, content in
            old[id] == content.typing
                ? nil : RetypeChange(event: id, from: old[id], to: content.typing)
        }
        let added = retyping.added.map { RetypeChange(event: nil, from: nil, to: $0.content.typing) }
        counts.changes += (changes + added).prefix(RetypeCounts.changesMax - counts.changes.count)
    }
}

extension Retyping {
    /// Whether anything is to be written.
    fileprivate func isChange(of stored: MappableDelivery) -> Bool {
        !changed.isEmpty || !added.isEmpty || problem != stored.problem
    }
}
