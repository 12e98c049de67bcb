import Dispatcher
import Events
import ListenerKit
import TestKit
import Testing

@Suite("Replacing the dispatcher's listeners", .timeLimit(.minutes(10)))
struct ReplacementTests {
    @Test("A new listener gets what is pending for it")
    func added() async throws {
        let store = InMemoryStore()
        store.add(1, for: "two")
        try await DispatcherBench.use([], store: store) { bench in
            bench.dispatcher.replace(with: [ListenerRegistration(ClosureListener("two") { _, _ in })])
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
            bench.dispatcher.replace(with: [ListenerRegistration(listener, policy: policy)])
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
            bench.dispatcher.replace(with: [ListenerRegistration(listener, policy: policy)])
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

    @Test("A listener that stays as it is is not disturbed, and its runner is not made anew")
    func undisturbed() async throws {
        let store = InMemoryStore()
        store.add(1)
        let runner = ClosureRunner { _ in }
        let registration = ListenerRegistration(runner)
        try await DispatcherBench.use(registrations: [registration], store: store) { bench in
            _ = await store.records.first(1)
            bench.dispatcher.replace(with: [registration])
            store.add(2)
            bench.dispatcher.committed(listeners: ["one"])
            _ = await store.records.first(2)
            #expect(runner.made.elements == ["1"] && runner.closed.elements.isEmpty)
        }
    }

    @Test("With another revision the runner is made anew, and the old one is closed when it is done")
    func anotherRevision() async throws {
        let store = InMemoryStore()
        store.add(1)
        let (started, gate) = (Journal<Int64>(), Gate())
        let old = ClosureRunner { attempt in
            started.append(attempt.dispatch.event)
            await gate.pass()
        }
        let new = ClosureRunner { _ in }
        try await DispatcherBench.use(registrations: [ListenerRegistration(old)], store: store) { bench in
            _ = await started.first(1)
            bench.dispatcher.replace(with: [ListenerRegistration(new, revision: "2")])
            store.add(2)
            bench.dispatcher.committed(listeners: ["one"])
            #expect(await store.records.first(1).map(\.event) == [2])
            #expect(new.made.elements == ["2"] && old.closed.elements.isEmpty)
            gate.open()
            #expect(await store.records.first(2).map(\.event) == [2, 1])
            #expect(await old.closed.first(1).count == 1)
            #expect(new.closed.elements.isEmpty)
        }
    }

    @Test("A pause outlasts a replacement, whatever the registration says")
    func keepsPause() async throws {
        let store = InMemoryStore()
        let started = Journal<Int64>()
        let listener = ClosureListener { event, _ in started.append(event.id) }
        let pause = ListenerPause(origin: .operator, since: Timestamp(milliseconds: 0), reason: nil)
        try await DispatcherBench.use([listener], store: store) { bench in
            bench.dispatcher.pause("one", pause)
            #expect(await store.pauses.first(1) == [.operator])
            var policy = ListenerPolicy.standard
            policy.concurrency = 7
            bench.dispatcher.replace(with: [ListenerRegistration(listener, policy: policy)])
            store.add(1)
            bench.dispatcher.committed(listeners: ["one"])
            bench.dispatcher.resume("one")
            _ = await started.first(1)
            // The first claim under the new policy came after the resumption.
            #expect(store.claims.elements.filter { $0.limit == 7 }.first?.events == [1])
        }
    }

    @Test("What is not paused any more does not become so by a registration that is older")
    func ignoresOldPause() async throws {
        let store = InMemoryStore()
        store.add(1)
        let listener = ClosureListener { _, _ in }
        let pause = ListenerPause(origin: .operator, since: Timestamp(milliseconds: 0), reason: nil)
        try await DispatcherBench.use([listener], store: store) { bench in
            _ = await store.records.first(1)
            var policy = ListenerPolicy.standard
            policy.concurrency = 7
            let registration = ListenerRegistration(listener, policy: policy, pause: pause)
            bench.dispatcher.replace(with: [registration])
            store.add(2)
            bench.dispatcher.committed(listeners: ["one"])
            #expect(await store.records.first(2).last?.event == 2)
        }
    }

    @Test("The last attempt of a replaced listener pauses its successor, unless that has another target")
    func unwantedAfterReplacement() async throws {
        for isSameTarget in [true, false] {
            let store = InMemoryStore()
            store.add(1)
            let (started, gate) = (Journal<Int64>(), Gate())
            let old = ClosureRunner { attempt in
                started.append(attempt.dispatch.event)
                await gate.pass()
                throw AttemptFailure.unwanted("410 Gone")
            }
            let new = ClosureRunner { _ in }
            try await DispatcherBench.use(registrations: [ListenerRegistration(old)], store: store) { bench in
                _ = await started.first(1)
                var policy = ListenerPolicy.standard
                policy.concurrency = 7
                let revision = isSameTarget ? "1" : "2"
                bench.dispatcher.replace(
                    with: [ListenerRegistration(new, revision: revision, policy: policy)]
                )
                gate.open()
                if isSameTarget {
                    #expect(await store.pauses.first(1) == [.endpoint])
                    _ = await store.records.first(1)
                    bench.dispatcher.resume("one")
                }
                let records = await store.records.first(2)
                #expect(records.map(\.outcome) == [.interrupted, .delivered])
                #expect(isSameTarget || store.pauses.elements.isEmpty)
            }
        }
    }
}
