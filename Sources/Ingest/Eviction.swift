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
        /// Whom it is connected for.
        let client: ClientAddress
        /// What was known of it a moment ago.
        let standing: ConnectionAccount.Standing
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
        guard !standing.hasProved else { return nil }
        return switch standing.phase {
        case .waiting, .over: standing.since
        case .body: isSlow(standing, at: now) ? standing.since : standing.lastSeen
        case .working: nil
        }
    }

    /// Who of a client that has most connections makes place for another's.
    ///
    /// - Returns: A connection of that client whose body came least, else one that rests; nil if none of its
    ///   connections may go.
    func share(of candidates: [Candidate]) -> Victim? {
        let sending = candidates.filter { !$0.standing.hasProved && $0.standing.phase == .body }
        let resting = candidates.filter { $0.standing.phase == .waiting || $0.standing.phase == .over }
        let victim =
            sending.min { $0.standing.lastSeen < $1.standing.lastSeen }
            ?? resting.min { $0.standing.since < $1.standing.since }
        return victim.map { Victim(id: $0.id, reason: .share) }
    }

    /// Who makes room for bytes.
    ///
    /// - Parameters:
    ///   - count: How many bytes are needed.
    ///   - bytesMax: How many there are in all.
    ///   - candidates: All other connections.
    ///   - usage: The client who needs them; they are counted for it already.
    ///   - now: The time.
    /// - Returns: Who has to go, the worst first; perhaps not enough.
    func room(
        of count: Int,
        in bytesMax: Int,
        among candidates: [Candidate],
        for usage: AddressUsage,
        at now: NIODeadline
    ) -> [Victim] {
        var sending = candidates.filter {
            $0.standing.phase == .body && !$0.standing.hasProved && $0.standing.bytes > 0
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
        var shares = Shares(bytesMax: bytesMax, candidates: candidates, usage: usage)
        while free < count, let place = shares.next(of: sending, at: now) {
            let candidate = sending.remove(at: place)
            victims.append(Victim(id: candidate.id, reason: .share))
            free += candidate.standing.bytes
            shares.bytesByClient[candidate.standing.usage.address, default: 0] -= candidate.standing.bytes
        }
        return victims
    }

    private func isSlow(_ standing: ConnectionAccount.Standing, at now: NIODeadline) -> Bool {
        let time = now - standing.since
        guard time >= Self.slowAfter else { return false }
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
    var bytesByClient: [ClientAddress: Int] = [:]

    init(bytesMax: Int, candidates: [Eviction.Candidate], usage: AddressUsage) {
        own = usage.address
        for candidate in candidates where candidate.standing.bytes > 0 {
            bytesByClient[candidate.standing.usage.address] = candidate.standing.usage.bytes
        }
        bytesByClient[own] = usage.bytes
        // As if there were one client more: so that the next one finds others beyond their share.
        share = (bytesMax - bytesMax / InFlightBudget.smallBodyShare) / (bytesByClient.count + 1)
    }

    /// The place of the next one who has to go: of the client that holds most, if that is more than its share
    /// and who needs room does not have its own yet; else of the same client, if it is silent.
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
        return sending.firstIndex {
            $0.standing.usage.address == own && now - $0.standing.lastSeen >= Eviction.silentAfter
        }
    }
}
