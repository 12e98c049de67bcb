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
    /// A connection that was heard of within this time is not idle, and no worse than one that needs room.
    static let freshness = TimeAmount.milliseconds(100)

    /// The least bytes a second of a body.
    let bodyMinRate: Int

    /// Who makes place for new connections.
    ///
    /// - Parameters:
    ///   - count: How many may have to go.
    ///   - candidates: All connections.
    ///   - now: The time.
    /// - Returns: Those who have proved nothing and hold something up, the worst first; perhaps none.
    func idle(_ count: Int, of candidates: [Candidate], at now: NIODeadline) -> [Victim] {
        candidates.filter { isHoldingUp($0.standing, at: now) }
            .sorted { $0.standing.since < $1.standing.since }
            .prefix(count)
            .map { Victim(id: $0.id, reason: $0.standing.phase == .body ? .slow : .idle) }
    }

    /// Who of a client that has most connections makes place for another's.
    ///
    /// - Returns: A connection of that client whose body came least, else one that rests; nil if none of its
    ///   connections may go.
    func share(of candidates: [Candidate]) -> Victim? {
        let resting = candidates.filter { $0.standing.phase == .waiting || $0.standing.phase == .over }
        let victim = longestSilent(of: candidates) ?? resting.min { $0.standing.since < $1.standing.since }
        return victim.map { Victim(id: $0.id, reason: .share) }
    }

    /// Who of a client makes place for another connection of the same client.
    ///
    /// - Returns: One that has proved nothing and is silent within its body; nil if there is none.
    func silent(of candidates: [Candidate], at now: NIODeadline) -> Victim? {
        longestSilent(of: candidates)
            .flatMap { now - $0.standing.lastSeen >= Self.freshness ? $0 : nil }
            .map { Victim(id: $0.id, reason: .share) }
    }

    private func longestSilent(of candidates: [Candidate]) -> Candidate? {
        candidates.filter { !$0.standing.hasProved && $0.standing.phase == .body }
            .min { $0.standing.lastSeen < $1.standing.lastSeen }
    }

    /// Who makes room for bytes.
    ///
    /// - Parameters:
    ///   - count: How many bytes are needed.
    ///   - candidates: All other connections.
    ///   - usage: The client who needs them.
    ///   - now: The time.
    /// - Returns: Who has to go, the worst first; perhaps not enough.
    func room(
        of count: Int,
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
        var bytesByClient: [ClientAddress: Int] = [:]
        for candidate in sending {
            bytesByClient[candidate.standing.usage.address] = candidate.standing.usage.bytes
        }
        while free < count, let victim = next(sending, bytesByClient, usage, now) {
            let candidate = sending.remove(at: victim)
            victims.append(Victim(id: candidate.id, reason: .share))
            free += candidate.standing.bytes
            bytesByClient[candidate.standing.usage.address, default: 0] -= candidate.standing.bytes
        }
        return victims
    }

    /// The place of the next one who has to go: of the client that holds most, if that is more than who needs
    /// room holds, else of the same client, if it is silent.
    private func next(
        _ sending: [Candidate],
        _ bytesByClient: [ClientAddress: Int],
        _ usage: AddressUsage,
        _ now: NIODeadline
    ) -> Int? {
        let own = bytesByClient[usage.address] ?? usage.bytes
        let others = bytesByClient.filter { $0.key != usage.address && $0.value > own }
        if let most = others.max(by: { $0.value < $1.value })?.key,
            let index = sending.firstIndex(where: { $0.standing.usage.address == most })
        {
            return index
        }
        return sending.firstIndex {
            $0.standing.usage.address == usage.address && now - $0.standing.lastSeen >= Self.freshness
        }
    }

    private func isHoldingUp(_ standing: ConnectionAccount.Standing, at now: NIODeadline) -> Bool {
        guard !standing.hasProved, now - standing.since >= Self.freshness else { return false }
        return switch standing.phase {
        case .waiting, .over: true
        case .body: isSlow(standing, at: now)
        case .working: false
        }
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
