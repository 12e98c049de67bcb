import NIOCore

/// Who has to go when something is short.
///
/// First those who hold something up and have proved nothing: whose body comes too slowly, or who have been
/// silent longest. Then it is the turn of whoever holds most. Nobody has to go while there is enough, and
/// never one whose request is being read or committed.
struct Eviction: Sendable {
    /// Why a connection has to go.
    enum Reason: String, CaseIterable, Hashable, Sendable {
        /// Its body comes more slowly than `limits.bodyMinRate`.
        case slow
        /// It was silent longest.
        case idle
        /// Its client holds more than the one who needs room.
        case share
    }

    /// A connection that may have to go.
    struct Candidate: Sendable {
        /// Tells it from others.
        let id: ObjectIdentifier
        /// What was known of it a moment ago.
        let standing: ConnectionAccount.Standing

        /// Whose it is: the peer's, or during a request that of whom a trusted proxy names.
        var client: ClientAddress { standing.usage.address }
    }

    /// A connection that has to go.
    struct Victim: Hashable, Sendable {
        let id: ObjectIdentifier
        let reason: Reason
    }

    /// How long a body may come slowly before that counts.
    static let slowAfter = TimeAmount.seconds(5)
    /// A connection that was heard of within this time is not idle.
    static let freshness = TimeAmount.milliseconds(100)
    /// A body of which nothing came for so long makes room for others of its own client.
    static let silentAfter = TimeAmount.seconds(2)
    /// A body that comes slowly for so long makes room for others of its own client.
    static let slowToOwnAfter = TimeAmount.seconds(1)
    /// A connection that has proved authentic rests when no request came for so long.
    static let restedAfter = TimeAmount.seconds(1)

    /// The least bytes a second of a body.
    let bodyMinRate: Int

    /// Who makes place for new connections.
    ///
    /// - Parameters:
    ///   - count: How many may have to go.
    ///   - candidates: All connections.
    ///   - now: The time.
    /// - Returns: Those who have proved nothing and send nothing, or too slowly, the longest first; perhaps
    ///   none.
    func idle(_ count: Int, of candidates: [Candidate], at now: NIODeadline) -> [Victim] {
        candidates.compactMap { candidate in
            idleSince(candidate.standing, at: now).map { (candidate: candidate, since: $0) }
        }
        .filter { now - $0.since >= Self.freshness }
        .sorted { $0.since < $1.since }
        .prefix(count)
        .map { found in
            let isSlow = found.candidate.standing.phase == .body && isSlow(found.candidate.standing, at: now)
            return Victim(id: found.candidate.id, reason: isSlow ? .slow : .idle)
        }
    }

    /// Since when a connection does nothing that counts; nil for one that is spared.
    private func idleSince(_ standing: ConnectionAccount.Standing, at now: NIODeadline) -> NIODeadline? {
        guard !standing.isSpared else { return nil }
        return switch standing.phase {
        case .waiting, .over: standing.since
        case .body: isSlow(standing, at: now) ? standing.since : standing.lastSeen
        case .working: nil
        }
    }

    /// Who makes place for a client's new connection when nobody is idle: who has proved nothing, of the
    /// client that has most connections, the longest silent first.
    ///
    /// Only if there is none, one that has proved authentic goes, of the client that has most, and only if it
    /// rests: its client opens another one for its next request.
    ///
    /// - Parameters:
    ///   - candidates: All connections.
    ///   - client: Whose new connection it is.
    ///   - now: The time.
    /// - Returns: Who has to go; nil if nobody has.
    func share(of candidates: [Candidate], for client: ClientAddress, at now: NIODeadline) -> Victim? {
        let counts = candidates.reduce(into: [ClientAddress: Int]()) { $0[$1.client, default: 0] += 1 }
        let fair = counts[client, default: 0] + 1
        let others = candidates.filter {
            counts[$0.client, default: 0] > fair && $0.standing.phase != .working
        }
        let most = counts.values.max()
        let rested = others.filter {
            counts[$0.client] == most && $0.standing.phase != .body
                && now - $0.standing.since >= Self.restedAfter
        }
        let victim =
            others.filter { !$0.standing.isSpared }.min {
                let (one, other) = (counts[$0.client, default: 0], counts[$1.client, default: 0])
                return one == other ? $0.standing.lastSeen < $1.standing.lastSeen : one > other
            } ?? rested.min { $0.standing.since < $1.standing.since }
        return victim.map { Victim(id: $0.id, reason: .share) }
    }

    /// Who makes room for bytes.
    ///
    /// - Parameters:
    ///   - count: How many bytes are needed.
    ///   - bytesMax: How many there are in all.
    ///   - candidates: All other connections.
    ///   - client: Who needs them.
    ///   - ownBytes: What it would hold with them.
    ///   - now: The time.
    /// - Returns: Who has to go, the worst first; perhaps not enough.
    func room(
        of count: Int,
        in bytesMax: Int,
        among candidates: [Candidate],
        for client: ClientAddress,
        holding ownBytes: Int,
        at now: NIODeadline
    ) -> [Victim] {
        var sending = candidates.filter {
            $0.standing.phase == .body && !$0.standing.isSpared && $0.standing.bytes > 0
        }
        var victims: [Victim] = []
        var free = 0
        for candidate in sending where free < count && isSlow(candidate.standing, at: now) {
            victims.append(Victim(id: candidate.id, reason: .slow))
            free += candidate.standing.bytes
        }
        sending.removeAll { isSlow($0.standing, at: now) }
        // The longest silent first: in the order in which those of one client have to go.
        sending.sort { $0.standing.lastSeen < $1.standing.lastSeen }
        var shares = Shares(
            bytesMax: bytesMax,
            candidates: candidates,
            client: client,
            ownBytes: ownBytes,
            eviction: self
        )
        while free < count, let place = shares.next(of: sending, at: now) {
            let candidate = sending.remove(at: place)
            victims.append(Victim(id: candidate.id, reason: .share))
            free += candidate.standing.bytes
            shares.bytesByClient[candidate.standing.usage.address, default: 0] -= candidate.standing.bytes
        }
        return victims
    }

    /// Whether a body comes more slowly than it may, looked at a while after its begin.
    fileprivate func isSlow(
        _ standing: ConnectionAccount.Standing,
        after grace: TimeAmount = Self.slowAfter,
        at now: NIODeadline
    ) -> Bool {
        let time = now - standing.since
        guard time >= grace else { return false }
        let (seconds, isOver) = (time.nanoseconds / 1_000_000).multipliedReportingOverflow(
            by: Int64(bodyMinRate)
        )
        return isOver || Int64(standing.bodyBytes) * 1000 < seconds
    }
}

/// What each client holds beside what each may hold while memory is short: as much as any other.
private struct Shares {
    let share: Int
    let own: ClientAddress
    let eviction: Eviction
    var bytesByClient: [ClientAddress: Int] = [:]

    init(
        bytesMax: Int,
        candidates: [Eviction.Candidate],
        client: ClientAddress,
        ownBytes: Int,
        eviction: Eviction
    ) {
        self.eviction = eviction
        own = client
        for candidate in candidates where candidate.standing.bytes > 0 {
            bytesByClient[candidate.standing.usage.address] = candidate.standing.usage.bytes
        }
        bytesByClient[own] = ownBytes
        // As if there were one client more: so that the next one finds others beyond their share.
        share = (bytesMax - bytesMax / InFlightBudget.smallBodyShare) / (bytesByClient.count + 1)
    }

    /// The place of the next one who has to go: of the client that holds most, if that is more than its share
    /// and who needs room does not have its own yet; else of the same client, if it is silent or slow.
    func next(of sending: [Eviction.Candidate], at now: NIODeadline) -> Int? {
        if bytesByClient[own, default: 0] <= share {
            let others = bytesByClient.filter { $0.key != own && $0.value > share }
            // Those of a client whose requests are all being read or committed are spared.
            for (client, _) in others.sorted(by: { $0.value > $1.value }) {
                if let place = sending.firstIndex(where: { $0.standing.usage.address == client }) {
                    return place
                }
            }
        }
        return sending.firstIndex { candidate in
            candidate.standing.usage.address == own
                && (now - candidate.standing.lastSeen >= Eviction.silentAfter
                    || eviction.isSlow(candidate.standing, after: Eviction.slowToOwnAfter, at: now))
        }
    }
}
