import NIOCore
import Synchronization

/// What one connection uses and what it has shown of itself, for the decision who has to go when something is
/// short.
///
/// Written by the connection's event loop and by the thread that reads its request; read by whoever needs
/// room.
final class ConnectionAccount: Sendable {
    /// What the connection is doing.
    enum Phase: Hashable, Sendable {
        /// It may send a request, or the rest of a head.
        case waiting
        /// It sends a body.
        case body
        /// Its request is read, committed or answered.
        case working
        /// It is over, and kept for what the client still sends.
        case over
    }

    /// What bytes are for.
    enum Use: Hashable, Sendable {
        /// A body that is announced to be small; an eighth of all is kept for these.
        case smallBody
        /// Any other body.
        case body
        /// What came behind a request that is still to be answered.
        case held
        /// What is made of an authentic body: its index, events and stored copy.
        case derived
        /// The same of a small one.
        case smallDerived
    }

    /// What is known at one moment.
    struct Standing: Sendable {
        /// What it is doing.
        var phase = Phase.waiting
        /// Since when.
        var since: NIODeadline
        /// When it was last heard of.
        var lastSeen: NIODeadline
        /// The bytes of the current body that arrived.
        var bodyBytes = 0
        /// Whether a request of the connection was authentic.
        var hasProved = false
        /// Whether a trusted proxy sends the request at hand for somebody else, of whom that proves nothing.
        var isProxied = false
        /// The bytes counted for the request at hand.
        var requestBytes = 0
        /// The bytes that wait behind it.
        var heldBytes = 0
        /// The client that they are counted for.
        var usage: AddressUsage
        /// Whether it was refused room because of what others hold.
        var hadToYield = false
        /// Whether it has to go; then it gets no more room, and what it had is counted for nobody.
        var isEvicted = false

        /// All bytes that are counted for the connection.
        var bytes: Int { requestBytes + heldBytes }

        /// Whether it is spared when something is short: who has proved authentic, but not what comes for
        /// others over the same connection.
        var isSpared: Bool { hasProved && !(phase == .body && isProxied) }
    }

    /// What everybody holds together.
    let budget: InFlightBudget

    private let standing: Mutex<Standing>

    /// Opens the account of a new connection.
    ///
    /// - Parameters:
    ///   - budget: What everybody holds together.
    ///   - usage: The client that it is counted for.
    ///   - now: When the connection began.
    init(
        budget: InFlightBudget,
        usage: AddressUsage = AddressUsage(.local),
        now: NIODeadline = .uptimeNanoseconds(0)
    ) {
        self.budget = budget
        standing = Mutex(Standing(since: now, lastSeen: now, usage: usage))
    }

    /// What is known now.
    var current: Standing { standing.withLock { $0 } }

    // MARK: What it does

    /// Something else begins.
    func enter(_ phase: Phase, at now: NIODeadline) {
        standing.withLock { standing in
            // The parts of a body are one wait, the parts of a head and the rest before it another.
            guard phase != standing.phase else { return }
            standing.phase = phase
            standing.since = now
            standing.lastSeen = now
            // The first part of a body comes with its head, before anybody notes that it began.
            if phase != .body { standing.bodyBytes = 0 }
        }
    }

    /// A part of the body has arrived.
    func received(bodyBytes: Int, at now: NIODeadline) {
        standing.withLock { standing in
            standing.bodyBytes += bodyBytes
            standing.lastSeen = now
        }
    }

    /// A request was authentic.
    func prove() { standing.withLock { $0.hasProved = true } }

    /// From now on what it uses is counted for another client.
    ///
    /// - Parameters:
    ///   - usage: The client's.
    ///   - isProxied: Whether a trusted proxy sends for it.
    func count(for usage: AddressUsage, isProxied: Bool = false) {
        standing.withLock { standing in
            standing.isProxied = isProxied
            guard usage !== standing.usage else { return }
            standing.usage.add(-standing.bytes)
            usage.add(standing.bytes)
            standing.usage = usage
        }
    }

    // MARK: What it uses

    /// Counts bytes before they are allocated; false if there is no room for them, also after those who have
    /// to go have gone.
    func reserve(_ count: Int, for use: Use) -> Bool {
        if add(count, use) { return true }
        budget.makeRoom(for: self, count)
        if add(count, use) { return true }
        standing.withLock { $0.hadToYield = $0.bytes < budget.bytesHeld }
        return false
    }

    /// Gives back a part of what was counted.
    func release(_ count: Int, of use: Use) {
        let freed = standing.withLock { standing -> Int in
            guard !standing.isEvicted else { return 0 }
            standing.change(use, by: -count)
            return count
        }
        budget.subtract(freed)
    }

    /// Gives back what was counted for the request at hand.
    func releaseRequest() {
        let freed = standing.withLock { standing -> Int in
            guard !standing.isEvicted else { return 0 }
            let count = standing.requestBytes
            standing.change(.body, by: -count)
            return count
        }
        budget.subtract(freed)
    }

    /// The connection has to go: what it holds is not counted any more, which is true as soon as its event
    /// loop has heard of it.
    ///
    /// - Returns: The bytes that are free for others; nil if it had to go already, or its request has come
    ///   whole meanwhile, for which it keeps them.
    func evict() -> Int? {
        standing.withLock { standing in
            guard !standing.isEvicted, standing.phase != .working else { return nil }
            let count = standing.bytes
            standing.usage.add(-count)
            standing.requestBytes = 0
            standing.heldBytes = 0
            standing.isEvicted = true
            return count
        }
    }

    /// Adds bytes if there is room for them, and the connection does not have to go.
    private func add(_ count: Int, _ use: Use) -> Bool {
        standing.withLock { standing in
            guard !standing.isEvicted, budget.add(count, for: use, ownBytes: standing.bytes)
            else { return false }
            standing.change(use, by: count)
            return true
        }
    }
}

extension ConnectionAccount.Standing {
    fileprivate mutating func change(_ use: ConnectionAccount.Use, by count: Int) {
        switch use {
        case .held: heldBytes += count
        case .smallBody, .body, .derived, .smallDerived: requestBytes += count
        }
        precondition(requestBytes >= 0 && heldBytes >= 0, "more bytes given back than taken")
        usage.add(count)
    }
}
