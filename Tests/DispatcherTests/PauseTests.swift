import Dispatcher
import Events
import InMemoryLogging
import Logging
import TestKit
import Testing

@Suite("Paused listeners", .timeLimit(.minutes(10)))
struct PauseTests {
    private let byOperator = ListenerPause(
        origin: .operator,
        since: Timestamp(milliseconds: 0),
        reason: "maintenance"
    )
    /// Two failures at once open the breaker, a probe a minute, one attempt at a time.
    private var breakerPolicy: ListenerPolicy {
        let retry = RetryPolicy(maxAttempts: 100, initial: .seconds(1), factor: 1, max: .seconds(1))
        var policy = ListenerPolicy(timeout: .seconds(1_000_000), concurrency: 1, retry: retry)
        policy.breaker.failures = 2
        policy.breaker.period = .zero
        return policy
    }

    @Test("While an operator pauses it a listener finishes what runs and gets nothing more")
    func pausedByOperator() async throws {
        let store = InMemoryStore()
        store.add(1)
        let (started, gate) = (Journal<Int64>(), Gate())
        let listener = ClosureListener { event, _ in
            started.append(event.id)
            await gate.pass()
        }
        try await DispatcherBench.use([listener], store: store) { bench in
            _ = await started.first(1)
            bench.dispatcher.pause("one", byOperator)
            _ = await store.pauses.first(1)
            let claims = store.claims.elements.count
            store.add(2)
            bench.dispatcher.committed(listeners: ["one"])
            gate.open()
            #expect(await store.records.first(1).map(\.outcome) == [.delivered])
            bench.dispatcher.resume("one")
            #expect(await store.records.first(2).map(\.event) == [1, 2])
            #expect(store.claims.elements.dropFirst(claims).first?.events == [2])
        }
    }

    @Test("A listener that was paused before the start gets nothing until it is resumed")
    func pausedBeforeStart() async throws {
        let store = InMemoryStore()
        store.add(1)
        store.add(1, for: "other")
        let registrations = [
            ListenerRegistration(ClosureListener { _, _ in }, pause: byOperator),
            ListenerRegistration(ClosureListener("other") { _, _ in }),
        ]
        try await DispatcherBench.use(registrations: registrations, store: store) { bench in
            #expect(await store.records.first(1).map(\.listener) == ["other"])
            bench.dispatcher.pause("not-configured", byOperator)
            bench.dispatcher.resume("not-configured")
            bench.dispatcher.resume("one")
            #expect(await store.records.first(2).map(\.listener) == ["other", "one"])
            #expect(store.claims.elements.filter { $0.listener == "one" }.first?.events == [1])
        }
    }

    @Test("A receiver that wants no more pauses its listener; the dispatch stays and loses no attempt")
    func unwanted() async throws {
        let logs = InMemoryLogHandler()
        let store = InMemoryStore()
        store.add(1)
        store.add(2)
        let refusals = Refusals(1)
        let runner = ClosureRunner { _ in
            if refusals.next() { throw AttemptFailure.unwanted("410 Gone") }
        }
        let policy = ListenerPolicy(timeout: .seconds(10), concurrency: 1, retry: .standard)
        let registration = ListenerRegistration(runner, policy: policy)
        try await DispatcherBench.use(
            registrations: [registration],
            store: store,
            logger: Logger(label: "test") { _ in logs }
        ) { bench in
            #expect(await store.pauses.first(1) == [.endpoint])
            let record = try #require(await store.records.first(1).first)
            #expect(record.outcome == .interrupted && record.error == "410 Gone")
            #expect(record.next == .pending(at: record.finishedAt))
            bench.dispatcher.resume("one")
            let records = await store.records.first(3)
            #expect(records.map(\.event) == [1, 2, 1] && records.map(\.attempt) == [1, 1, 1])
            #expect(await store.pauses.first(2) == [.endpoint, nil])
        }
        #expect(
            lines(logs, .warning) == ["A listener wants no more events; it is paused until it is resumed"]
        )
        #expect(lines(logs, .notice).contains("A listener is resumed"))
    }

    @Test("The breaker pauses a listener that only fails, probes it, and resumes it at the first success")
    func breaker() async throws {
        let logs = InMemoryLogHandler()
        let store = InMemoryStore()
        for event in 1...4 { store.add(Int64(event)) }
        let refusals = Refusals(4)
        let runner = ClosureRunner { _ in
            if refusals.next() { throw Refusal(reason: "503") }
        }
        let registration = ListenerRegistration(runner, policy: breakerPolicy)
        try await DispatcherBench.use(
            registrations: [registration],
            store: store,
            logger: Logger(label: "test") { _ in logs }
        ) { bench in
            let start = bench.clock.now
            #expect(await store.pauses.first(1) == [.breaker])
            let records = await bench.records(5, within: .seconds(200))
            #expect(
                records.map { $0.startedAt.duration(since: start) }
                    == [0, 0, 60, 120, 180].map { .seconds($0) }
            )
            #expect(records.map(\.outcome) == [.failed, .failed, .failed, .failed, .delivered])
            #expect(await store.pauses.first(2) == [.breaker, nil])
            _ = await bench.records(8, within: .seconds(60))
            #expect((1...4).allSatisfy { store.state(of: $0) == .delivered })
        }
        let expected = "A listener that only fails is paused and probed now and then"
        let line = try #require(logs.entries.first { "\($0.message)" == expected })
        #expect(line.level == .warning && line.metadata["pause.reason"]?.description.contains("503") == true)
        #expect(line.metadata["listener.name"] == "one")
        #expect(lines(logs, .notice) == ["A listener is resumed"])
    }

    @Test("A breaker that was open at the last stop goes on probing")
    func breakerAfterRestart() async throws {
        let store = InMemoryStore()
        store.add(1)
        store.add(2)
        let refusals = Refusals(1)
        let runner = ClosureRunner { _ in
            if refusals.next() { throw Refusal(reason: "503") }
        }
        let pause = ListenerPause(origin: .breaker, since: Timestamp(milliseconds: 0), reason: nil)
        var policy = breakerPolicy
        policy.concurrency = 4
        let registration = ListenerRegistration(runner, policy: policy, pause: pause)
        try await DispatcherBench.use(registrations: [registration], store: store) { bench in
            let records = await bench.records(3, within: .seconds(100))
            #expect(records.map(\.outcome) == [.failed, .delivered, .delivered])
            #expect(store.claims.elements.prefix(2).map(\.limit) == [1, 1])
            #expect(await store.pauses.first(1) == [nil])
        }
    }

    @Test("A pause that the store refuses holds all the same, and is kept later")
    func storeRefuses() async throws {
        let store = InMemoryStore()
        store.add(1)
        store.add(2)
        store.fail(pauses: 3)
        let runner = ClosureRunner { _ in throw AttemptFailure.unwanted("410 Gone") }
        let registration = ListenerRegistration(runner)
        try await DispatcherBench.use(registrations: [registration], store: store) { bench in
            _ = await store.refusedPauses.first(1)
            let records = await bench.clock.passTime(upTo: .seconds(10)) { await store.pauses.first(1) }
            #expect(records == [.endpoint])
            #expect(store.refusedPauses.elements == [.endpoint, .endpoint, .endpoint])
            #expect(store.records.elements.allSatisfy { $0.attempt == 1 })
        }
    }

    @Test("No more attempts begin than the rate allows, and all of them begin in the end")
    func rate() async throws {
        let store = InMemoryStore()
        for event in 1...7 { store.add(Int64(event)) }
        var policy = ListenerPolicy.standard
        policy.rate = RateLimit(attempts: 2, period: .seconds(64))
        let registration = ListenerRegistration(ClosureListener { _, _ in }, policy: policy)
        try await DispatcherBench.use(registrations: [registration], store: store) { bench in
            let start = bench.clock.now
            let records = await bench.records(7, within: .seconds(1000))
            let minutes = records.map { Int($0.startedAt.duration(since: start) / .seconds(64)) }
            #expect(minutes == [0, 0, 1, 1, 2, 2, 3])
            #expect(store.claims.elements.allSatisfy { $0.limit <= 2 })
        }
    }

    private func lines(_ logs: InMemoryLogHandler, _ level: Logger.Level) -> [String] {
        logs.entries.filter { $0.level == level }.map { "\($0.message)" }
            .filter { $0.contains("listener") }
    }
}
