import Dispatcher
import Events
import ListenerKit
import TestKit
import Testing

@Suite("Replacing the dispatcher's listeners", .timeLimit(.minutes(1)))
struct ReplacementTests {
    private func registration(
        _ listener: ClosureListener,
        policy: ListenerPolicy = .standard
    ) -> ListenerRegistration {
        ListenerRegistration(listener: AnyListener(listener), policy: policy)
    }

    @Test("A new listener gets what is pending for it")
    func added() async throws {
        let store = InMemoryStore()
        store.add(1, for: "two")
        try await DispatcherBench.use([], store: store) { bench in
            bench.dispatcher.replace(with: [registration(ClosureListener("two") { _, _ in })])
            let records = await store.records.first(1)
            #expect(records.map(\.listener) == ["two"])
        }
    }

    @Test("A listener that is gone finishes its attempt and gets nothing more")
    func removed() async throws {
        let store = InMemoryStore()
        store.add(1)
        let (started, gate) = (Journal<Int64>(), Gate())
        let listener = ClosureListener { event, _ in
            started.append(event.id)
            await gate.pass()
        }
        try await DispatcherBench.use([listener], store: store) { bench in
            _ = await started.first(1)
            bench.dispatcher.replace(with: [])
            store.add(2)
            bench.dispatcher.committed(listeners: ["one"])
            gate.open()
            let records = await store.records.first(1)
            #expect(records.map(\.outcome) == [.delivered])
            bench.dispatcher.drain()
            _ = await bench.ended.first(1)
            #expect(store.state(of: 2) == .pending)
        }
    }

    @Test("With another policy a listener goes on under it, and what it had begun is not run twice")
    func changed() async throws {
        let store = InMemoryStore()
        store.add(1)
        let (started, gate) = (Journal<Int64>(), Gate())
        let listener = ClosureListener { event, _ in
            started.append(event.id)
            if event.id == 1 { await gate.pass() }
        }
        try await DispatcherBench.use([listener], store: store) { bench in
            _ = await started.first(1)
            let policy = ListenerPolicy(timeout: .seconds(500), concurrency: 1, retry: .standard)
            bench.dispatcher.replace(with: [registration(listener, policy: policy)])
            store.add(2)
            bench.dispatcher.committed(listeners: ["one"])
            let second = await started.first(2)
            #expect(second == [1, 2])
            gate.open()
            _ = await store.records.first(2)
            #expect(started.elements == [1, 2])
        }
    }

    @Test("An attempt that fails after its listener was replaced is repeated in time by the successor")
    func failsAfterReplacement() async throws {
        let store = InMemoryStore()
        store.add(1)
        let (started, gate) = (Journal<Int>(), Gate())
        let listener = ClosureListener { _, context in
            started.append(context.attempt)
            guard context.attempt == 1 else { return }
            await gate.pass()
            throw Failure()
        }
        try await DispatcherBench.use([listener], store: store) { bench in
            _ = await started.first(1)
            let policy = ListenerPolicy(timeout: .seconds(1_000_000), concurrency: 2, retry: .standard)
            bench.dispatcher.replace(with: [registration(listener, policy: policy)])
            gate.open()
            let records = await bench.records(2, within: .seconds(60))
            #expect(records.map(\.outcome) == [.failed, .delivered])
        }
    }

    private struct Failure: Error {}

    @Test("A drain waits for the attempts of a listener that was replaced before")
    func drainsReplaced() async throws {
        let store = InMemoryStore()
        store.add(1)
        let (started, gate) = (Journal<Int64>(), Gate())
        let listener = ClosureListener { event, _ in
            started.append(event.id)
            await gate.pass()
        }
        try await DispatcherBench.use([listener], store: store) { bench in
            _ = await started.first(1)
            bench.dispatcher.replace(with: [])
            bench.dispatcher.drain()
            await bench.clock.sleeper(for: .seconds(20))
            gate.open()
            _ = await bench.ended.first(1)
            #expect(store.records.elements.map(\.outcome) == [.delivered])
        }
    }
}
