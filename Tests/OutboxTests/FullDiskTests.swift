import Events
import TestKit
import Testing

@testable import Outbox

/// `PRAGMA max_page_count` makes SQLite say what it says on a full disk.
@Suite("An outbox that cannot commit")
struct FullDiskTests {
    private let large = EventFactory.noise(1 << 20)

    @Test("All that shared the transaction is refused, and later commits work")
    func wholeBatchIsRefused() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery("before"))
            try await fill(bench)
            let results = await bench.acceptTogether([
                (EventFactory.delivery("small"), ["one"]),
                (EventFactory.delivery("large", payload: large), ["one"]),
            ])
            #expect(results.map(\.code) == [.unavailable, .unavailable])
            #expect(!bench.outbox.isHealthy)
            #expect(try bench.rows("SELECT delivery_id FROM deliveries") == ["before"])
            try await empty(bench)
            try await bench.outbox.probe()
            #expect(bench.outbox.isHealthy)
            let after = try await bench.accept(EventFactory.delivery("small"))
            #expect(!after.isDuplicate)
            #expect(after.events == [2])
            #expect(try bench.rows("SELECT event ->> 'id' FROM events ORDER BY id") == ["1", "2"])
        }
    }

    @Test("A duplicate of what was refused is new, as nothing of it was kept")
    func refusedIsNotKept() async throws {
        try await OutboxBench.use { bench in
            try await fill(bench)
            let delivery = EventFactory.delivery("large", payload: large)
            #expect(await bench.outbox.accept(delivery, to: ["one"]).code == .unavailable)
            try await empty(bench)
            let receipt = try await bench.accept(delivery)
            #expect(receipt == DeliveryReceipt(delivery: 1, events: [1], isDuplicate: false))
        }
    }

    @Test("A probe finds out that commits work again")
    func probe() async throws {
        try await OutboxBench.use { bench in
            try await fill(bench)
            #expect(
                await bench.outbox.accept(EventFactory.delivery(payload: large), to: []).code == .unavailable
            )
            #expect(!bench.outbox.isHealthy)
            // What is not synced says nothing of the disk.
            _ = try await bench.claim(listener: "one", limit: 1, at: OutboxBench.now)
            #expect(!bench.outbox.isHealthy)
            try await empty(bench)
            try await bench.outbox.probe()
            #expect(bench.outbox.isHealthy)
            #expect(
                try bench.rows("SELECT value FROM outbox WHERE key = 'probed_at'") == [
                    "2026-11-21T20:00:00.123Z"
                ]
            )
        }
    }

    @Test("Where the largest delivery finds no room, neither a probe nor a small delivery makes it ready")
    func probeIsAsLarge() async throws {
        try await OutboxBench.use { bench in
            try await fill(bench)
            let refused = EventFactory.delivery("large", payload: large)
            #expect(await bench.outbox.accept(refused, to: ["one"]).code == .unavailable)
            try await bench.accept(EventFactory.delivery("small"))
            await #expect(throws: OutboxError.self) { try await bench.outbox.probe() }
            #expect(!bench.outbox.isHealthy)
            try await empty(bench)
            try await bench.outbox.probe()
            #expect(bench.outbox.isHealthy)
        }
    }

    @Test("What a probe has written is removed, and its pages serve the next one and deliveries")
    func probeLeavesNothing() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery("large", payload: large))
            try await bench.outbox.probe()
            let pages = try await bench.writerRows("PRAGMA page_count")
            let freePages = try #require(Int(try await bench.writerRows("PRAGMA freelist_count")[0]))
            #expect(freePages >= (1 << 20) / Schema.pageSizeBytes)
            for _ in 0..<3 { try await bench.outbox.probe() }
            #expect(try await bench.writerRows("PRAGMA page_count") == pages)
            let keys = try bench.rows("SELECT key FROM outbox ORDER BY key")
            #expect(keys == ["id", "plain_ids_until", "probed_at"])
        }
    }

    @Test("The first failure and the first success after it are told, and no more")
    func reports() async throws {
        try await OutboxBench.use { bench in
            try await fill(bench)
            for _ in 0..<3 { _ = await bench.outbox.accept(EventFactory.delivery(payload: large), to: []) }
            #expect(bench.healthReports == [.unavailable])
            try await empty(bench)
            for _ in 0..<2 { try await bench.outbox.probe() }
            #expect(bench.healthReports == [.unavailable, nil])
        }
    }

    @Test("The error says what is wrong, and nothing of the payload")
    func message() async throws {
        try await OutboxBench.use { bench in
            try await fill(bench)
            let secret = Array("hunter2 ".utf8) + EventFactory.noise(800_000)
            let delivery = EventFactory.delivery(payload: secret)
            guard case .failure(let error) = await bench.outbox.accept(delivery, to: []) else {
                Issue.record("accepted on a full disk")
                return
            }
            #expect(error.message.contains("full"))
            #expect(!error.message.contains("hunter2"))
        }
    }

    private func fill(_ bench: OutboxBench) async throws {
        // A few pages are left, so that a small transaction still finds room.
        let pages = try #require(Int(try await bench.writerRows("PRAGMA page_count")[0]))
        _ = try await bench.writerRows("PRAGMA max_page_count = \(pages + 4)")
    }

    private func empty(_ bench: OutboxBench) async throws {
        _ = try await bench.writerRows("PRAGMA max_page_count = 1000000")
    }
}
