import Dispatcher
import Events
import ListenerKit
import TestKit
import Testing

@Suite("What runs attempts", .timeLimit(.minutes(10)))
struct RunnerTests {
    @Test("A runner outside gets the dispatch, its deadline and the payload, and is closed at the end")
    func outside() async throws {
        let store = InMemoryStore()
        store.add(7)
        let seen = Journal<String>()
        let runner = ClosureRunner { attempt in
            let payload = String(decoding: try await attempt.payload(), as: UTF8.self)
            seen.append("\(attempt.dispatch.event) \(attempt.deadline.time) \(payload)")
        }
        #expect(runner.made.elements.isEmpty)
        let policy = ListenerPolicy(timeout: .seconds(10), concurrency: 1, retry: .standard)
        let registration = ListenerRegistration(runner, policy: policy)
        try await DispatcherBench.use(registrations: [registration], store: store) { bench in
            let deadline = bench.clock.now.advanced(by: .seconds(10))
            #expect(await seen.first(1) == ["7 \(deadline) payload 70"])
            #expect(await store.records.first(1).map(\.outcome) == [.delivered])
            bench.dispatcher.drain()
            _ = await bench.ended.first(1)
            #expect(runner.made.elements == ["1"] && runner.closed.elements.count == 1)
        }
    }

    @Test("A runner outside says how an attempt failed")
    func failures() async throws {
        let store = InMemoryStore()
        store.add(1)
        let failures: [any Error] = [
            Refusal(reason: "503"), AttemptFailure.crashed("ended by signal 9"),
            ListenerError.retry(after: .seconds(300), reason: "429"), ListenerError.permanent("65"),
        ]
        let runner = ClosureRunner { throw failures[$0.dispatch.attempt - 1] }
        try await DispatcherBench.use(registrations: [ListenerRegistration(runner)], store: store) { bench in
            let records = await bench.records(4, within: .seconds(1000))
            #expect(records.map(\.outcome) == [.failed, .crashed, .failed, .permanent])
            #expect(records.map(\.error) == ["503", "ended by signal 9", "429", "65"])
            #expect(records.allSatisfy { $0.hold == ListenerPolicy.standard.hold })
        }
    }

    @Test("Listeners of this process run on the pool's threads, before and after they wait")
    func onThePool() async throws {
        let store = InMemoryStore()
        store.add(1)
        let threads = Journal<String>()
        let listener = ClosureListener { _, context in
            threads.append(threadName())
            await Task.yield()
            threads.append(threadName())
            _ = try await context.payload()
            threads.append(threadName())
            async let child = threadName()
            threads.append(await child)
        }
        try await DispatcherBench.use([listener], store: store) { _ in
            #expect(await threads.first(4) == Array(repeating: "listeners", count: 4))
        }
    }

    @Test("Runners outside take none of the pool's threads")
    func notOnThePool() async throws {
        let store = InMemoryStore()
        store.add(1)
        let threads = Journal<String>()
        let runner = ClosureRunner { _ in
            threads.append(threadName())
            await Task.yield()
            threads.append(threadName())
        }
        try await DispatcherBench.use(registrations: [ListenerRegistration(runner)], store: store) { _ in
            #expect(await threads.first(2).allSatisfy { $0 != "listeners" })
        }
    }

    @Test("What is suspect runs in isolation, and is dead after it has ended three processes alone")
    func suspect() async throws {
        let store = InMemoryStore()
        store.add(1, isSuspect: true)
        store.add(2)
        let handled = Journal<Int64>()
        let listener = ClosureListener { event, _ in handled.append(event.id) }
        let isolation = ClosureRunner { _ in throw AttemptFailure.crashedAlone("ended by signal 11") }
        try await DispatcherBench.use(
            registrations: [ListenerRegistration(listener)],
            isolation: isolation,
            store: store
        ) { bench in
            let records = await bench.records(4, within: .seconds(100)).filter { $0.event == 1 }
            #expect(records.map(\.outcome) == [.crashed, .crashed, .crashed])
            #expect(records.map(\.isCrashInIsolation) == [true, true, true])
            #expect(records.last?.next == .dead(.crashed))
            #expect(handled.elements == [2])
            bench.dispatcher.drain()
            _ = await bench.ended.first(1)
            #expect(isolation.closed.elements.count == 1)
        }
    }

    @Test("Without isolation, and outside of the process, a suspect runs like everything else")
    func suspectElsewhere() async throws {
        let store = InMemoryStore()
        store.add(1, for: "inside", isSuspect: true)
        store.add(1, isSuspect: true)
        let isolated = Journal<Int64>()
        let isolation = ClosureRunner { isolated.append($0.dispatch.event) }
        let runner = ClosureRunner { _ in }
        try await DispatcherBench.use(
            registrations: [ListenerRegistration(runner)],
            isolation: isolation,
            store: store
        ) { _ in
            #expect(await store.records.first(1).map(\.outcome) == [.delivered])
            #expect(isolated.elements.isEmpty)
        }
        try await DispatcherBench.use([ClosureListener("inside") { _, _ in }], store: store) { _ in
            #expect(await store.records.first(2).map(\.outcome) == [.delivered, .delivered])
        }
    }
}
