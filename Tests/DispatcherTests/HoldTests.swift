import Events
import InMemoryLogging
import Logging
import TestKit
import Testing

@testable import Dispatcher

@Suite("Listeners whose endpoint asks for time", .timeLimit(.minutes(10)))
struct HoldTests {
    private let now = Uptime(testMilliseconds: 1_000_000)

    // MARK: Decisions

    @Test("A hold ends when the endpoint said, within the policy's longest wait; the last attempt's, too")
    func verdict() {
        var policy = ListenerPolicy.standard
        policy.retry.max = .seconds(600)
        let cases: [(asked: Int, attempt: Int, held: Int, isDead: Bool)] = [
            (60, 1, 60, false), (6000, 1, 600, false), (60, 18, 60, true),
        ]
        for (asked, attempt, held, isDead) in cases {
            var dispatch = ClaimedDispatch.first(of: 1, at: now.time)
            dispatch.attempt = attempt
            let end = AttemptEnd.threw(AttemptFailure.busy(for: .seconds(asked), reason: "429"))
            let verdict = AttemptVerdict(end, of: dispatch, policy: policy, now: now.time, random: 0.5)
            #expect(verdict.outcome == .failed && verdict.error == "429")
            #expect(verdict.hold == .seconds(held))
            #expect(verdict.next == (isDead ? .dead(.exhausted) : .pending(at: after(held).time)))
        }
    }

    @Test("While it is held a listener has no claim and takes no newcomer; then it has both")
    func held() {
        let queue = Queue(.standard)
        queue.claim(1, at: now)
        #expect(busy(queue, 60, at: now) == .held(until: after(60).time))
        #expect(queue.next(at: now) == .hold(until: after(60)))
        queue.value.saved()
        #expect(!queue.reserve(at: after(59)))
        queue.value.committed()
        #expect(queue.next(at: after(59)) == .wait(until: after(60)))
        #expect(queue.next(at: after(60)) == .settle(claimingUpTo: 1))
    }

    @Test("What else was in flight lengthens a hold, never shortens it, and is told once")
    func lengthened() {
        let queue = Queue(.standard)
        #expect(busy(queue, 60, at: now) == .held(until: after(60).time))
        #expect(busy(queue, 30, at: after(1)) == .none)
        #expect(queue.judge(AttemptVerdict(.returned, now: now), at: after(1)) == .none)
        #expect(busy(queue, 90, at: after(2)) == .none)
        #expect(queue.next(at: after(2)) == .hold(until: after(92)))
        queue.value.saved()
        #expect(busy(queue, 60, at: after(92)) == .held(until: after(152).time))
    }

    @Test("A resume ends the hold, and is written once more over what was being kept meanwhile")
    func resumed() {
        let queue = Queue(.standard)
        busy(queue, 60, at: now)
        #expect(queue.next(at: now) == .hold(until: after(60)))
        queue.value.resumed()
        queue.value.saveFailed(retryAt: after(1))
        #expect(queue.next(at: after(1)) == .save(nil, ofAnyone: true))
        queue.value.saved()
        #expect(queue.next(at: after(1)) == .settle(claimingUpTo: 4))
    }

    @Test("The breaker probes a listener that is held only when the hold is over")
    func probe() {
        var policy = ListenerPolicy.standard
        policy.breaker.failures = 1
        policy.breaker.period = .zero
        policy.breaker.probe = .seconds(10)
        let queue = Queue(policy)
        busy(queue, 60, at: now)
        #expect(queue.next(at: now) == .save(queue.value.pause, ofAnyone: false))
        queue.value.saved()
        #expect(queue.next(at: now) == .hold(until: after(60)))
        queue.value.saved()
        #expect(queue.next(at: after(59)) == .wait(until: after(60)))
        #expect(queue.next(at: after(60)) == .probe)
    }

    @Test("A hold goes over to who runs the listener next, kept or not")
    func handOver() {
        let queue = Queue(.standard)
        busy(queue, 60, at: now)
        #expect(queue.next(at: now) == .hold(until: after(60)))
        let heir = Queue(queue.value.handOver(to: .standard, now: now))
        queue.value.saveFailed(retryAt: after(1))
        #expect(queue.next(at: after(1)) == .end)
        #expect(heir.next(at: after(1)) == .hold(until: after(60)))
        heir.value.saved()
        #expect(heir.next(at: after(1)) == .wait(until: after(60)))
    }

    // MARK: In a dispatcher

    @Test("After one answer that asks for time nothing but what was in flight is posted")
    func nothingMoreIsPosted() async throws {
        let logs = InMemoryLogHandler()
        let store = InMemoryStore()
        for event in 1...40 { store.add(Int64(event)) }
        let (started, gate, refusals) = (Journal<Int64>(), Gate(), Refusals(4))
        let runner = ClosureRunner { attempt in
            started.append(attempt.dispatch.event)
            guard refusals.next() else { return }
            await gate.pass()
            throw AttemptFailure.busy(for: .seconds(60), reason: "429 Too Many Requests")
        }
        try await DispatcherBench.use(
            registrations: [ListenerRegistration(runner)],
            store: store,
            logger: Logger(label: "test") { _ in logs }
        ) { bench in
            _ = await started.first(4)
            gate.open()
            let failed = await store.records.first(4)
            #expect(failed.allSatisfy { $0.outcome == .failed && $0.attempt == 1 })
            let end = try #require(failed.map(\.finishedAt).min()).advanced(by: .seconds(60))
            #expect(failed.allSatisfy { $0.next == .pending(at: end) })
            #expect(await store.holds.first(1) == [end])
            let records = await bench.records(44, within: .seconds(61))
            #expect(records.count == 44)
            #expect(records.dropFirst(4).allSatisfy { $0.outcome == .delivered && $0.startedAt >= end })
            #expect(store.claims.elements.filter { $0.time < end }.flatMap(\.events).count == 4)
        }
        let lines = logs.entries.filter { "\($0.message)".hasPrefix("An endpoint asks for time") }
        #expect(lines.count == 1)
        #expect(lines.first?.metadata["listener.name"] == "one")
    }

    @Test("A hold of an earlier process counts, but no longer than the policy's longest wait from now")
    func afterRestart() async throws {
        for (asked, expected) in [(60, 60), (1_000_000_000, 36_000)] {
            let store = InMemoryStore()
            store.add(1)
            store.add(1, for: "other")
            var registration = ListenerRegistration(ClosureListener { _, _ in })
            registration.heldUntil = ManualClock().now.advanced(by: .seconds(asked))
            let other = ListenerRegistration(ClosureListener("other") { _, _ in })
            try await DispatcherBench.use(registrations: [registration, other], store: store) { bench in
                let start = bench.clock.now
                #expect(await store.records.first(1).map(\.listener) == ["other"])
                let records = await bench.records(2, within: .seconds(expected + 1))
                #expect(records.last?.startedAt == start.advanced(by: .seconds(expected)))
            }
        }
    }

    @Test("A hold that the store refuses is kept later; a resume of an operator ends it at once")
    func refusedAndResumed() async throws {
        let store = InMemoryStore()
        store.add(1)
        store.fail(pauses: 2)
        let refusals = Refusals(1)
        let runner = ClosureRunner { _ in
            if refusals.next() { throw AttemptFailure.busy(for: .seconds(3600), reason: "429") }
        }
        try await DispatcherBench.use(registrations: [ListenerRegistration(runner)], store: store) { bench in
            _ = await store.records.first(1)
            let holds = await bench.clock.passTime(upTo: .seconds(10)) { await store.holds.first(1) }
            #expect(holds.count == 1)
            store.add(2)
            bench.dispatcher.committed(listeners: ["one"])
            bench.dispatcher.resume("one")
            #expect(await store.records.first(2).map(\.event) == [1, 2])
        }
    }

    // MARK: Support

    @discardableResult
    private func busy(_ queue: Queue, _ seconds: Int, at time: Uptime) -> ListenerHealth.Change {
        let end = AttemptEnd.threw(AttemptFailure.busy(for: .seconds(seconds), reason: "429"))
        return queue.judge(AttemptVerdict(end, now: time), at: time)
    }

    private func after(_ seconds: Int) -> Uptime { now.advanced(by: .seconds(seconds)) }
}
