import NIOCore
import NIOEmbedded
import Testing

@testable import Ingest

@Suite("Who has to go when something is short")
struct EvictionTests {
    private final class Marker {}

    private let eviction = Eviction(bodyMinRate: 1000)
    private let now = NIODeadline.uptimeNanoseconds(0) + .seconds(100)

    /// Keeps the objects alive whose identities are compared.
    private var markers: [Marker] = (0..<10).map { _ in Marker() }
    private let usages = (0..<10).map { AddressUsage(ClientAddress(peer: "192.0.2.\($0)")) }

    private func candidate(
        _ index: Int,
        client: Int = 0,
        _ phase: ConnectionAccount.Phase,
        since seconds: Int64,
        silent: Int64 = 0,
        bodyBytes: Int = 0,
        bytes: Int = 0,
        hasProved: Bool = false,
        isProxied: Bool = false
    ) -> Eviction.Candidate {
        var standing = ConnectionAccount.Standing(
            since: now - .seconds(seconds),
            lastSeen: now - .seconds(silent),
            usage: usages[client]
        )
        standing.phase = phase
        standing.bodyBytes = bodyBytes
        standing.requestBytes = bytes
        standing.hasProved = hasProved
        standing.isProxied = isProxied
        usages[client].add(bytes)
        return Eviction.Candidate(id: ObjectIdentifier(markers[index]), standing: standing)
    }

    private func index(_ victim: Eviction.Victim) -> Int? {
        markers.firstIndex { ObjectIdentifier($0) == victim.id }
    }

    @Test("Places are made free by who was idle longest and has proved nothing")
    func idlePlaces() {
        let candidates = [
            candidate(0, .waiting, since: 10), candidate(1, .waiting, since: 30),
            candidate(2, .waiting, since: 60, hasProved: true), candidate(3, .working, since: 50),
            candidate(4, .over, since: 20), candidate(5, .waiting, since: 0),
        ]
        #expect(eviction.idle(2, of: candidates, at: now).map(index) == [1, 4])
        #expect(eviction.idle(9, of: candidates, at: now).map(index) == [1, 4, 0])
    }

    @Test("A body below the least rate holds a place up after five seconds, one above it never does")
    func slowBodies() {
        let candidates = [
            candidate(0, .body, since: 6, bodyBytes: 5999), candidate(1, .body, since: 6, bodyBytes: 6000),
            candidate(2, .body, since: 4, bodyBytes: 0),
        ]
        let victims = eviction.idle(9, of: candidates, at: now)
        #expect(victims.map(index) == [0])
        #expect(victims.first?.reason == .slow)
    }

    @Test("A body of which nothing comes is idle, so that a new connection is never the first to go")
    func silentBodies() {
        let candidates = [
            candidate(0, .waiting, since: 1), candidate(1, .body, since: 4, silent: 3),
            candidate(2, .body, since: 4, silent: 0), candidate(3, .body, since: 4, silent: 2),
        ]
        #expect(eviction.idle(9, of: candidates, at: now).map(index) == [1, 3, 0])
    }

    @Test("Room is made first by slow bodies, whoever sends them, and no more of them than needed")
    func slowFirst() {
        let candidates = [
            candidate(0, client: 1, .body, since: 20, bodyBytes: 500, bytes: 500),
            candidate(1, client: 2, .body, since: 30, bodyBytes: 400, bytes: 400),
            candidate(2, client: 3, .body, since: 1, bodyBytes: 5000, bytes: 5000),
        ]
        #expect(victims(of: 400, in: 6000, among: candidates).map(index) == [0])
        let more = victims(of: 901, in: 6000, among: candidates)
        #expect(more.map(index) == [0, 1, 2])
        #expect(more.map(\.reason) == [.slow, .slow, .share])
    }

    @Test("Then by clients beyond their share, the most and the longest silent first, down to the share")
    func share() {
        let candidates = [
            candidate(0, client: 1, .body, since: 2, silent: 0, bytes: 300),
            candidate(1, client: 1, .body, since: 2, silent: 2, bytes: 300),
            candidate(2, client: 2, .body, since: 2, silent: 2, bytes: 100),
            candidate(3, client: 3, .working, since: 2, bytes: 500),
        ]
        usages[0].add(200)
        // An eighth is kept, and the rest divided as if there were one client more: 325 for each of four.
        #expect(room(of: 250, in: 1860, among: candidates) == [1])
        #expect(room(of: 900, in: 1860, among: candidates) == [1])
        // Here it is 200.
        #expect(room(of: 900, in: 1144, among: candidates) == [1, 0])
    }

    @Test("Who has its share is refused, unless others of it are silent")
    func ownShare() {
        let active = [candidate(0, client: 1, .body, since: 2, bytes: 900)]
        usages[0].add(600)
        #expect(room(of: 10, in: 1000, among: active).isEmpty)
        let silent = active + [candidate(1, client: 0, .body, since: 2, silent: 2, bytes: 50)]
        #expect(room(of: 10, in: 1000, among: silent) == [1])
        #expect(room(of: 10, in: 2000, among: active).isEmpty)
        #expect(room(of: 10, in: 2743, among: active) == [0])
    }

    private func room(of count: Int, in bytesMax: Int, among candidates: [Eviction.Candidate]) -> [Int?] {
        victims(of: count, in: bytesMax, among: candidates).map(index)
    }

    /// Who makes room for the first client, which holds what is counted for it.
    private func victims(
        of count: Int,
        in bytesMax: Int,
        among candidates: [Eviction.Candidate]
    ) -> [Eviction.Victim] {
        eviction.room(
            of: count,
            in: bytesMax,
            among: candidates,
            for: usages[0].address,
            holding: usages[0].bytes,
            at: now
        )
    }

    @Test("A body that a proxy sends for a stranger makes room, whoever proved authentic on that connection")
    func proxied() {
        let candidates = [
            candidate(0, client: 1, .body, since: 20, bytes: 500, hasProved: true, isProxied: true),
            candidate(1, client: 2, .waiting, since: 20, hasProved: true, isProxied: true),
        ]
        #expect(room(of: 10, in: 100, among: candidates) == [0])
        #expect(eviction.idle(9, of: candidates, at: now).map(index) == [0])
    }

    @Test("A trickle makes room for its own client after a second, however often a byte comes")
    func trickle() {
        usages[0].add(900)
        let young = [candidate(0, client: 0, .body, since: 0, bodyBytes: 1, bytes: 50)]
        #expect(room(of: 10, in: 1000, among: young).isEmpty)
        let trickle = [candidate(1, client: 0, .body, since: 1, bodyBytes: 2, bytes: 50)]
        #expect(room(of: 10, in: 1000, among: trickle) == [1])
    }

    @Test("When nobody is idle, who has proved nothing goes first, then who rests of the client with most")
    func places() {
        let proved = (0..<3).map {
            candidate($0, client: 1, .waiting, since: Int64($0) * 10, hasProved: true)
        }
        let fresh = [candidate(3, client: 2, .body, since: 0), candidate(4, client: 2, .waiting, since: 0)]
        let newcomer = usages[3].address
        #expect(eviction.share(of: proved + fresh, for: newcomer, at: now).flatMap(index) == 3)
        // The one that rests longest; the first had a request just now.
        #expect(eviction.share(of: proved, for: newcomer, at: now).flatMap(index) == 2)
        #expect(eviction.share(of: Array(proved.prefix(1)), for: newcomer, at: now) == nil)
        #expect(eviction.share(of: proved + fresh, for: usages[1].address, at: now) == nil)
    }

    @Test("Places are taken from who has most of them, not from another client that was silent for longer")
    func placesOfMost() {
        let strangers = (0..<4).map { candidate($0, client: 1, .body, since: 1, silent: 0) }
        let forge = (4..<6).map { candidate($0, client: 2, .body, since: 1, silent: 1) }
        let victim = eviction.share(of: forge + strangers, for: usages[3].address, at: now)
        #expect(victim.flatMap(index) == 0)
    }

    @Test("Behind a proxy, places are counted for whom it names, so that one client cannot take all of them")
    func placesBehindProxy() {
        // The proxy is the newcomer's peer, too, and client 1 is whom it names in most requests.
        let proxy = usages[0].address
        let requests = (0..<4).map {
            candidate($0, client: 1, .body, since: 1, hasProved: true, isProxied: true)
        }
        let resting = [candidate(4, client: 0, .waiting, since: 1, hasProved: true)]
        #expect(eviction.share(of: requests + resting, for: proxy, at: now).flatMap(index) == 0)
    }

    @Test("Nobody who has proved authentic, or whose request is read, makes room")
    func spared() {
        let candidates = [
            candidate(0, client: 1, .body, since: 20, bytes: 500, hasProved: true),
            candidate(1, client: 1, .working, since: 20, bytes: 500),
        ]
        #expect(room(of: 10, in: 100, among: candidates).isEmpty)
    }
}

@Suite("Places for connections")
struct ConnectionRegistryTests {
    private let now = NIODeadline.uptimeNanoseconds(0) + .seconds(100)

    private final class Subject {
        let registry: ConnectionRegistry
        let budget = InFlightBudget(bytesMax: 1000)
        var channels: [EmbeddedChannel] = []

        init(connections: Int, perAddress: Int) {
            var limits = IngestLimits()
            limits.connections = connections
            limits.connectionsPerAddress = perAddress
            registry = ConnectionRegistry(limits: limits)
        }

        /// Opens a connection some seconds ago; gives its verdict.
        @discardableResult
        func open(
            _ address: String,
            at time: NIODeadline,
            hasProved: Bool = false,
            isUnbound: Bool = false
        ) -> ConnectionRegistry.Verdict {
            let channel = EmbeddedChannel()
            channels.append(channel)
            let client = ClientAddress(peer: address)
            let account = ConnectionAccount(budget: budget, usage: AddressUsage(client), now: time)
            if hasProved { account.prove() }
            return registry.add(channel, client: client, isUnbound: isUnbound, account: account, at: time)
        }
    }

    @Test("Idle strangers of two addresses lock nobody out, neither others nor their own address")
    func idleStrangers() {
        let subject = Subject(connections: 4, perAddress: 2)
        for address in ["192.0.2.1", "192.0.2.2", "192.0.2.1", "192.0.2.2"] {
            #expect(subject.open(address, at: now - .seconds(20)) == .served)
        }
        #expect(subject.open("192.0.2.1", at: now) == .served)
        #expect(subject.open("192.0.2.9", at: now) == .served)
        #expect(subject.registry.count == 4)
    }

    @Test("Whoever has most is refused, and one of its resting connections makes place for others")
    func most() {
        let subject = Subject(connections: 3, perAddress: 9)
        for _ in 0..<3 { subject.open("192.0.2.1", at: now - .seconds(20), hasProved: true) }
        #expect(subject.open("192.0.2.1", at: now) == .refused)
        #expect(subject.open("192.0.2.2", at: now) == .served)
        #expect(subject.registry.count == 3)
    }

    @Test("No connection that proved authentic goes while one of a stranger's is there")
    func provedStay() {
        let subject = Subject(connections: 4, perAddress: 9)
        for _ in 0..<2 { subject.open("192.0.2.1", at: now - .seconds(20), hasProved: true) }
        for _ in 0..<2 { subject.open("192.0.2.2", at: now) }
        #expect(subject.open("192.0.2.3", at: now) == .served)
        let (proved, strangers) = (subject.channels.prefix(2), subject.channels[2..<4])
        for channel in proved { #expect(subject.registry.isServed(channel)) }
        #expect(strangers.count { subject.registry.isServed($0) } == 1)
    }

    @Test("A limit of one address does not bind a trusted proxy")
    func proxy() {
        let subject = Subject(connections: 9, perAddress: 1)
        #expect(subject.open("192.0.2.1", at: now, isUnbound: true) == .served)
        #expect(subject.open("192.0.2.1", at: now, isUnbound: true) == .served)
        #expect(subject.open("192.0.2.2", at: now) == .served)
        #expect(subject.open("192.0.2.2", at: now) == .refused)
    }

    @Test("Addresses of one IPv6 network are one client")
    func networks() {
        let subject = Subject(connections: 9, perAddress: 1)
        #expect(subject.open("2001:db8::1", at: now) == .served)
        #expect(subject.open("2001:db8::ffff:1", at: now) == .refused)
        #expect(subject.open("2001:db8:0:1::1", at: now) == .served)
    }

    @Test("What leaves is waited for, and forgotten")
    func drained() async {
        let subject = Subject(connections: 1, perAddress: 1)
        subject.open("192.0.2.1", at: now - .seconds(20))
        subject.open("192.0.2.2", at: now)
        #expect(subject.registry.takeHighestCount() == 1)
        for channel in subject.channels {
            #expect(!subject.registry.isEmpty)
            subject.registry.remove(channel)
        }
        await subject.registry.drained()
        #expect(subject.registry.isEmpty)
        #expect(subject.registry.takeHighestCount() == 1)
        #expect(subject.registry.takeHighestCount() == 0)
    }
}
