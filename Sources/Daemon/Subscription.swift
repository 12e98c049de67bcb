package import Events
package import ListenerKit
package import Settings
import Signatures
import Synchronization

/// Which events one listener gets: those of the kinds that it takes, narrowed by the configuration.
package struct Subscription: Sendable {
    /// The listener's name.
    package let listener: String

    private let kinds: Set<EventKind>
    private let filter: EventFilter

    package init(_ listener: AnyListener, filter: EventFilter) {
        self.listener = listener.name
        kinds = Set(listener.kinds)
        self.filter = filter
    }

    /// Whether the listener gets an event; a pure function of the event and the configuration.
    package func takes(_ event: any Event) -> Bool {
        guard kinds.contains(event.kind) else { return false }
        return filter.matches(
            kind: event.kind.rawValue,
            action: event.actionName,
            repository: event.repository?.fullName,
            // Only a share between none and all needs the digest.
            deliveryDigestPrefix: (1...99).contains(filter.percent) ? Self.digestPrefix(event.deliveryId) : 0
        )
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
}
