import NIOCore
import Testing

@testable import Ingest

@Suite("What connections use")
struct ConnectionAccountTests {
    private let budget = InFlightBudget(bytesMax: 800)

    private func account(_ address: String = "192.0.2.1") -> ConnectionAccount {
        ConnectionAccount(budget: budget, usage: AddressUsage(ClientAddress(peer: address)))
    }

    @Test("Room is given whole or not at all, and everything can be given back")
    func allOrNothing() {
        let (first, second) = (account(), account())
        #expect(first.reserve(600, for: .body))
        #expect(!second.reserve(201, for: .smallBody))
        #expect(second.reserve(200, for: .smallBody))
        #expect(budget.bytesHeld == 800)
        first.releaseRequest()
        second.release(200, of: .smallBody)
        #expect(budget.bytesHeld == 0)
        #expect(budget.takeHighest() >= 800)
        #expect(budget.takeHighest() == 0)
    }

    @Test("An eighth is kept for small bodies, unless somebody is alone")
    func keptForSmallBodies() {
        let (large, other, small) = (account(), account(), account())
        #expect(large.reserve(700, for: .body))
        #expect(!other.reserve(1, for: .body))
        #expect(small.reserve(50, for: .smallBody))
        #expect(!small.reserve(50, for: .derived))
        #expect(small.reserve(50, for: .smallDerived))
        small.releaseRequest()
        large.releaseRequest()
        #expect(large.reserve(800, for: .body))
        #expect(!large.reserve(1, for: .body))
    }

    @Test("What is made of the only small delivery always has room, so that it gets through")
    func derivedAlone() {
        let (alone, other) = (account(), account())
        #expect(alone.reserve(800, for: .body))
        #expect(alone.reserve(4000, for: .smallDerived))
        alone.release(3000, of: .smallDerived)
        #expect(budget.bytesHeld == 1800)
        #expect(!other.reserve(1, for: .smallBody))
        alone.releaseRequest()
        #expect(other.reserve(100, for: .smallBody))
        #expect(!alone.reserve(701, for: .derived))
        #expect(budget.bytesHeld == 100)
    }

    @Test("Who has to go gets nothing more, and what it gives back later is not counted twice")
    func evicted() {
        let account = account()
        #expect(account.reserve(300, for: .body))
        #expect(account.reserve(20, for: .held))
        #expect(account.evict() == 320)
        budget.subtract(320)
        #expect(account.evict() == nil)
        #expect(!account.reserve(1, for: .body))
        account.release(20, of: .held)
        account.releaseRequest()
        #expect(budget.bytesHeld == 0)
        #expect(account.current.usage.bytes == 0)
    }

    @Test("What a connection uses is counted for the client of its request")
    func otherClient() {
        let (peer, client) = (AddressUsage(.local), AddressUsage(ClientAddress(peer: "192.0.2.9")))
        let account = ConnectionAccount(budget: budget, usage: peer)
        #expect(account.reserve(10, for: .held))
        account.count(for: client)
        #expect(account.reserve(100, for: .body))
        #expect(peer.bytes == 0)
        #expect(client.bytes == 110)
        account.count(for: peer)
        #expect(client.bytes == 0)
        #expect(peer.bytes == 110)
    }

    @Test("The first part of a body counts for its rate, and the next body begins anew")
    func rate() {
        let account = account()
        let now = NIODeadline.uptimeNanoseconds(0) + .seconds(1)
        account.received(bodyBytes: 500, at: now)
        account.enter(.body, at: now)
        account.received(bodyBytes: 100, at: now + .seconds(2))
        #expect(account.current.bodyBytes == 600)
        #expect(account.current.since == now)
        #expect(account.current.lastSeen == now + .seconds(2))
        account.enter(.working, at: now + .seconds(3))
        #expect(account.current.bodyBytes == 0)
    }

    @Test("Who is about to be read keeps what it holds, as its bytes are in use")
    func working() {
        let account = account()
        #expect(account.reserve(300, for: .body))
        account.enter(.working, at: .uptimeNanoseconds(1))
        #expect(account.evict() == nil)
        #expect(account.reserve(1, for: .smallDerived))
        #expect(budget.bytesHeld == 301)
    }

    @Test("What is read for nothing is paced by its bytes, and who rested does not make up for it")
    func pace() {
        let pace = ReadPace()
        let now = NIODeadline.uptimeNanoseconds(0) + .seconds(5)
        let sixteenth = ReadPace.bytesPerSecond / 16
        #expect(pace.delay(afterReading: sixteenth, at: now) == .zero)
        #expect(pace.delay(afterReading: sixteenth, at: now) == .microseconds(62_500))
        // A byte costs next to nothing, however often one comes.
        for _ in 0..<1000 { _ = pace.delay(afterReading: 1, at: now + .seconds(9)) }
        #expect(pace.delay(afterReading: sixteenth, at: now + .seconds(9)) < .milliseconds(1))
    }

    @Test("No connection is read more slowly than at the least pace, whatever others of its client send")
    func leastPace() {
        let pace = ReadPace()
        let now = NIODeadline.uptimeNanoseconds(0) + .seconds(5)
        for _ in 0..<1000 { _ = pace.delay(afterReading: 1 << 20, at: now) }
        let count = ReadPace.connectionBytesPerSecond / 16
        #expect(pace.delay(afterReading: count, at: now) == .microseconds(62_500))
        #expect(pace.delay(afterReading: ReadPace.bytesPerSecond, at: now) == ReadPace.longestDebt)
    }

    @Test("Usages exist as long as somebody uses them, and the same client has the same one")
    func usages() {
        let usages = AddressUsages()
        let first = usages.take(.local)
        let second = usages.take(.local)
        #expect(first === second)
        usages.giveBack(first)
        #expect(usages.take(.local) === second)
        usages.giveBack(second)
        usages.giveBack(second)
        #expect(usages.isEmpty)
    }
}
