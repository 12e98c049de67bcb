package import Events
package import ListenerKit
import Providers
package import Settings
import Signatures
import Synchronization

/// Which events one listener gets: those of the kinds that it takes, narrowed by the configuration.
package struct Subscription: Sendable {
    /// The listener's name.
    package let listener: String

    private static let sourceField = FieldPath("source")

    private let kinds: Set<EventKind>
    private let filter: EventFilter

    /// Makes the subscription of a Swift listener.
    package init(_ listener: AnyListener, filter: EventFilter) {
        self.init(name: listener.name, kinds: listener.kinds, filter: filter)
    }

    /// Makes the subscription of any listener; commands and endpoints take every kind.
    package init(name: String, kinds: [EventKind] = EventKind.allCases, filter: EventFilter) {
        listener = name
        self.kinds = Set(kinds)
        self.filter = filter
    }

    /// Whether the listener gets an event; a pure function of the event and the configuration.
    package func takes(_ event: any Event) -> Bool {
        var fields = EventFields()
        return takes(event, &fields)
    }

    /// Whether the listener may get an event that is stored; `percent` does not count.
    ///
    /// - Parameters:
    ///   - kind: The event's kind.
    ///   - action: The event's action; nil where it has none.
    ///   - repository: The full name of the event's repository; nil where it has none.
    ///   - json: The event JSON, which is asked for only if the listener has conditions on it.
    /// - Returns: Whether it may; never for a kind that this version does not know.
    package func takes(
        kind: String,
        action: String?,
        repository: String?,
        json: @autoclosure () -> [UInt8]
    ) -> Bool {
        guard let known = EventKind(rawValue: kind), kinds.contains(known) else { return false }
        var fields = EventFields()
        let source = filter.asksForSource ? fields.values(at: Self.sourceField, of: json())?.first : nil
        return filter.matches(
            kind: kind,
            action: action,
            repository: repository,
            source: source
        ) { fields.values(at: $0, of: json()) }
    }

    /// The same as `takes(_:)` with the fields of the event, which several subscriptions may look at.
    fileprivate func takes(_ event: any Event, _ fields: inout EventFields) -> Bool {
        guard kinds.contains(event.kind), takesShare(of: event.deliveryId) else { return false }
        return filter.matches(
            kind: event.kind.rawValue,
            action: event.actionName,
            repository: event.repository?.fullName,
            source: event.source
        ) { fields.values(at: $0, of: EventJSON(event).bytes(id: event.id)) }
    }

    private func takesShare(of deliveryID: String) -> Bool {
        // Only a share between none and all needs the digest.
        let prefix = (1...99).contains(filter.percent) ? Self.digestPrefix(deliveryID) : 0
        return filter.takesShare(deliveryDigestPrefix: prefix)
    }

    /// The first eight bytes, big-endian, of the SHA-256 of a delivery id.
    private static func digestPrefix(_ deliveryID: String) -> UInt64 {
        SHA256.digest(of: Array(deliveryID.utf8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// The subscriptions in force; replaced whole when the configuration is read again.
package final class SubscriptionTable: Sendable {
    private let subscriptions: Mutex<[Subscription]>

    package init(_ subscriptions: [Subscription]) {
        self.subscriptions = Mutex(subscriptions)
    }

    /// The subscriptions at this moment.
    package var current: [Subscription] { subscriptions.withLock { $0 } }

    /// Replaces all; deliveries that are being judged keep the old ones.
    package func replace(with subscriptions: [Subscription]) {
        self.subscriptions.withLock { $0 = subscriptions }
    }

    /// The names of the listeners that get each event, all judged by the same subscriptions; an event is
    /// rendered once at most, however many of them look at its fields.
    package func listeners(taking events: [any Event]) -> [[String]] {
        let subscriptions = current
        return events.map { event in
            var fields = EventFields()
            return subscriptions.filter { $0.takes(event, &fields) }.map(\.listener)
        }
    }
}

/// The values in an event JSON, which is made and read when the first one is asked for.
private struct EventFields {
    private var state = State.unread

    private enum State {
        case unread
        case readable(JSONValue)
        case unreadable
    }

    /// The texts of the values at a path, none where it is absent or null; nil if the text is no event JSON.
    mutating func values(at path: FieldPath, of json: @autoclosure () -> [UInt8]) -> [String]? {
        if case .unread = state { state = Self.read(json()) }
        guard case .readable(let root) = state else { return nil }
        return path.names.reduce([root]) { values, name in
            values.flatMap(Self.elements).map { $0[name] }
        }.flatMap(Self.elements).compactMap(Self.text)
    }

    private static func read(_ json: [UInt8]) -> State {
        do {
            let root = try JSONDocument(json).root
            return root.isObject ? .readable(root) : .unreadable
        } catch {
            return .unreadable
        }
    }

    /// A path goes through arrays as if they were not there.
    private static func elements(_ value: JSONValue) -> [JSONValue] { value.array ?? [value] }

    /// The text that conditions compare with: that of a string, the digits of a number, or the word.
    private static func text(_ value: JSONValue) -> String? {
        switch value.kind {
        case .string: value.string
        case .number: value.int64.map { String($0) }
        case .bool: value.bool.map { $0 ? "true" : "false" }
        case .array, .object, .null, nil: nil
        }
    }
}
