import NIOCore
import Synchronization

/// The open connections: counts them against the limits, has some go when there is no room, and ends all when
/// the server stops.
final class ConnectionRegistry: Sendable {
    /// How many connections beyond the limits may linger until the client has read its refusal, but no more
    /// than an eighth of `connections`; others are cut.
    static let refusedMax = 256

    /// When all places are taken, one of so many is made free at once, so that not every new connection looks
    /// at all others.
    static let placesPerEviction = 128

    /// Whoever makes room for bytes frees one of so many of all at least, so that not every request looks for
    /// somebody.
    static let roomShare = 64

    private let state: Mutex<State>
    private let limits: IngestLimits
    private let eviction: Eviction
    private let refusedMax: Int
    private let onEviction: @Sendable (Eviction.Reason) -> Void

    fileprivate struct Entry {
        let channel: any Channel
        let client: ClientAddress
        let account: ConnectionAccount
    }

    fileprivate struct State {
        var counts = ConnectionCounts()
        var entries: [ObjectIdentifier: Entry] = [:]
        /// Those that were refused or have to go.
        var leaving: [ObjectIdentifier: any Channel] = [:]
        var highestCount = 0
        var isStopping = false
        var waiters: [CheckedContinuation<Void, Never>] = []

        var isDrained: Bool { entries.isEmpty && leaving.isEmpty }
    }

    /// What becomes of a new connection.
    enum Verdict: Hashable {
        /// It is served, and counted until `remove`.
        case served
        /// It is told that there is no room, and kept until `remove`.
        case refused
        /// It is closed without a word.
        case cut
    }

    /// Makes an empty registry.
    ///
    /// - Parameters:
    ///   - limits: How many connections there may be, and what is slow.
    ///   - onEviction: Called for each connection that has to go; must not block.
    init(limits: IngestLimits, onEviction: @escaping @Sendable (Eviction.Reason) -> Void = { _ in }) {
        self.limits = limits
        self.onEviction = onEviction
        eviction = Eviction(bodyMinRate: limits.bodyMinRate)
        refusedMax = min(Self.refusedMax, max(limits.connections / 8, 1))
        state = Mutex(State())
    }

    /// How many connections are served.
    var count: Int { state.withLock { $0.counts.total } }

    /// The most that were served since the last call.
    func takeHighestCount() -> Int {
        state.withLock { state in
            defer { state.highestCount = state.counts.total }
            return state.highestCount
        }
    }

    /// Whether nothing is left of any connection.
    var isEmpty: Bool { state.withLock { $0.counts.isEmpty && $0.isDrained } }

    /// Whether the server stops: what a new connection sends is the last that it sends.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Whether a connection has a place.
    func isServed(_ channel: any Channel) -> Bool {
        state.withLock { $0.entries[ObjectIdentifier(channel)] != nil }
    }

    /// Takes in a new connection.
    ///
    /// - Parameters:
    ///   - channel: The connection.
    ///   - client: Whom it is counted for.
    ///   - isUnbound: Whether `connectionsPerAddress` does not bind it, as trusted proxies and Unix sockets.
    ///   - account: What is known of it.
    ///   - now: The time.
    /// - Returns: What becomes of it.
    func add(
        _ channel: any Channel,
        client: ClientAddress,
        isUnbound: Bool,
        account: ConnectionAccount,
        at now: NIODeadline
    ) -> Verdict {
        let id = ObjectIdentifier(channel)
        let (verdict, victims) = state.withLock { state -> (Verdict, [Leaver]) in
            let victims = makePlace(for: client, isUnbound: isUnbound, in: &state, at: now)
            if let victims {
                state.counts.add(client)
                state.highestCount = max(state.highestCount, state.counts.total)
                state.entries[id] = Entry(channel: channel, client: client, account: account)
                return (.served, victims)
            }
            guard state.leaving.count < refusedMax else { return (.cut, []) }
            state.leaving[id] = channel
            return (.refused, [])
        }
        for victim in victims { victim.leave(onEviction) }
        return verdict
    }

    /// Lets go of a connection.
    func remove(_ channel: any Channel) {
        change { state in
            let id = ObjectIdentifier(channel)
            state.leaving[id] = nil
            guard let entry = state.entries.removeValue(forKey: id) else { return }
            state.counts.remove(entry.client)
        }
    }

    /// Has connections go until so many bytes are free that an account needs, or nobody is left who has to.
    func makeRoom(for account: ConnectionAccount, _ count: Int) {
        let own = account.current
        let victims = state.withLock { state -> [Leaver] in
            let candidates = state.candidates { $0.account !== account }
            let victims = eviction.room(
                of: max(count, limits.inFlightBytes / Self.roomShare),
                in: limits.inFlightBytes,
                among: candidates,
                for: own.usage.address,
                holding: own.usage.bytes + count,
                at: own.lastSeen
            )
            return victims.compactMap { state.evict($0) }
        }
        for victim in victims {
            // Free for others from now on; its event loop lets go of the memory as soon as it hears of it.
            account.budget.subtract(victim.account.evict() ?? 0)
            victim.leave(onEviction)
        }
    }

    /// From now on every connection serves one request more at most.
    ///
    /// - Returns: Those that are served.
    func stop() -> [any Channel] {
        state.withLock { state in
            state.isStopping = true
            return state.entries.values.map(\.channel)
        }
    }

    /// Closes everything that is left.
    func cut() {
        let channels = state.withLock { $0.entries.values.map(\.channel) + Array($0.leaving.values) }
        for channel in channels { channel.close(promise: nil) }
    }

    /// Returns once no connection is left.
    func drained() async {
        await withCheckedContinuation { continuation in
            let isDrained = state.withLock { state in
                if !state.isDrained { state.waiters.append(continuation) }
                return state.isDrained
            }
            if isDrained { continuation.resume() }
        }
    }

    /// Finds a place for a new connection; nil if there is none, else who has to go for it.
    private func makePlace(
        for client: ClientAddress,
        isUnbound: Bool,
        in state: inout State,
        at now: NIODeadline
    ) -> [Leaver]? {
        var leavers: [Leaver] = []
        if !isUnbound, state.counts.count(of: client) >= limits.connectionsPerAddress {
            let own = state.candidates { $0.client == client }
            guard let victim = eviction.idle(1, of: own, at: now).first else { return nil }
            leavers += state.evict(victim).map { [$0] } ?? []
        }
        guard state.counts.total >= limits.connections else { return leavers }
        let victims = victims(for: client, of: state, at: now)
        leavers += victims.compactMap { state.evict($0) }
        return victims.isEmpty ? nil : leavers
    }

    /// Who has to go for a client's new connection when all places are taken; perhaps nobody.
    private func victims(for client: ClientAddress, of state: State, at now: NIODeadline) -> [Eviction.Victim]
    {
        let all = state.candidates { _ in true }
        let places = max(limits.connections / Self.placesPerEviction, 1)
        let idle = eviction.idle(places, of: all, at: now)
        guard idle.isEmpty else { return idle }
        return eviction.share(of: all, for: client, at: now).map { [$0] } ?? []
    }

    /// Changes the state, and wakes who waits for its end; outside the lock, because they may run at once.
    private func change(_ body: (inout State) -> Void) {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            body(&state)
            guard state.isDrained else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}

/// A connection that has to go.
private struct Leaver {
    let channel: any Channel
    let account: ConnectionAccount
    let reason: Eviction.Reason

    /// Tells it; called outside the registry's lock.
    func leave(_ onEviction: (Eviction.Reason) -> Void) {
        onEviction(reason)
        channel.pipeline.fireUserInboundEventTriggered(ConnectionEvent.leave(reason))
    }
}

extension ConnectionRegistry.State {
    /// What is known of those connections that fit.
    fileprivate func candidates(_ fits: (ConnectionRegistry.Entry) -> Bool) -> [Eviction.Candidate] {
        entries.compactMap { id, entry in
            fits(entry) ? Eviction.Candidate(id: id, standing: entry.account.current) : nil
        }
    }

    /// Its place is free from now on.
    fileprivate mutating func evict(_ victim: Eviction.Victim) -> Leaver? {
        guard let entry = entries.removeValue(forKey: victim.id) else { return nil }
        counts.remove(entry.client)
        leaving[victim.id] = entry.channel
        return Leaver(channel: entry.channel, account: entry.account, reason: victim.reason)
    }
}
