import Events
import Ingest
import ListenerKit
import Outbox
import Settings
import Synchronization
import TestKit
import Testing

@testable import Daemon

@Suite("Routing deliveries")
struct DeliveryRouterTests {
    @Test("Each event is dispatched to the listeners that take it")
    func listenersPerEvent() async throws {
        let bench = try RouterBench()
        let events = [EventFactory.populated(.push), EventFactory.populated(.pullRequest)]
        let receipt = try await bench.accept(EventFactory.delivery(events: events)).get()
        #expect(try bench.listeners(ofEvent: receipt.events[0]) == ["everything", "pushes"])
        #expect(try bench.listeners(ofEvent: receipt.events[1]) == ["everything"])
    }

    @Test("Who asks to be told of commits is told of each delivery that is new, with its events")
    func callback() async throws {
        let bench = try RouterBench()
        let comments = [EventFactory.populated(.comment), EventFactory.bare(.comment)]
        _ = try await bench.accept(EventFactory.delivery("1")).get()
        _ = try await bench.accept(EventFactory.delivery("2", events: comments)).get()
        #expect(bench.told.map(\.deliveryId) == ["1", "2"])
        #expect(bench.told.map(\.events.count) == [1, 2])
    }

    @Test("A duplicate gets the first receipt, and nobody is told")
    func duplicate() async throws {
        let bench = try RouterBench()
        let first = try await bench.accept(EventFactory.delivery("1")).get()
        let second = try await bench.accept(EventFactory.delivery("1")).get()
        #expect(!first.isDuplicate)
        #expect(second.isDuplicate)
        #expect(second.delivery == first.delivery)
        #expect(second.events == first.events)
        #expect(bench.told.map(\.deliveryId) == ["1"])
    }

    @Test("Subscriptions that are replaced count from the next delivery on")
    func replacedSubscriptions() async throws {
        let bench = try RouterBench()
        let push = [EventFactory.populated(.push)]
        let before = try await bench.accept(EventFactory.delivery("1", events: push)).get()
        bench.subscriptions.replace(with: [RouterBench.pushes])
        let after = try await bench.accept(EventFactory.delivery("2", events: push)).get()
        #expect(try bench.listeners(ofEvent: before.events[0]) == ["everything", "pushes"])
        #expect(try bench.listeners(ofEvent: after.events[0]) == ["pushes"])
    }

    @Test("A delivery that an outbox cannot commit is unavailable, and nobody is told")
    func unavailable() async throws {
        let bench = try RouterBench()
        bench.outbox.close()
        let result = await bench.accept(EventFactory.delivery())
        #expect(result == .failure(DeliveryUnavailable(reason: "the outbox is closed")))
        // Asked before, and so not on the writer's thread.
        #expect(bench.asked == [EventFactory.delivery().deliveryId])
        #expect(bench.told.isEmpty)
    }
}

/// A router with an outbox of its own.
private final class RouterBench: Sendable {
    static let pushes = Subscription(AnyListener(IdleListener<PushEvent>("pushes")), filter: EventFilter())
    static let everything = Subscription(
        AnyListener(IdleListener<AnyEvent>("everything")),
        filter: EventFilter()
    )

    let outbox: Outbox
    let subscriptions = SubscriptionTable([pushes, everything])

    private let folder: TemporaryFolder
    private let router: DeliveryRouter
    private let list = ToldList()

    init() throws {
        folder = try TemporaryFolder()
        outbox = try Outbox(path: folder.path("outbox.db"), clock: .showing(EventFactory.receivedAt))
        router = DeliveryRouter(outbox: outbox, subscriptions: subscriptions) { [list] delivery in
            list.ask(delivery)
            return { list.add(delivery) }
        }
    }

    deinit { outbox.close() }

    var told: [Delivery] { list.all }

    /// The ids of the deliveries for which it was asked what to call.
    var asked: [String] { list.asked }

    func accept(_ delivery: Delivery) async -> Result<DeliveryReceipt, DeliveryUnavailable> {
        await withCheckedContinuation { continuation in
            router.accept(delivery) { continuation.resume(returning: $0) }
        }
    }

    func listeners(ofEvent id: Int64) throws -> [String] {
        let reader = try OutboxReader(path: outbox.path)
        defer { reader.close() }
        return try #require(try reader.details(ofEvent: id)).dispatches.map(\.listener).sorted()
    }
}

/// Gathers what is told on the writer's thread.
private final class ToldList: Sendable {
    private let list = Mutex<[Delivery]>([])
    private let askedList = Mutex<[String]>([])

    var all: [Delivery] { list.withLock { $0 } }
    var asked: [String] { askedList.withLock { $0 } }

    func ask(_ delivery: Delivery) { askedList.withLock { $0.append(delivery.deliveryId) } }

    func add(_ told: Delivery) { list.withLock { $0.append(told) } }
}
