import Events
import Outbox
import TestKit
import Testing

@Suite("Accepting deliveries")
struct AcceptTests {
    @Test("A delivery is written with its events and a dispatch for each listener")
    func rowsAreWritten() async throws {
        try await OutboxBench.use { bench in
            let events = [EventFactory.populated(.pullRequest), EventFactory.bare(.unknown)]
            let delivery = EventFactory.delivery(
                "d-1",
                payload: Array("{}".utf8),
                problem: "odd",
                events: events
            )
            let receipt = try await bench.accept(delivery, to: ["one", "two"])
            #expect(receipt == DeliveryReceipt(delivery: 1, events: [1, 2], isDuplicate: false))
            let columns = """
                id, source, provider, delivery_id, event_name, received_at, headers, verified_by, payload, \
                payload_bytes, problem
                """
            #expect(
                try bench.rows("SELECT \(columns) FROM deliveries") == [
                    "1|github|github|d-1|pull_request|1795291200123|{\"user-agent\":\"GitHub-Hookshot/1\"}"
                        + "|hmac-sha256 env:FORGEWIRE_GITHUB_SECRET|7b 7d|2|odd"
                ]
            )
            let eventColumns =
                "id, delivery, ordinal, kind, action, repository, subject, schema, received_at"
            #expect(
                try bench.rows("SELECT \(eventColumns) FROM events ORDER BY id") == [
                    "1|1|0|pull_request|edited|acme/app|pull_request/2|1|1795291200123",
                    "2|1|1|unknown|NULL|NULL|NULL|1|1795291200123",
                ]
            )
            let dispatchColumns =
                "event, listener, state, attempts, next_attempt_at, finished_at, error, reason, source"
            #expect(
                try bench.rows("SELECT \(dispatchColumns) FROM dispatches ORDER BY event, listener") == [
                    "1|one|pending|0|1795291200123|NULL|NULL|NULL|github",
                    "1|two|pending|0|1795291200123|NULL|NULL|NULL|github",
                    "2|one|pending|0|1795291200123|NULL|NULL|NULL|github",
                    "2|two|pending|0|1795291200123|NULL|NULL|NULL|github",
                ]
            )
            #expect(try bench.rows("SELECT * FROM attempts") == [])
        }
    }

    @Test("The stored event is the event JSON with the row's id in front")
    func eventHasItsID() async throws {
        try await OutboxBench.use { bench in
            let event = EventFactory.populated(.checkRun)
            try await bench.accept(EventFactory.delivery("first"))
            let receipt = try await bench.accept(EventFactory.delivery("second", events: [event]))
            let id = try #require(receipt.events.first)
            #expect(id == 2)
            #expect(
                try bench.rows("SELECT event FROM events WHERE id = \(id)")
                    == [EventJSON(event).text(id: id)]
            )
        }
    }

    @Test(
        "The bytes of a body come back exactly",
        arguments: [
            ("empty", []),
            ("every byte", Array(0...255)),
            ("text", Array("{\"é\": \"𝄞\"}\n".utf8)),
            ("larger than a page", [UInt8](repeating: 0xA5, count: 1_000_003)),
        ] as [(String, [UInt8])]
    )
    func bytesComeBack(name: String, payload: [UInt8]) async throws {
        try await OutboxBench.use { bench in
            let receipt = try await bench.accept(EventFactory.delivery(payload: payload))
            let reader = try OutboxReader(path: bench.path)
            #expect(try reader.payload(ofDelivery: receipt.delivery) == payload)
            let details = try reader.details(ofEvent: receipt.events[0])
            #expect(details?.delivery.payloadBytes == payload.count)
        }
    }

    @Test("The same delivery id again gives the same ids, and the first body stays")
    func duplicate() async throws {
        try await OutboxBench.use { bench in
            let first = try await bench.accept(EventFactory.delivery("same", payload: [1]))
            let other = EventFactory.delivery("same", payload: [2], events: [EventFactory.bare(.push)])
            let second = try await bench.accept(other, to: ["two"])
            #expect(second.isDuplicate)
            #expect(second.delivery == first.delivery)
            #expect(second.events == first.events)
            #expect(try bench.rows("SELECT payload FROM deliveries") == ["1"])
            #expect(try bench.rows("SELECT event, listener FROM dispatches") == ["1|one"])
            let third = try await bench.accept(EventFactory.delivery("third"))
            #expect(third.events == [2])
        }
    }

    @Test("Two of the same delivery id in one transaction make one")
    func duplicateInOneBatch() async throws {
        try await OutboxBench.use { bench in
            let results = await bench.acceptTogether([
                (EventFactory.delivery("same", payload: [1]), ["one"]),
                (EventFactory.delivery("same", payload: [2]), ["one"]),
            ])
            let receipts = try results.map { try $0.get() }
            #expect(bench.commitSizes.last == 2)
            #expect(receipts.map(\.isDuplicate) == [false, true])
            #expect(receipts[0].events == receipts[1].events)
            #expect(try bench.rows("SELECT id, payload FROM deliveries") == ["1|1"])
        }
    }

    @Test("Many tasks with the same delivery id make one delivery, and all are told its ids")
    func duplicatesFromManyTasks() async throws {
        try await OutboxBench.use { bench in
            let outbox = bench.outbox
            let receipts = try await withThrowingTaskGroup(of: DeliveryReceipt.self) { group in
                for task in 0..<8 {
                    group.addTask {
                        let delivery = EventFactory.delivery("same", payload: [UInt8(task)])
                        return try await outbox.accept(delivery, to: ["one"]).get()
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(receipts.count(where: { !$0.isDuplicate }) == 1)
            #expect(Set(receipts.map(\.events)) == [[1]])
            #expect(try bench.rows("SELECT count(*) FROM deliveries") == ["1"])
        }
    }

    @Test("The same delivery id from another source is another delivery")
    func sameIDOfAnotherSource() async throws {
        try await OutboxBench.use { bench in
            let first = try await bench.accept(EventFactory.delivery("same", source: "a"))
            let second = try await bench.accept(EventFactory.delivery("same", source: "b"))
            #expect(!second.isDuplicate)
            #expect(second.delivery != first.delivery)
        }
    }

    @Test("Ids are never used again, also after the newest rows are gone and the file was opened anew")
    func idsAreNotReused() async throws {
        try await OutboxBench.use { bench in
            for name in ["a", "b", "c"] { try await bench.accept(EventFactory.delivery(name)) }
            try await bench.execute("DELETE FROM deliveries WHERE id >= 2")
            #expect(try bench.rows("SELECT id FROM events") == ["1"])
            #expect(try bench.rows("SELECT event FROM dispatches") == ["1"])
            let fourth = try await bench.accept(EventFactory.delivery("d"))
            #expect(fourth == DeliveryReceipt(delivery: 4, events: [4], isDuplicate: false))
            try await bench.execute("DELETE FROM deliveries")
            try bench.reopen()
            let fifth = try await bench.accept(EventFactory.delivery("e"))
            #expect(fifth == DeliveryReceipt(delivery: 5, events: [5], isDuplicate: false))
        }
    }

    @Test("A delivery id that was deleted is new again")
    func deletedDeliveryIsNew() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery("same"))
            try await bench.execute("DELETE FROM deliveries")
            let again = try await bench.accept(EventFactory.delivery("same"))
            #expect(!again.isDuplicate)
        }
    }

    @Test("A delivery that no listener takes is stored without dispatches")
    func noListener() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery(), to: [])
            #expect(try bench.rows("SELECT count(*) FROM events") == ["1"])
            #expect(try bench.rows("SELECT count(*) FROM dispatches") == ["0"])
        }
    }
}
