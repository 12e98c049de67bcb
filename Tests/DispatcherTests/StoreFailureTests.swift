import Dispatcher
import Events
import InMemoryLogging
import Logging
import TestKit
import Testing

@Suite("A store that refuses", .timeLimit(.minutes(10)))
struct StoreFailureTests {
    @Test("A claim that fails is repeated after a while")
    func claimFails() async throws {
        let store = InMemoryStore()
        store.add(1)
        store.fail(claims: 3)
        try await DispatcherBench.use([ClosureListener { _, _ in }], store: store) { bench in
            let records = await bench.records(1, within: .seconds(10))
            #expect(records.map(\.outcome) == [.delivered])
            let claims = store.claims.elements.prefix(4)
            #expect(claims.map(\.events) == [[], [], [], [1]])
            for (earlier, later) in zip(claims, claims.dropFirst()) {
                #expect(later.time.duration(since: earlier.time) >= .seconds(1))
            }
        }
    }

    @Test("An outcome that comes too late is told once and given up; the others of its settling are recorded")
    func outdated() async throws {
        let logs = InMemoryLogHandler()
        let store = InMemoryStore()
        store.add(1)
        store.add(2)
        let (started, gate) = (Journal<Int64>(), Gate())
        let listener = ClosureListener { event, _ in
            started.append(event.id)
            await gate.pass()
        }
        try await DispatcherBench.use(
            registrations: [ListenerRegistration(listener)],
            store: store,
            logger: Logger(label: "test") { _ in logs }
        ) { bench in
            _ = await started.first(2)
            store.takeOver(1)
            gate.open()
            #expect(await store.records.first(1).map(\.event) == [2])
            // The slot of the first is free again, and what is settled later does not have it any more.
            for event in 3...6 { store.add(Int64(event)) }
            bench.dispatcher.committed(listeners: ["one"])
            #expect(await store.records.first(5).map(\.event).sorted() == [2, 3, 4, 5, 6])
            #expect(store.settlings.elements.flatMap(\.self).count { $0 == 1 } == 1)
        }
        let lines = logs.entries.filter { "\($0.message)".hasPrefix("An outcome came too late") }
        let line = try #require(lines.first)
        #expect(lines.count == 1 && line.level == .warning)
        #expect(line.metadata["event.id"] == "1" && line.metadata["attempt"] == "1")
        #expect(line.metadata["listener.name"] == "one")
    }

    @Test("A failing claim is not repeated faster because of new commits")
    func commitsDuringFailure() async throws {
        let store = InMemoryStore()
        store.fail(claims: 1)
        try await DispatcherBench.use([ClosureListener { _, _ in }], store: store) { bench in
            _ = await store.claims.first(1)
            store.add(1)
            bench.dispatcher.committed(listeners: ["one"])
            let records = await bench.records(1, within: .seconds(10))
            #expect(records.map(\.outcome) == [.delivered])
            let claims = await store.claims.first(2)
            #expect(claims[1].time.duration(since: claims[0].time) >= .seconds(1))
        }
    }

    @Test(
        "An attempt that cannot be recorded keeps its slot and is recorded later, once, without running again"
    )
    func recordFails() async throws {
        let store = InMemoryStore()
        store.add(1)
        store.add(2)
        store.fail(records: 3)
        let handled = Journal<Int64>()
        let listener = ClosureListener { event, _ in handled.append(event.id) }
        let policy = ListenerPolicy(timeout: .seconds(1_000_000), concurrency: 1, retry: .standard)
        try await DispatcherBench.use([listener], policy: policy, store: store) { bench in
            #expect(await store.refusedRecords.first(1).map(\.event) == [1])
            #expect(store.state(of: 2) == .pending)
            let records = await bench.records(2, within: .seconds(20))
            #expect(records.map(\.event) == [1, 2])
            #expect(store.refusedRecords.elements.map(\.event) == [1, 1, 1])
            #expect(handled.elements == [1, 2])
        }
    }

    @Test("A pause is kept while the attempt that it follows from cannot be recorded")
    func pauseBeforeRecord() async throws {
        let store = InMemoryStore()
        store.add(1)
        store.fail(records: .max)
        let runner = ClosureRunner { _ in throw AttemptFailure.unwanted("410 Gone") }
        try await DispatcherBench.use(registrations: [ListenerRegistration(runner)], store: store) { _ in
            #expect(await store.pauses.first(1) == [.endpoint])
            #expect(store.records.elements.isEmpty)
        }
    }

    @Test("A store that never takes a record does not hold up the stop beyond the drain time")
    func recordNeverTaken() async throws {
        let store = InMemoryStore()
        store.add(1)
        store.fail(records: .max)
        try await DispatcherBench.use([ClosureListener { _, _ in }], store: store) { bench in
            _ = await store.refusedRecords.first(1)
            bench.dispatcher.drain()
            await bench.clock.passTime(upTo: .seconds(30)) { _ = await bench.ended.first(1) }
            #expect(store.state(of: 1) == .running)
        }
    }
}
