import Dispatcher
import Events
import ListenerKit
import TestKit
import Testing

@Suite("Attempts that wait for room", .timeLimit(.minutes(10)))
struct WaitingForRoomTests {
    /// A runner for which there is room once a gate is open.
    private struct Waiting: AttemptRunner {
        let gate: Gate
        let asked: Journal<Void>
        let begun: Journal<Timestamp>

        func whenReady(_ body: () async throws -> Void) async throws {
            asked.append(())
            await gate.pass()
            try Task.checkCancellation()
            try await body()
        }

        func run(_ attempt: Attempt) async throws { begun.append(attempt.deadline.time) }
    }

    private let gate = Gate()
    private let asked = Journal<Void>()
    private let begun = Journal<Timestamp>()

    private var registration: ListenerRegistration {
        let runner = Waiting(gate: gate, asked: asked, begun: begun)
        let policy = ListenerPolicy(timeout: .seconds(10), concurrency: 1, retry: .standard)
        return ListenerRegistration(
            name: "one",
            kinds: EventKind.allCases,
            runner: .outside(revision: "1") { runner },
            policy: policy
        )
    }

    @Test("The deadline of an attempt begins when there is room for it, however long that takes")
    func deadline() async throws {
        let store = InMemoryStore()
        store.add(1)
        try await DispatcherBench.use(registrations: [registration], store: store) { bench in
            _ = await asked.first(1)
            bench.clock.advance(by: .seconds(3600))
            gate.open()
            #expect(await begun.first(1) == [bench.clock.now.advanced(by: .seconds(10))])
            #expect(await store.records.first(1).map(\.outcome) == [.delivered])
        }
    }

    @Test("An attempt that still waits for room when the daemon stops is interrupted like any other")
    func interrupted() async throws {
        let store = InMemoryStore()
        store.add(1)
        try await DispatcherBench.use(registrations: [registration], store: store) { bench in
            _ = await asked.first(1)
            bench.dispatcher.drain()
            #expect(await bench.clock.sleeper(for: DispatcherBench.drainTime))
            bench.clock.advance(by: DispatcherBench.drainTime)
            #expect(await store.records.first(1).map(\.outcome) == [.interrupted])
            gate.open()
            _ = await bench.ended.first(1)
        }
        #expect(begun.elements.isEmpty)
    }

    @Test("A program that the system has no room for is no attempt: it is made again, and none is lost")
    func noRoom() async throws {
        let store = InMemoryStore()
        store.add(1)
        let attempts = Journal<Int>()
        let runner = ClosureRunner { attempt in
            attempts.append(attempt.dispatch.attempt)
            if attempts.elements.count == 1 { throw AttemptFailure.noRoom("too many open files") }
        }
        try await DispatcherBench.use(registrations: [ListenerRegistration(runner)], store: store) { _ in
            let records = await store.records.first(2)
            #expect(records.map(\.outcome) == [.interrupted, .delivered])
            #expect(records.first?.error == "too many open files")
        }
    }
}
