import Dispatcher
import Events
import TestKit
import Testing

@Suite("Stopping the dispatcher", .timeLimit(.minutes(10)))
struct DrainTests {
    private let drainTime = Duration.seconds(20)

    @Test("What runs is finished, and nothing more is claimed")
    func finishesWhatRuns() async throws {
        let store = InMemoryStore()
        for event in 1...3 { store.add(Int64(event)) }
        let started = Journal<Int64>()
        let gate = Gate()
        let listener = ClosureListener { event, _ in
            started.append(event.id)
            await gate.pass()
        }
        let policy = ListenerPolicy(timeout: .seconds(1000), concurrency: 2, retry: .standard)
        try await DispatcherBench.use([listener], policy: policy, store: store) { bench in
            _ = await started.first(2)
            bench.dispatcher.drain()
            await bench.clock.sleeper(for: drainTime)
            gate.open()
            _ = await bench.ended.first(1)
            #expect(store.records.elements.map(\.outcome) == [.delivered, .delivered])
            #expect(store.state(of: 3) == .pending)
        }
    }

    @Test("What does not end in time is interrupted, due at once, and the dispatcher does not wait for it")
    func interruptsWhatDoesNotEnd() async throws {
        let store = InMemoryStore()
        store.add(1)
        store.add(2)
        let started = Journal<Int64>()
        let gate = Gate()
        defer { gate.open() }
        let listener = ClosureListener { event, _ in
            started.append(event.id)
            if event.id == 1 { await gate.pass() } else { try await waitForCancellation() }
        }
        try await DispatcherBench.use([listener], store: store) { bench in
            _ = await started.first(2)
            bench.dispatcher.drain()
            await bench.clock.sleeper(for: drainTime)
            bench.clock.advance(by: drainTime)
            _ = await bench.ended.first(1)
            let records = store.records.elements
            #expect(records.map(\.outcome) == [.interrupted, .interrupted])
            #expect(records.allSatisfy { $0.next == .pending(at: bench.clock.now) })
            #expect(store.state(of: 1) == .pending && store.state(of: 2) == .pending)
        }
    }

    @Test("With nothing under way the dispatcher ends at once")
    func idle() async throws {
        let store = InMemoryStore()
        try await DispatcherBench.use([ClosureListener { _, _ in }], store: store) { bench in
            _ = await store.claims.first(1)
            bench.dispatcher.drain()
            #expect(await bench.ended.first(1).count == 1)
        }
    }

    @Test("Without listeners it runs until it is drained, and then ends at once")
    func noListeners() async throws {
        let store = InMemoryStore()
        try await DispatcherBench.use([], store: store) { bench in
            #expect(bench.ended.elements.isEmpty)
            bench.dispatcher.drain()
            #expect(await bench.ended.first(1).count == 1)
        }
    }

    @Test("A drain before the start is not lost")
    func drainFirst() async throws {
        let store = InMemoryStore()
        store.add(1)
        let gate = Gate()
        gate.open()
        try await DispatcherBench.use([ClosureListener { _, _ in await gate.pass() }], store: store) {
            bench in
            bench.dispatcher.drain()
            bench.dispatcher.drain()
            #expect(await bench.ended.first(1).count == 1)
        }
    }

    @Test("A retry that is waited for does not hold up the stop")
    func waitingRetry() async throws {
        let store = InMemoryStore()
        store.add(1)
        let listener = ClosureListener { _, _ in throw Refusal(reason: "later") }
        try await DispatcherBench.use([listener], store: store) { bench in
            _ = await store.records.first(1)
            bench.dispatcher.drain()
            #expect(await bench.ended.first(1).count == 1)
            #expect(store.state(of: 1) == .pending)
        }
    }

    @Test("Cancelling interrupts all listeners' attempts, also those that ignore it")
    func cancellation() async throws {
        let store = InMemoryStore()
        let names = (0..<8).map { "listener-\($0)" }
        for name in names { store.add(1, for: name) }
        let started = Journal<String>()
        let gate = Gate()
        defer { gate.open() }
        let listeners = names.map { name in
            ClosureListener(name) { _, _ in
                started.append(name)
                await gate.pass()
            }
        }
        // Leaving `use` cancels `run()` and waits for it.
        try await DispatcherBench.use(listeners, store: store) { _ in _ = await started.first(8) }
        #expect(store.records.elements.map(\.outcome) == Array(repeating: .interrupted, count: 8))
        #expect(Set(store.records.elements.map(\.listener)) == Set(names))
    }

    @Test("A runner outside knows of the interruption before its cancellation arrives, and is closed")
    func interruptsOutside() async throws {
        let store = InMemoryStore()
        store.add(1)
        let (started, interruptions) = (Journal<Int64>(), Journal<Bool>())
        let runner = ClosureRunner { attempt in
            interruptions.append(attempt.isInterrupted())
            await withTaskCancellationHandler {
                started.append(attempt.dispatch.event)
                try? await waitForCancellation()
            } onCancel: {
                interruptions.append(attempt.isInterrupted())
            }
        }
        try await DispatcherBench.use(registrations: [ListenerRegistration(runner)], store: store) { bench in
            _ = await started.first(1)
            bench.dispatcher.drain()
            await bench.clock.sleeper(for: drainTime)
            bench.clock.advance(by: drainTime)
            _ = await bench.ended.first(1)
            #expect(interruptions.elements == [false, true])
            #expect(store.records.elements.map(\.outcome) == [.interrupted])
            #expect(runner.closed.elements.count == 1)
        }
    }

    @Test("At its deadline a runner outside is cancelled without being interrupted")
    func deadlineOutside() async throws {
        let store = InMemoryStore()
        store.add(1)
        let interruptions = Journal<Bool>()
        let runner = ClosureRunner { attempt in
            await withTaskCancellationHandler {
                try? await waitForCancellation()
            } onCancel: {
                interruptions.append(attempt.isInterrupted())
            }
        }
        let policy = ListenerPolicy(timeout: .seconds(10), concurrency: 1, retry: .standard)
        let registration = ListenerRegistration(runner, policy: policy)
        try await DispatcherBench.use(registrations: [registration], store: store) { bench in
            await bench.clock.sleeper(for: .seconds(10))
            bench.clock.advance(by: .seconds(10))
            #expect(await store.records.first(1).map(\.outcome) == [.timedOut])
            #expect(interruptions.elements == [false])
        }
    }

    @Test(
        "A pause that is decided while the daemon stops is kept, and that is tried until the drain time ends"
    )
    func keepsPauseAtTheEnd() async throws {
        for failures in [1, Int.max] {
            let store = InMemoryStore()
            store.add(1)
            store.fail(pauses: failures)
            let (started, gate) = (Journal<Int64>(), Gate())
            let runner = ClosureRunner { attempt in
                started.append(attempt.dispatch.event)
                await gate.pass()
                throw AttemptFailure.unwanted("410 Gone")
            }
            let registration = ListenerRegistration(runner)
            try await DispatcherBench.use(registrations: [registration], store: store) { bench in
                _ = await started.first(1)
                bench.dispatcher.drain()
                await bench.clock.sleeper(for: drainTime)
                gate.open()
                _ = await store.refusedPauses.first(1)
                await bench.clock.sleeper(for: .seconds(1))
                bench.clock.advance(by: failures == 1 ? .seconds(1) : drainTime)
                #expect(await bench.ended.first(1).count == 1)
                #expect(store.pauses.elements == (failures == 1 ? [.endpoint] : []))
            }
        }
    }
}
