package import Events
import GRDB

/// A dead letter, as `forgewire dead` lists it.
package struct DeadLetter: Sendable {
    package let event: Int64
    package let listener: String
    package let reason: String?
    package let error: String?
    package let attempts: Int
    package let finishedAt: Timestamp?

    init(_ row: Row) {
        event = row["event"]
        listener = row["listener"]
        reason = row["reason"]
        error = row["error"]
        attempts = row["attempts"]
        finishedAt = (row["finished_at"] as Int64?).map(Timestamp.init(milliseconds:))
    }
}

/// A stored event, and where its dispatch for one listener stands.
package struct AdministeredEvent: Sendable {
    package let id: Int64
    package let kind: String
    package let action: String?
    package let source: String
    package let repository: String?
    package let subject: String?
    /// The event JSON.
    package let json: String
    /// Nil if the listener has no dispatch of it.
    package let state: DispatchState?

    init(_ row: Row) {
        id = row[0]
        kind = row[1]
        action = row[2]
        source = row[3]
        repository = row[4]
        subject = row[5]
        json = row[6]
        state = (row[7] as String?).flatMap(DispatchState.init)
    }

    /// The same event with what a mapper makes of it now.
    init(id: Int64, source: String, _ content: EventContent, state: DispatchState?) {
        self.id = id
        kind = content.kind
        action = content.action
        self.source = source
        repository = content.repository
        subject = content.subject
        json = content.json.text(id: id)
        self.state = state
    }
}

/// Which stored events are meant; what is nil does not narrow.
package struct EventSelection: Hashable, Sendable {
    package var kind: String?
    package var repository: String?
    /// The earliest time of receipt.
    package var since: Timestamp?
    /// The time before which they were received.
    package var until: Timestamp?

    package init(
        kind: String? = nil,
        repository: String? = nil,
        since: Timestamp? = nil,
        until: Timestamp? = nil
    ) {
        self.kind = kind
        self.repository = repository
        self.since = since
        self.until = until
    }
}

/// Some rows of many, and where to go on.
struct Page<Element: Sendable>: Sendable {
    var elements: [Element]
    /// The event to go on behind; nil at the end.
    var next: Int64?
}

/// A dispatch that can be discarded, unless it runs.
struct OpenDispatch: Sendable {
    let event: Int64
    let isRunning: Bool
}

/// A dispatch that may be given to another listener, unless it runs.
struct AdoptableDispatch: Sendable {
    let event: Int64
    let lane: String?
    let isRunning: Bool
    /// Whether the other listener has a dispatch of its own.
    let isTaken: Bool
}

/// A delivery that may be past its age.
struct OldDelivery: Sendable {
    let id: Int64
    /// As the clock was then.
    let receivedAt: Timestamp
    let payloadBytes: Int
    /// Whether something hangs on it that is not finished or too young, or it is listed elsewhere.
    let isKept: Bool

    init(_ row: Row) {
        id = row["id"]
        receivedAt = Timestamp(milliseconds: row["received_at"])
        payloadBytes = row["bytes"]
        isKept = row["kept"]
    }
}

/// A delivery as it was received, to be mapped again.
package struct MappableDelivery: Sendable {
    package let id: Int64
    package let source: String
    package let provider: String
    package let deliveryID: String
    package let eventName: String?
    package let receivedAt: Timestamp
    /// The allow-listed request headers, as a JSON object.
    package let headers: String
    /// Why it could not be read or typed when it was mapped last.
    package let problem: String?
    /// The exact bytes.
    package let payload: [UInt8]
    /// The events that it has given so far, in the order of their ordinals.
    let events: [MappedEvent]
}

/// What a mapper made of a delivery when it was received.
struct MappedEvent: Sendable {
    let id: Int64
    let typing: EventTyping
    let json: String

    init(_ row: Row) {
        id = row["id"]
        typing = EventTyping(
            kind: row["kind"],
            action: row["action"],
            repository: row["repository"],
            subject: row["subject"]
        )
        json = row["event"]
    }
}

/// What lists and filters look at.
package struct EventTyping: Codable, Hashable, Sendable {
    package var kind: String
    package var action: String?
    package var repository: String?
    package var subject: String?

    package init(kind: String, action: String?, repository: String?, subject: String?) {
        self.kind = kind
        self.action = action
        self.repository = repository
        self.subject = subject
    }
}

/// An event's columns, rendered outside the writer's thread.
struct EventContent: Sendable {
    let kind: String
    let action: String?
    let repository: String?
    let subject: String?
    let schema: Int
    let json: EventJSON

    init(_ event: any Event) {
        kind = event.kind.rawValue
        action = event.actionName
        repository = event.repository?.fullName
        subject = event.subject
        schema = event.envelope.schema
        json = EventJSON(event)
    }

    /// What lists and filters look at.
    var typing: EventTyping {
        EventTyping(kind: kind, action: action, repository: repository, subject: subject)
    }
}
