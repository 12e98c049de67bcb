import Events
import TestKit
import Testing

@testable import Dispatcher

@Suite("Listener queue decisions")
struct ListenerQueueStateTests {
    private let now = Timestamp(milliseconds: 1_000_000)

    @Test("It claims at the start, for what an earlier process left, then waits for a ring")
    func start() {
        let queue = Queue(concurrency: 3)
        #expect(queue.next(at: now) == .claim(limit: 3))
        queue.claimed(0, at: now)
        #expect(queue.next(at: now) == .wait(until: nil))
    }

    @Test("It claims no more than there are free slots")
    func slots() {
        let queue = Queue(concurrency: 3)
        queue.claim(2, at: now)
        queue.value.committed()
        #expect(queue.next(at: now) == .claim(limit: 1))
        queue.claimed(1, hasMore: true, at: now)
        #expect(queue.value.running == 3)
        #expect(queue.next(at: now) == .wait(until: nil))
        queue.finish()
        #expect(queue.next(at: now) == .claim(limit: 1))
    }

    @Test("It waits until the next dispatch is due, and claims then")
    func nextDue() {
        let queue = Queue(concurrency: 3)
        queue.claim(0, nextDueAt: after(5), at: now)
        #expect(queue.next(at: now) == .wait(until: after(5)))
        #expect(queue.next(at: after(4)) == .wait(until: after(5)))
        #expect(queue.next(at: after(5)) == .claim(limit: 3))
    }

    @Test("A retry counts as due at its time, unless something is due before")
    func retry() {
        let queue = Queue(concurrency: 2, ordering: .none)
        queue.claim(2, nextDueAt: after(5), at: now)
        queue.finish(nextAttemptAt: after(9))
        #expect(queue.next(at: now) == .wait(until: after(5)))
        queue.finish(nextAttemptAt: after(2))
        #expect(queue.next(at: now) == .wait(until: after(2)))
    }

    @Test("After an attempt it looks for what was behind it in its lane, if there are lanes")
    func lanes() {
        for ordering in LaneOrdering.allCases {
            let queue = Queue(concurrency: 2, ordering: ordering)
            queue.claim(1, at: now)
            queue.finish()
            #expect(queue.next(at: now) == (ordering == .none ? .wait(until: nil) : .claim(limit: 2)))
        }
    }

    @Test("What a claim leaves is claimed as soon as there is a slot, without a ring")
    func hasMore() {
        let queue = Queue(concurrency: 1, ordering: .none)
        queue.claim(1, hasMore: true, at: now)
        #expect(queue.next(at: now) == .wait(until: nil))
        queue.finish()
        #expect(queue.next(at: now) == .claim(limit: 1))
    }

    @Test("A claim that takes nothing and says that there is more is repeated after a short wait")
    func emptyClaim() {
        let later = now.advanced(by: ListenerQueueState.emptyClaimDelay)
        let busy = Queue(concurrency: 1)
        busy.claim(0, hasMore: true, at: now)
        #expect(busy.next(at: now) == .wait(until: later))
        #expect(busy.next(at: later) == .claim(limit: 1))
        let wrong = Queue(concurrency: 1)
        wrong.claim(0, nextDueAt: now, at: now)
        #expect(wrong.next(at: now) == .wait(until: later))
        #expect(wrong.next(at: later) == .claim(limit: 1))
    }

    @Test("A commit during a claim is not forgotten when the claim comes back")
    func commitDuringClaim() {
        let queue = Queue(concurrency: 2)
        #expect(queue.next(at: now) == .claim(limit: 2))
        queue.value.committed()
        queue.claimed(0, at: now)
        #expect(queue.next(at: now) == .claim(limit: 2))
    }

    @Test("A retry that is recorded during a claim is not forgotten when the claim comes back")
    func retryDuringClaim() {
        let queue = Queue(concurrency: 2, ordering: .none)
        queue.claim(1, at: now)
        queue.value.committed()
        #expect(queue.next(at: now) == .claim(limit: 1))
        // The store has done the claim first, so the claim does not know of the retry.
        queue.finish(nextAttemptAt: after(5))
        queue.claimed(0, at: now)
        #expect(queue.next(at: now) == .wait(until: after(5)))
    }

    @Test("A claim that failed is repeated at its time, not before")
    func claimFailed() {
        let queue = Queue(concurrency: 2)
        _ = queue.next(at: now)
        queue.value.claimFailed(retryAt: after(1))
        queue.value.committed()
        #expect(queue.next(at: now) == .wait(until: after(1)))
        #expect(queue.next(at: after(1)) == .claim(limit: 2))
        queue.claimed(0, at: after(1))
        #expect(queue.next(at: after(1)) == .wait(until: nil))
    }

    @Test("When it drains it claims no more and ends when nothing runs")
    func drain() {
        let queue = Queue(concurrency: 2)
        queue.claim(1, hasMore: true, at: now)
        queue.value.drain()
        queue.value.committed()
        #expect(queue.next(at: now) == .wait(until: nil))
        #expect(queue.finish(nextAttemptAt: now))
        #expect(queue.next(at: now) == .end)
    }

    @Test("What ends while the queue drains is handed on, if something can follow from it")
    func handsOn() {
        for (ordering, isRetried) in [(LaneOrdering.none, false), (.none, true), (.subject, false)] {
            let queue = Queue(concurrency: 1, ordering: ordering)
            queue.claim(1, at: now)
            queue.value.drain()
            let isHandedOn = queue.finish(nextAttemptAt: isRetried ? after(5) : nil)
            #expect(isHandedOn == (isRetried || ordering == .subject))
        }
    }

    @Test("A rate bounds what a claim may take, and the rest waits for the next token")
    func rate() {
        let queue = Queue(concurrency: 9, ordering: .none, rate: RateLimit(attempts: 3, period: .seconds(64)))
        #expect(queue.next(at: now) == .claim(limit: 3))
        queue.claimed(2, at: now)
        queue.value.committed()
        #expect(queue.next(at: now) == .claim(limit: 1))
        queue.claimed(1, hasMore: true, at: now)
        guard case .wait(let time?) = queue.next(at: now) else {
            Issue.record("it does not wait for a token")
            return
        }
        #expect(time > after(64) && time <= after(65))
        #expect(queue.next(at: time) == .claim(limit: 3))
    }

    @Test("A rate does not wake a queue that has nothing to claim")
    func rateWithoutWork() {
        let queue = Queue(concurrency: 9, ordering: .none, rate: RateLimit(attempts: 1, period: .seconds(60)))
        queue.claim(1, at: now)
        #expect(queue.next(at: now) == .wait(until: nil))
    }

    @Test("A successor goes on with the pause and the rate of its predecessor, which claims no more")
    func handOver() {
        var policy = ListenerPolicy.standard
        policy.rate = RateLimit(attempts: 2, period: .seconds(60))
        let queue = Queue(policy)
        queue.claim(2, hasMore: true, at: now)
        let pause = ListenerPause(origin: .operator, since: now, reason: nil)
        queue.value.paused(pause)
        var changed = policy
        changed.concurrency += 1
        let heir = Queue(queue.value.handOver(to: changed))
        #expect(queue.value.isDraining && queue.value.isHandedOver && heir.value.pause == pause)
        heir.value.resumed()
        #expect(heir.next(at: now) == .save(nil, ofAnyone: true))
        heir.value.saved()
        guard case .wait(let time?) = heir.next(at: now) else {
            Issue.record("the rate begins anew")
            return
        }
        #expect(time > after(60))
        #expect(heir.next(at: time) == .claim(limit: 2))
    }

    @Test("Another rate begins anew")
    func handOverOfAnotherRate() {
        var policy = ListenerPolicy.standard
        policy.rate = RateLimit(attempts: 2, period: .seconds(60))
        let queue = Queue(policy)
        queue.claim(2, at: now)
        policy.rate = RateLimit(attempts: 3, period: .seconds(60))
        let heir = Queue(queue.value.handOver(to: policy))
        #expect(heir.next(at: now) == .claim(limit: 3))
    }

    @Test("Whatever the order of events, nothing that may be claimed waits for ever", arguments: 0..<20)
    func generated(run: Int) {
        var simulation = QueueSimulation(SeededGenerator(printedFor: "listener queue \(run)"))
        for _ in 0..<20_000 where simulation.problem == nil { simulation.step() }
        let delivered = simulation.delivered
        simulation.drain()
        #expect(simulation.problem == nil, "seed \(simulation.random.seed)")
        #expect(delivered > 10, "seed \(simulation.random.seed)")
    }

    private func after(_ seconds: Int) -> Timestamp { now.advanced(by: .seconds(seconds)) }
}

/// A state that tests can change inside of an expectation.
final class Queue {
    var value: ListenerQueueState

    init(_ value: ListenerQueueState) { self.value = value }

    convenience init(_ policy: ListenerPolicy, pause: ListenerPause? = nil) {
        self.init(ListenerQueueState(policy: policy, pause: pause))
    }

    convenience init(concurrency: Int, ordering: LaneOrdering = .subject, rate: RateLimit? = nil) {
        var policy = ListenerPolicy(timeout: .seconds(10), concurrency: concurrency, retry: .standard)
        policy.ordering = ordering
        policy.rate = rate
        self.init(policy)
    }

    func next(at time: Timestamp) -> ListenerQueueState.Step { value.next(now: time) }

    /// Asks for a claim and answers it.
    func claim(_ count: Int, hasMore: Bool = false, nextDueAt: Timestamp? = nil, at time: Timestamp) {
        _ = next(at: time)
        claimed(count, hasMore: hasMore, nextDueAt: nextDueAt, at: time)
    }

    func claimed(_ count: Int, hasMore: Bool = false, nextDueAt: Timestamp? = nil, at time: Timestamp) {
        value.claimed(count, hasMore: hasMore, nextDueAt: nextDueAt, now: time)
    }

    @discardableResult
    func finish(nextAttemptAt: Timestamp? = nil, wasProbe: Bool = false) -> Bool {
        value.finished(nextAttemptAt: nextAttemptAt, wasProbe: wasProbe)
    }

    @discardableResult
    func end(_ verdict: AttemptVerdict, at time: Timestamp) -> ListenerHealth.Change {
        value.ended(verdict, now: time)
    }
}

extension AttemptVerdict {
    /// The verdict on an attempt that ended so.
    init(_ end: AttemptEnd, now: Timestamp) {
        let dispatch = ClaimedDispatch(
            event: 1,
            listener: "one",
            attempt: 1,
            startedAt: now,
            delivery: 1,
            receivedAt: now,
            kind: "push",
            json: []
        )
        self.init(end, of: dispatch, policy: .standard, now: now, random: 0.5)
    }
}
