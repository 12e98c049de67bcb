import Dispatcher
import Events
import ListenerKit
import TestKit
import Testing

@Suite("Handing fresh dispatches over", .timeLimit(.minutes(10)))
struct HandOverTests {
    @Test("What is handed over runs without a claim, its event is not decoded, and it is recorded")
    func runs() async throws {
        let store = InMemoryStore()
        let seen = Journal<String>()
        let listener = ClosureListener { event, context in
            seen.append("\(event.id) \(event.kind) \(event.json) \(context.attempt)")
        }
        try await DispatcherBench.use([listener], store: store) { bench in
            await bench.untilIdle()
            let slot = try #require(bench.reserve())
            store.addRunning(7)
            var dispatch = ClaimedDispatch.first(of: 7, at: bench.clock.now)
            dispatch.typedEvent = EventFactory.populated(.comment).stored(as: 7)
            // Text that could not be decoded.
            dispatch.json = Array("{}".utf8)
            slot.begin(dispatch)
            #expect(await seen.first(1) == ["7 comment {} 1"])
            #expect(await store.records.first(1).map(\.outcome) == [.delivered])
            #expect(store.claims.elements.allSatisfy { $0.events.isEmpty })
        }
    }

    @Test("What fails after it was handed over is repeated by a claim")
    func retries() async throws {
        let store = InMemoryStore()
        let listener = ClosureListener { _, context in
            if context.attempt == 1 { throw Refusal(reason: "later") }
        }
        try await DispatcherBench.use([listener], store: store) { bench in
            await bench.untilIdle()
            bench.handOver(1, to: try #require(bench.reserve()))
            let records = await bench.records(2, within: .seconds(60))
            #expect(records.map(\.outcome) == [.failed, .delivered])
            #expect(store.claims.elements.last?.events == [1])
        }
    }

    @Test("Nobody else, and no listener whose slots are taken, gets anything handed over")
    func refuses() async throws {
        let store = InMemoryStore()
        let gate = Gate()
        defer { gate.open() }
        let policy = ListenerPolicy(timeout: .seconds(1_000_000), concurrency: 1, retry: .standard)
        let listener = ClosureListener { _, _ in await gate.pass() }
        try await DispatcherBench.use([listener], policy: policy, store: store) { bench in
            await bench.untilIdle()
            #expect(bench.reserve("not-configured") == nil)
            bench.handOver(1, to: try #require(bench.reserve()))
            #expect(bench.reserve() == nil)
        }
    }

    @Test("A dispatch that was not committed gives its slot back, and what is committed meanwhile is claimed")
    func cancels() async throws {
        let store = InMemoryStore()
        let policy = ListenerPolicy(timeout: .seconds(1_000_000), concurrency: 1, retry: .standard)
        try await DispatcherBench.use([ClosureListener { _, _ in }], policy: policy, store: store) { bench in
            await bench.untilIdle()
            let slot = try #require(bench.reserve())
            store.add(1)
            slot.cancel()
            #expect(await store.records.first(1).map(\.event) == [1])
        }
    }

    @Test("A slot outlasts the replacement of its listener, which goes on beside it")
    func replaced() async throws {
        let store = InMemoryStore()
        let old = ClosureRunner { _ in }
        let new = ClosureRunner { _ in }
        try await DispatcherBench.use(registrations: [ListenerRegistration(old)], store: store) { bench in
            await bench.untilIdle()
            let slots = [try #require(bench.reserve()), try #require(bench.reserve())]
            bench.dispatcher.replace(with: [ListenerRegistration(new, revision: "2")])
            store.add(1)
            bench.dispatcher.committed(listeners: ["one"])
            #expect(await store.records.first(1).map(\.event) == [1])
            #expect(old.closed.elements.isEmpty)
            bench.handOver(2, to: slots[0])
            #expect(await store.records.first(2).map(\.event) == [1, 2])
            #expect(old.closed.elements.isEmpty)
            slots[1].cancel()
            #expect(await old.closed.first(1).count == 1)
        }
    }

    @Test("A drain waits for a slot that is reserved, and what begins then is finished")
    func drains() async throws {
        let store = InMemoryStore()
        try await DispatcherBench.use([ClosureListener { _, _ in }], store: store) { bench in
            await bench.untilIdle()
            let slot = try #require(bench.reserve())
            bench.dispatcher.drain()
            await bench.clock.sleeper(for: DispatcherBench.drainTime)
            #expect(bench.reserve() == nil)
            bench.handOver(1, to: slot)
            _ = await bench.ended.first(1)
            #expect(store.records.elements.map(\.outcome) == [.delivered])
        }
    }

    @Test("What begins after the interruption is interrupted at once, and not handled")
    func interrupted() async throws {
        let store = InMemoryStore()
        let (handled, cancelled) = (Journal<Int64>(), Journal<Void>())
        let listener = ClosureListener { event, _ in
            handled.append(event.id)
            try? await waitForCancellation()
            cancelled.append(())
        }
        try await DispatcherBench.use([listener], store: store) { bench in
            await bench.untilIdle()
            let slot = try #require(bench.reserve())
            bench.handOver(1, to: try #require(bench.reserve()))
            _ = await handled.first(1)
            bench.dispatcher.drain()
            await bench.clock.sleeper(for: DispatcherBench.drainTime)
            bench.clock.advance(by: DispatcherBench.drainTime)
            _ = await cancelled.first(1)
            #expect(bench.ended.elements.isEmpty)
            bench.handOver(2, to: slot)
            _ = await bench.ended.first(1)
            #expect(store.records.elements.map(\.outcome) == [.interrupted, .interrupted])
            #expect(handled.elements == [1])
        }
    }
}

extension DispatcherBench {
    /// Waits until the first claim has found nothing, as the queue waits for something far away then.
    fileprivate func untilIdle() async {
        let wait = Duration.seconds(500_000)
        store.add(0, dueAt: clock.now.advanced(by: wait))
        dispatcher.committed(listeners: ["one"])
        await clock.sleeper(for: wait)
    }

    fileprivate func reserve(_ listener: String = "one") -> (any DispatchSlot)? {
        dispatcher.reserve(listener: listener)
    }

    /// Commits a dispatch as running and begins its attempt.
    fileprivate func handOver(_ event: Int64, to slot: any DispatchSlot) {
        store.addRunning(event)
        slot.begin(.first(of: event, at: clock.now))
    }
}
