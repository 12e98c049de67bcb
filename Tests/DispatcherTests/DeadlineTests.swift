import Dispatcher
import Events
import ListenerKit
import Synchronization
import TestKit
import Testing

@Suite("Deadlines of attempts", .timeLimit(.minutes(10)))
struct DeadlineTests {
    private let policy = ListenerPolicy(timeout: .seconds(10), concurrency: 2, retry: .standard)

    @Test("At the deadline the handler is cancelled, and the attempt counts as timed out")
    func cancelled() async throws {
        let store = InMemoryStore()
        store.add(1)
        let listener = ClosureListener { _, _ in try await waitForCancellation() }
        try await DispatcherBench.use([listener], policy: policy, store: store) { bench in
            await bench.clock.sleeper(for: .seconds(10))
            bench.clock.advance(by: .seconds(10))
            let record = try #require(await store.records.first(1).first)
            #expect(record.outcome == .timedOut)
            #expect(record.next == .pending(at: record.finishedAt.advanced(by: .seconds(5))))
            #expect(record.finishedAt.duration(since: record.startedAt) == .seconds(10))
            #expect(record.error?.isEmpty == false)
        }
    }

    @Test("A handler that returns as if nothing had happened after its deadline has timed out, too")
    func returnsLate() async throws {
        let store = InMemoryStore()
        store.add(1)
        let listener = ClosureListener { _, _ in try? await waitForCancellation() }
        try await DispatcherBench.use([listener], policy: policy, store: store) { bench in
            await bench.clock.sleeper(for: .seconds(10))
            bench.clock.advance(by: .seconds(10))
            #expect(await store.records.first(1).map(\.outcome) == [.timedOut])
        }
    }

    @Test("A handler that is done before its deadline is not cancelled")
    func inTime() async throws {
        let store = InMemoryStore()
        store.add(1)
        let gate = Gate()
        let wasCancelled = Journal<Bool>()
        let listener = ClosureListener { _, _ in
            await gate.pass()
            wasCancelled.append(Task.isCancelled)
        }
        try await DispatcherBench.use([listener], policy: policy, store: store) { bench in
            await bench.clock.sleeper(for: .seconds(10))
            bench.clock.advance(by: .milliseconds(9999))
            gate.open()
            #expect(await store.records.first(1).map(\.outcome) == [.delivered])
            #expect(wasCancelled.elements == [false])
        }
    }

    @Test("Waiting for a thread behind another attempt takes nothing of the time")
    func waitsForThread() async throws {
        let store = InMemoryStore()
        for event in [1, 2] as [Int64] { store.add(event) }
        let (gate, cancelled) = (BlockingGate(), Journal<Void>())
        let isFirst = Atomic(true)
        let listener = ClosureListener { _, _ in
            guard isFirst.exchange(false, ordering: .relaxed) else { return }
            await withTaskCancellationHandler {
                gate.pass()
            } onCancel: {
                cancelled.append(())
            }
        }
        // Of two threads a listener has one, as long as there is another listener.
        let other = ClosureListener("two") { _, _ in }
        try await DispatcherBench.use([listener, other], policy: policy, store: store) { bench in
            await bench.clock.sleeper(for: .seconds(10))
            bench.clock.advance(by: .seconds(10))
            _ = await cancelled.first(1)
            gate.open(times: 1)
            let outcomes = await store.records.first(2).map(\.outcome.rawValue)
            #expect(outcomes.sorted() == ["delivered", "timed_out"])
        }
    }

    @Test("A handler that ignores its deadline keeps its slot, and is not repeated before it has returned")
    func ignoresDeadline() async throws {
        let store = InMemoryStore()
        store.add(1)
        let (gate, cancelled) = (Gate(), Journal<Void>())
        let listener = ClosureListener { event, context in
            guard event.id == 1, context.attempt == 1 else { return }
            await withTaskCancellationHandler {
                await gate.pass()
            } onCancel: {
                cancelled.append(())
            }
        }
        try await DispatcherBench.use([listener], policy: policy, store: store) { bench in
            await bench.clock.sleeper(for: .seconds(10))
            bench.clock.advance(by: .seconds(10_000))
            _ = await cancelled.first(1)
            // The other slot goes on, far beyond the time at which a retry would have been due.
            for event in 2...6 {
                store.add(Int64(event))
                bench.dispatcher.committed(listeners: ["one"])
                #expect(await store.records.first(event - 1).last?.event == Int64(event))
            }
            #expect(store.state(of: 1) == .running)
            #expect(store.claims.elements.dropFirst().allSatisfy { $0.limit <= 1 && !$0.events.contains(1) })
            gate.open()
            let record = try #require(await store.records.first(6).last)
            #expect(record.event == 1 && record.outcome == .timedOut && record.attempt == 1)
            let again = try #require(await bench.records(7, within: .seconds(6)).last)
            #expect(again.event == 1 && again.attempt == 2)
            #expect(again.outcome == .delivered)
        }
    }

    @Test("What is behind a handler that ignores its deadline in its lane waits until that has returned")
    func ignoresDeadlineInLane() async throws {
        let store = InMemoryStore()
        store.add(1, lane: "a")
        store.add(2, lane: "a")
        store.add(3, lane: "b")
        let (gate, cancelled) = (Gate(), Journal<Void>())
        let listener = ClosureListener { event, context in
            guard event.id == 1, context.attempt == 1 else { return }
            await withTaskCancellationHandler {
                await gate.pass()
            } onCancel: {
                cancelled.append(())
            }
        }
        try await DispatcherBench.use([listener], policy: policy, store: store) { bench in
            #expect(await store.records.first(1).map(\.event) == [3])
            await bench.clock.sleeper(for: .seconds(10))
            bench.clock.advance(by: .seconds(1000))
            _ = await cancelled.first(1)
            store.add(4, lane: "b")
            bench.dispatcher.committed(listeners: ["one"])
            #expect(await store.records.first(2).last?.event == 4)
            #expect(store.state(of: 1) == .running && store.state(of: 2) == .pending)
            gate.open()
            let records = await bench.records(5, within: .seconds(6)).dropFirst(2)
            #expect(records.first?.event == 1 && records.first?.outcome == .timedOut)
            #expect(Set(records.map(\.event)) == [1, 2])
            #expect(records.filter { $0.outcome == .delivered }.count == 2)
        }
    }

    @Test("With one slot, a handler that ignores its deadline holds up its own listener alone")
    func holdsItsOwnListener() async throws {
        let store = InMemoryStore()
        store.add(1, for: "stuck")
        store.add(2, for: "stuck")
        store.add(1, for: "other")
        let gate = Gate()
        let started = Journal<Int64>()
        let listeners = [
            ClosureListener("stuck") { event, _ in
                started.append(event.id)
                await gate.pass()
            },
            ClosureListener("other") { _, _ in },
        ]
        let policy = ListenerPolicy(timeout: .seconds(10), concurrency: 1, retry: .standard)
        try await DispatcherBench.use(listeners, policy: policy, store: store) { bench in
            _ = await started.first(1)
            #expect(await store.records.first(1).map(\.listener) == ["other"])
            await bench.clock.sleeper(for: .seconds(10))
            bench.clock.advance(by: .seconds(100))
            store.add(2, for: "other")
            bench.dispatcher.committed(listeners: ["stuck", "other"])
            #expect(await store.records.first(2).map(\.listener) == ["other", "other"])
            #expect(started.elements == [1])
            gate.open()
            #expect(await started.first(2) == [1, 2])
        }
    }
}
