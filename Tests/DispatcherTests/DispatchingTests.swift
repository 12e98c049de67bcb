import Dispatcher
import Events
import ListenerKit
import MetricsTestKit
import TestKit
import Testing

@Suite("Dispatching", .timeLimit(.minutes(10)))
struct DispatchingTests {
    @Test(
        "What an earlier process left is delivered at the start, and what is committed later when it is told"
    )
    func delivers() async throws {
        let store = InMemoryStore()
        store.add(1)
        let listener = ClosureListener { _, _ in }
        try await DispatcherBench.use([listener], store: store) { bench in
            let first = await store.records.first(1)
            #expect(first.map(\.event) == [1])
            #expect(first.map(\.outcome) == [.delivered])
            store.add(2)
            bench.dispatcher.committed(listeners: ["one", "not-configured"])
            #expect(await store.records.first(2).map(\.event) == [1, 2])
            #expect(store.state(of: 2) == .delivered)
        }
    }

    @Test("A handler gets the event and what it may want to know beyond it")
    func context() async throws {
        let store = InMemoryStore()
        store.add(7)
        let seen = Journal<String>()
        let listener = ClosureListener { event, context in
            let payload = String(decoding: try await context.payload(), as: UTF8.self)
            seen.append("\(event.id) \(context.eventId) \(context.attempt) \(context.deadline) \(payload)")
            seen.append("\(context.repository?.fullName ?? "") \(context.actor?.username ?? "")")
        }
        let policy = ListenerPolicy(timeout: .seconds(10), concurrency: 1, retry: .standard)
        try await DispatcherBench.use([listener], policy: policy, store: store) { bench in
            let deadline = bench.clock.now.advanced(by: .seconds(10))
            #expect(await seen.first(2) == ["7 7 1 \(deadline) payload 70", "acme/app octocat"])
        }
    }

    @Test("A failure is repeated after the policy's wait, until the listener succeeds")
    func retries() async throws {
        let store = InMemoryStore()
        store.add(1)
        let listener = ClosureListener { _, context in
            if context.attempt < 3 { throw Refusal(reason: "attempt \(context.attempt)") }
        }
        try await DispatcherBench.use([listener], store: store) { bench in
            let start = bench.clock.now
            let records = await bench.records(3, within: .seconds(60))
            #expect(records.map(\.attempt) == [1, 2, 3])
            #expect(records.map(\.outcome) == [.failed, .failed, .delivered])
            #expect(records.map(\.error) == ["attempt 1", "attempt 2", nil])
            #expect(records[0].next == .pending(at: start.advanced(by: .seconds(5))))
            #expect(records[1].next == .pending(at: records[1].finishedAt.advanced(by: .seconds(15))))
            #expect(records[1].startedAt >= start.advanced(by: .seconds(5)))
            #expect(records[2].startedAt >= start.advanced(by: .seconds(20)))
        }
    }

    @Test("A listener that says when to try again is tried then")
    func retryAfter() async throws {
        let store = InMemoryStore()
        store.add(1)
        let listener = ClosureListener { _, context in
            guard context.attempt == 1 else { return }
            throw ListenerError.retry(after: .seconds(300), reason: "busy")
        }
        try await DispatcherBench.use([listener], store: store) { bench in
            let due = bench.clock.now.advanced(by: .seconds(300))
            let records = await bench.records(2, within: .seconds(400))
            #expect(records[0].next == .pending(at: due) && records[0].error == "busy")
            #expect(records[1].startedAt >= due && records[1].outcome == .delivered)
        }
    }

    @Test("A permanent failure is a dead letter at once")
    func permanent() async throws {
        let store = InMemoryStore()
        store.add(1)
        store.add(2)
        let listener = ClosureListener { event, _ in
            if event.id == 1 { throw ListenerError.permanent("no such channel") }
        }
        try await DispatcherBench.use([listener], store: store) { bench in
            let records = await store.records.first(2).sorted { $0.event < $1.event }
            #expect(records.map(\.outcome) == [.permanent, .delivered])
            #expect(records[0].next == .dead(.permanent) && records[0].error == "no such channel")
            #expect(store.state(of: 1) == .dead)
        }
    }

    @Test("A dispatch whose attempts are used up is a dead letter")
    func exhausted() async throws {
        let store = InMemoryStore()
        store.add(1)
        let listener = ClosureListener { _, _ in throw Refusal(reason: "never") }
        let retry = RetryPolicy(maxAttempts: 4, initial: .seconds(1), factor: 1, max: .seconds(1))
        let policy = ListenerPolicy(timeout: .seconds(1000), concurrency: 1, retry: retry)
        try await DispatcherBench.use([listener], policy: policy, store: store) { bench in
            let records = await bench.records(4, within: .seconds(100))
            #expect(records.map(\.attempt) == [1, 2, 3, 4])
            #expect(records.map(\.outcome) == [.failed, .failed, .failed, .failed])
            #expect(records[3].next == .dead(.exhausted))
            #expect(store.state(of: 1) == .dead)
        }
    }

    @Test("An event that cannot be read is a failed attempt, not the end of the dispatcher")
    func unreadableEvent() async throws {
        let store = InMemoryStore()
        store.add(1, json: Array("{}".utf8))
        store.add(2)
        let handled = Journal<Int64>()
        let listener = ClosureListener { event, _ in handled.append(event.id) }
        try await DispatcherBench.use([listener], store: store) { bench in
            let records = await store.records.first(2).sorted { $0.event < $1.event }
            #expect(records.map(\.outcome) == [.failed, .delivered])
            #expect(handled.elements == [2])
        }
    }

    @Test("No more attempts are under way than the policy allows")
    func concurrency() async throws {
        let store = InMemoryStore()
        for event in 1...5 { store.add(Int64(event)) }
        let started = Journal<Int64>()
        let gates = (0..<5).map { _ in Gate() }
        let listener = ClosureListener { event, _ in
            started.append(event.id)
            await gates[Int(event.id) - 1].pass()
        }
        let policy = ListenerPolicy(timeout: .seconds(1000), concurrency: 2, retry: .standard)
        try await DispatcherBench.use([listener], policy: policy, store: store) { bench in
            #expect(await started.first(2).sorted() == [1, 2])
            gates[1].open()
            #expect(await started.first(3).last == 3)
            #expect(store.state(of: 1) == .running && store.state(of: 4) == .pending)
            for gate in gates { gate.open() }
            #expect(await store.records.first(5).count == 5)
            #expect(store.claims.elements.allSatisfy { $0.events.count <= $0.limit && $0.limit <= 2 })
        }
    }

    @Test("A listener that blocks its threads or fails leaves the others alone")
    func independence() async throws {
        let store = InMemoryStore()
        for event in 1...4 {
            for name in ["blocking", "failing", "good"] { store.add(Int64(event), for: name) }
        }
        let gate = BlockingGate()
        let good = Journal<Int64>()
        let listeners = [
            ClosureListener("blocking") { _, _ in gate.pass() },
            ClosureListener("failing") { _, _ in throw Refusal(reason: "always") },
            ClosureListener("good") { event, _ in good.append(event.id) },
        ]
        try await DispatcherBench.use(listeners, store: store, threads: 2) { bench in
            #expect(await good.first(4).sorted() == [1, 2, 3, 4])
            for event in 5...8 { store.add(Int64(event), for: "good") }
            bench.dispatcher.committed(listeners: ["good"])
            #expect(await good.first(8).sorted() == Array(1...8))
            #expect(store.records.elements.allSatisfy { $0.listener != "blocking" })
            gate.open(times: 4)
            #expect(await store.records.first(16).count { $0.listener == "blocking" } == 4)
        }
    }

    @Test("Outcomes are counted by listener, and dead letters once more")
    func metrics() async throws {
        let metrics = TestMetrics()
        let store = InMemoryStore()
        for event in 1...3 { store.add(Int64(event)) }
        let listener = ClosureListener { event, context in
            if event.id == 2 { throw ListenerError.permanent("no") }
            if event.id == 3, context.attempt == 1 { throw Refusal(reason: "later") }
        }
        try await DispatcherBench.use([listener], store: store, metrics: metrics) { bench in
            _ = await bench.records(4, within: .seconds(60))
            bench.dispatcher.drain()
            _ = await bench.ended.first(1)
        }
        func count(_ outcome: String) throws -> Int64 {
            try metrics.expectCounter(
                "forgewire_dispatches_total",
                [("listener", "one"), ("outcome", outcome)]
            )
            .totalValue
        }
        #expect(try count("delivered") == 2)
        #expect(try count("failed") == 1)
        #expect(try count("permanent") == 1)
        #expect(try count("dead") == 1)
        #expect(try count("timed_out") == 0)
        let dimensions = [("listener", "one")]
        #expect(try metrics.expectTimer("forgewire_dispatch_queue_seconds", dimensions).values.count == 3)
        #expect(try metrics.expectTimer("forgewire_dispatch_task_seconds", dimensions).values.count == 4)
        #expect(try metrics.expectTimer("forgewire_dispatch_total_seconds", dimensions).values.count == 3)
    }
}

/// An error of a listener's own.
struct Refusal: Error, CustomStringConvertible {
    let reason: String

    var description: String { reason }
}
