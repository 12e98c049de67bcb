import Events
import TestKit
import Testing

@testable import Outbox

@Suite("Reading an outbox")
struct ReaderTests {
    @Test("A reader sees what a running writer has committed, and reads on after it has closed")
    func besidesAWriter() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery("a"))
            let reader = try OutboxReader(path: bench.path)
            #expect(try reader.events(EventQuery(limit: 10)).map(\.id) == [1])
            try await bench.accept(EventFactory.delivery("b"))
            #expect(try reader.events(EventQuery(limit: 10)).map(\.id) == [2, 1])
            bench.outbox.close()
            #expect(try reader.events(EventQuery(limit: 10)).map(\.id) == [2, 1])
            let late = try OutboxReader(path: bench.path)
            #expect(try late.events(EventQuery(limit: 10)).map(\.id) == [2, 1])
        }
    }

    @Test("A reader that stays open does not keep the next writer out")
    func openReader() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery("a"))
            let reader = try OutboxReader(path: bench.path)
            _ = try reader.listeners()
            try bench.reopen()
            try await bench.accept(EventFactory.delivery("b"))
            #expect(try reader.events(EventQuery(limit: 10)).map(\.id) == [2, 1])
        }
    }

    @Test("Where there is no outbox, the reader says what to do, and makes no file")
    func missingFile() throws {
        let folder = try TemporaryFolder()
        let error = try #require(throws: OutboxError.self) {
            try OutboxReader(path: folder.path("outbox.db"))
        }
        #expect(error.code == .notFound)
        #expect(error.message.contains("forgewire serve"))
        #expect(throws: OutboxError.self) { try OutboxReader(path: folder.path("outbox.db")) }
    }

    @Test("A reader cannot write")
    func readOnly() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery())
            #expect(throws: (any Error).self) { try bench.rows("DELETE FROM deliveries RETURNING id") }
            #expect(try bench.rows("SELECT count(*) FROM deliveries") == ["1"])
        }
    }

    @Test(
        "Filters narrow the list, each on its own and together",
        arguments: [
            (EventQuery(limit: 10), [4, 3, 2, 1]),
            (EventQuery(limit: 2), [4, 3]),
            (EventQuery(limit: 0), []),
            (EventQuery(source: "a", limit: 10), [2, 1]),
            (EventQuery(kind: "push", limit: 10), [4, 2]),
            (EventQuery(repository: "acme/app", limit: 10), [4, 3, 2]),
            (EventQuery(since: Timestamp(milliseconds: 3000), limit: 10), [4, 3]),
            (EventQuery(source: "b", kind: "push", repository: "acme/app", limit: 10), [4]),
            (EventQuery(source: "c", limit: 10), []),
            (EventQuery(source: "' OR 1 = 1 --", limit: 10), []),
        ] as [(EventQuery, [Int64])]
    )
    func filters(query: EventQuery, ids: [Int64]) async throws {
        try await OutboxBench.use { bench in
            let events = [
                EventFactory.bare(.comment), EventFactory.populated(.push), EventFactory.populated(.unknown),
                EventFactory.populated(.push),
            ]
            for (index, event) in events.enumerated() {
                let delivery = EventFactory.delivery(
                    "d-\(index)",
                    source: index < 2 ? "a" : "b",
                    receivedAt: Timestamp(milliseconds: Int64(index + 1) * 1000),
                    events: [event]
                )
                try await bench.accept(delivery)
            }
            #expect(try OutboxReader(path: bench.path).events(query).map(\.id) == ids)
        }
    }

    @Test("An event is shown with its delivery, dispatches and attempts")
    func details() async throws {
        try await OutboxBench.use { bench in
            let now = OutboxBench.now
            let event = EventFactory.populated(.pullRequest)
            try await bench.accept(
                EventFactory.delivery(problem: "odd", events: [event]),
                to: ["two", "one"]
            )
            let dispatch = try #require(try await bench.claim(limit: 1).dispatches.first)
            try await bench.finish(dispatch, .permanent, .dead(.permanent))
            let reader = try OutboxReader(path: bench.path)
            let details = try #require(try reader.details(ofEvent: 1))
            #expect(details.event.json == EventJSON(event).text(id: 1))
            #expect(details.event.kind == "pull_request" && details.event.action == "edited")
            #expect(details.event.repository == "acme/app" && details.event.subject == "pull_request/2")
            #expect(details.event.source == "github" && details.event.problem == "odd")
            #expect(details.delivery.id == 1 && details.delivery.provider == "github")
            #expect(details.delivery.deliveryID == "72d3162e-cc78-11e3-81ab-4c9367dc0958")
            #expect(details.delivery.eventName == "pull_request" && details.delivery.receivedAt == now)
            #expect(details.delivery.headers == #"{"user-agent":"GitHub-Hookshot/1"}"#)
            #expect(details.delivery.verifiedBy == "hmac-sha256 env:FORGEWIRE_GITHUB_SECRET")
            #expect(details.dispatches.map(\.listener) == ["one", "two"])
            #expect(details.dispatches.map(\.state) == ["dead", "pending"])
            #expect(details.dispatches.map(\.reason) == ["permanent", nil])
            #expect(details.dispatches[0].finishedAt == now.advanced(by: .seconds(1)))
            #expect(details.dispatches[1].finishedAt == nil)
            #expect(details.attempts.map(\.outcome) == ["permanent"])
            #expect(details.attempts[0].durationMilliseconds == 1000)
            #expect(details.attempts[0].error == "why")
            #expect(try reader.details(ofEvent: 2) == nil)
            #expect(try reader.payload(ofDelivery: 2) == nil)
        }
    }

    @Test("Listeners are listed with their backlog, also those that are no longer configured")
    func listeners() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.push, .comment], "two": [.push]])
            try await bench.register(["one": [.push, .comment]])
            for (index, name) in ["a", "b", "c"].enumerated() {
                let time = OutboxBench.now.advanced(by: .seconds(index))
                try await bench.accept(EventFactory.delivery(name, receivedAt: time), to: ["one", "three"])
            }
            let dispatches = try await bench.claim(limit: 2, after: .seconds(5)).dispatches
            try await bench.finish(dispatches[0], .permanent, .dead(.permanent))
            let listeners = try OutboxReader(path: bench.path).listeners()
            #expect(listeners.map(\.name) == ["one", "three", "two"])
            #expect(listeners.map(\.isRegistered) == [true, false, false])
            #expect(listeners.map(\.state) == ["active", "active", "active"])
            #expect(listeners.map(\.kinds) == [["comment", "push"], [], ["push"]])
            #expect(listeners.map(\.pending) == [2, 3, 0])
            #expect(listeners.map(\.dead) == [1, 0, 0])
            // The second event is running, and no less old for that.
            let oldest = [OutboxBench.now.advanced(by: .seconds(1)), OutboxBench.now, nil]
            #expect(listeners.map(\.oldestPendingAt) == oldest)
        }
    }

    @Test("The sizes of the file and its log are those on disk")
    func sizes() async throws {
        try await OutboxBench.use { bench in
            let large = EventFactory.noise(1 << 20)
            try await bench.accept(EventFactory.delivery(payload: large))
            let reader = try OutboxReader(path: bench.path)
            #expect(reader.fileSizes().writeAheadLog > large.count)
            bench.outbox.close()
            #expect(reader.fileSizes().outbox > large.count)
            #expect(reader.fileSizes().writeAheadLog == 0)
        }
    }
}
