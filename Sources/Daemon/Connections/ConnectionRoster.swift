import NIOCore
import Synchronization

/// The connections of one listening socket, of which there may be so many.
final class ConnectionRoster: Sendable {
    private let connectionsMax: Int
    private let entries = Mutex<[ObjectIdentifier: Entry]>([:])

    private struct Entry {
        let channel: any Channel
        /// Since when the connection may be closed for a new one; nil while it may not.
        var evictableSince: NIODeadline?
    }

    init(connectionsMax: Int) { self.connectionsMax = connectionsMax }

    /// Takes a connection; if there are too many, the one that has been idle for longest makes way.
    ///
    /// - Returns: False if all are busy.
    func admit(_ channel: any Channel) -> Bool {
        let (isAdmitted, evicted) = entries.withLock { entries -> (Bool, (any Channel)?) in
            var evicted: (any Channel)?
            if entries.count >= connectionsMax {
                let idle = entries.compactMap { id, entry in entry.evictableSince.map { (id, $0) } }
                guard let longest = idle.min(by: { $0.1 < $1.1 }) else { return (false, nil) }
                evicted = entries.removeValue(forKey: longest.0)?.channel
            }
            entries[ObjectIdentifier(channel)] = Entry(channel: channel, evictableSince: nil)
            return (true, evicted)
        }
        evicted?.pipeline.fireUserInboundEventTriggered(ConnectionGuardEvent.evict)
        return isAdmitted
    }

    /// Notes since when a connection may be closed for a new one.
    func note(_ channel: any Channel, evictableSince: NIODeadline?) {
        entries.withLock { $0[ObjectIdentifier(channel)]?.evictableSince = evictableSince }
    }

    /// Forgets a connection that is gone.
    func remove(_ channel: any Channel) {
        entries.withLock { $0[ObjectIdentifier(channel)] = nil }
    }
}

/// What a connection's guard is told from outside.
enum ConnectionGuardEvent: Hashable, Sendable {
    /// Another connection is to have this one's place.
    case evict
}
