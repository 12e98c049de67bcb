import Events
import TestKit
import Testing

@testable import Dispatcher

@Suite("Listener queue decisions")
struct ListenerQueueStateTests {
    private let now = Uptime(testMilliseconds: 1_000_000)

    @Test("It claims at the start, for what an earlier process left, then waits for a ring")
    func start() {
        let queue = Queue(concurrency: 3)
        #expect(queue.next(at: now) == .settle(claimingUpTo: 3))
        queue.settled(claimed: 0, at: now)
        #expect(queue.next(at: now) == .wait(until: nil))
    }

    @Test("It claims no more than there are free slots")
    func slots() {
        let queue = Queue(concurrency: 3)
        queue.claim(2, at: now)
        queue.value.committed()
        #expect(queue.next(at: now) == .settle(claimingUpTo: 1))
        queue.settled(claimed: 1, hasMore: true, at: now)
        #expect(queue.value.running == 3)
        #expect(queue.next(at: now) == .wait(until: nil))
        queue.end(1)
        #expect(queue.next(at: now) == .settle(claimingUpTo: 1))
    }

    @Test("It waits until the next dispatch is due, and claims then")
    func nextDue() {
        let queue = Queue(concurrency: 3)
        queue.claim(0, nextDueAt: after(5), at: now)
        #expect(queue.next(at: now) == .wait(until: after(5)))
        #expect(queue.next(at: after(4)) == .wait(until: after(5)))
        #expect(queue.next(at: after(5)) == .settle(claimingUpTo: 3))
    }

    @Test("A retry counts as due at its time, unless something is due before")
    func retry() {
        let queue = Queue(concurrency: 2)
        queue.claim(2, nextDueAt: after(5), at: now)
        queue.finish(nextDueAt: after(9), at: now)
        #expect(queue.next(at: now) == .wait(until: after(5)))
        queue.finish(nextDueAt: after(2), at: now)
        #expect(queue.next(at: now) == .wait(until: after(2)))
    }

    @Test("After an attempt it claims what was behind it in its lane, and nothing if nothing was")
    func lanes() {
        for hasMore in [true, false] {
            let queue = Queue(concurrency: 2)
            queue.claim(1, at: now)
            queue.finish(hasMore: hasMore, at: now)
            #expect(queue.next(at: now) == (hasMore ? .settle(claimingUpTo: 2) : .wait(until: nil)))
        }
    }

    @Test("What has ended during a settling is recorded by the next one, all at once")
    func settlesInBatches() {
        let queue = Queue(concurrency: 4)
        queue.claim(4, at: now)
        queue.end(1)
        #expect(queue.next(at: now) == .settle(claimingUpTo: 0))
        #expect(queue.value.settling.map(\.event) == [1])
        queue.end(2)
        queue.end(3)
        queue.settled(at: now)
        #expect(queue.value.running == 3)
        #expect(queue.next(at: now) == .settle(claimingUpTo: 0))
        #expect(queue.value.settling.map(\.event) == [2, 3])
        queue.settled(at: now)
        #expect(queue.value.running == 1)
        #expect(queue.next(at: now) == .wait(until: nil))
    }

    @Test("The slots of what is recorded are free for what the same settling claims")
    func recordsAndClaims() {
        let queue = Queue(concurrency: 2)
        queue.claim(2, hasMore: true, at: now)
        #expect(queue.next(at: now) == .wait(until: nil))
        queue.end(1)
        #expect(queue.next(at: now) == .settle(claimingUpTo: 1))
        queue.settled(claimed: 1, at: now)
        #expect(queue.value.running == 2)
    }

    @Test("What could not be recorded keeps its slots and is recorded with what has ended since")
    func recordFails() {
        let queue = Queue(concurrency: 3)
        queue.claim(3, at: now)
        queue.end(1)
        _ = queue.next(at: now)
        queue.value.settlingFailed(retryAt: after(1))
        queue.end(2)
        #expect(queue.value.running == 3)
        #expect(queue.next(at: now) == .wait(until: after(1)))
        #expect(queue.next(at: after(1)) == .settle(claimingUpTo: 0))
        #expect(queue.value.settling.map(\.event) == [1, 2])
    }

    @Test("After an interruption a record is tried once more, at once, and then given up")
    func interrupted() {
        let queue = Queue(concurrency: 2)
        queue.claim(2, at: now)
        queue.end(1)
        _ = queue.next(at: now)
        queue.value.settlingFailed(retryAt: after(1))
        queue.end(2)
        queue.value.interrupt()
        #expect(queue.next(at: now) == .settle(claimingUpTo: 0))
        #expect(queue.value.settling.map(\.event) == [1, 2])
        queue.value.settlingFailed(retryAt: after(1))
        #expect(queue.next(at: now) == .end)
    }

    @Test("What a claim leaves is claimed as soon as there is a slot, without a ring")
    func hasMore() {
        let queue = Queue(concurrency: 1)
        queue.claim(1, hasMore: true, at: now)
        #expect(queue.next(at: now) == .wait(until: nil))
        queue.end(1)
        #expect(queue.next(at: now) == .settle(claimingUpTo: 1))
    }

    @Test("A claim that takes nothing and says that there is more is repeated after a short wait")
    func emptyClaim() {
        let later = now.advanced(by: ListenerQueueState.emptyClaimDelay)
        let busy = Queue(concurrency: 1)
        busy.claim(0, hasMore: true, at: now)
        #expect(busy.next(at: now) == .wait(until: later))
        #expect(busy.next(at: later) == .settle(claimingUpTo: 1))
        let wrong = Queue(concurrency: 1)
        wrong.claim(0, nextDueAt: now, at: now)
        #expect(wrong.next(at: now) == .wait(until: later))
        #expect(wrong.next(at: later) == .settle(claimingUpTo: 1))
    }

    @Test("A commit during a claim is not forgotten when the claim comes back")
    func commitDuringClaim() {
        let queue = Queue(concurrency: 2)
        #expect(queue.next(at: now) == .settle(claimingUpTo: 2))
        queue.value.committed()
        queue.settled(claimed: 0, at: now)
        #expect(queue.next(at: now) == .settle(claimingUpTo: 2))
    }

    @Test("A claim that failed is repeated at its time, not before")
    func claimFailed() {
        let queue = Queue(concurrency: 2)
        _ = queue.next(at: now)
        queue.value.settlingFailed(retryAt: after(1))
        queue.value.committed()
        #expect(queue.next(at: now) == .wait(until: after(1)))
        #expect(queue.next(at: after(1)) == .settle(claimingUpTo: 2))
        queue.settled(claimed: 0, at: after(1))
        #expect(queue.next(at: after(1)) == .wait(until: nil))
    }

    @Test("When it drains it claims no more and ends when nothing runs")
    func drain() {
        let queue = Queue(concurrency: 2)
        queue.claim(1, hasMore: true, at: now)
        queue.value.drain()
        queue.value.committed()
        #expect(queue.next(at: now) == .wait(until: nil))
        queue.end(1)
        #expect(queue.next(at: now) == .settle(claimingUpTo: 0))
        queue.settled(at: now)
        #expect(queue.next(at: now) == .end)
    }

    @Test("What is left after an attempt that ends while the queue drains is handed on")
    func handsOn() {
        for (hasMore, nextDueAt) in [(false, nil), (true, nil), (false, after(5))] as [(Bool, Uptime?)] {
            let queue = Queue(concurrency: 1)
            queue.claim(1, at: now)
            queue.value.drain()
            let isHandedOn = queue.finish(hasMore: hasMore, nextDueAt: nextDueAt, at: now)
            #expect(isHandedOn == (hasMore || nextDueAt != nil))
        }
    }

    @Test("A rate bounds what a claim may take, and the rest waits for the next token")
    func rate() {
        let queue = Queue(concurrency: 9, rate: RateLimit(attempts: 3, period: .seconds(64)))
        #expect(queue.next(at: now) == .settle(claimingUpTo: 3))
        queue.settled(claimed: 2, at: now)
        queue.value.committed()
        #expect(queue.next(at: now) == .settle(claimingUpTo: 1))
        queue.settled(claimed: 1, hasMore: true, at: now)
        guard case .wait(let time?) = queue.next(at: now) else {
            Issue.record("it does not wait for a token")
            return
        }
        #expect(time > after(64) && time <= after(65))
        #expect(queue.next(at: time) == .settle(claimingUpTo: 3))
    }

    @Test("A rate does not wake a queue that has nothing to claim")
    func rateWithoutWork() {
        let queue = Queue(concurrency: 9, rate: RateLimit(attempts: 1, period: .seconds(60)))
        queue.claim(1, at: now)
        #expect(queue.next(at: now) == .wait(until: nil))
    }

    @Test("A successor goes on with the pause and the rate of its predecessor, which claims no more")
    func handOver() {
        var policy = ListenerPolicy.standard
        policy.rate = RateLimit(attempts: 2, period: .seconds(60))
        let queue = Queue(policy)
        queue.claim(2, hasMore: true, at: now)
        let pause = ListenerPause(origin: .operator, since: now.time, reason: nil)
        queue.value.paused(pause)
        var changed = policy
        changed.concurrency += 1
        let heir = Queue(queue.value.handOver(to: changed, now: now))
        #expect(queue.value.isDraining && queue.value.isHandedOver && heir.value.pause == pause)
        heir.value.resumed()
        #expect(heir.next(at: now) == .save(nil, ofAnyone: true))
        heir.value.saved()
        guard case .wait(let time?) = heir.next(at: now) else {
            Issue.record("the rate begins anew")
            return
        }
        #expect(time > after(60))
        #expect(heir.next(at: time) == .settle(claimingUpTo: 2))
    }

    @Test("Another rate begins anew")
    func handOverOfAnotherRate() {
        var policy = ListenerPolicy.standard
        policy.rate = RateLimit(attempts: 2, period: .seconds(60))
        let queue = Queue(policy)
        queue.claim(2, at: now)
        policy.rate = RateLimit(attempts: 3, period: .seconds(60))
        let heir = Queue(queue.value.handOver(to: policy, now: now))
        #expect(heir.next(at: now) == .settle(claimingUpTo: 3))
    }

    @Test("Whatever the order of events, nothing that may be claimed waits for ever", arguments: 0..<20)
    func generated(run: Int) {
        var simulation = QueueSimulation(SeededGenerator(printedFor: "listener queue \(run)"))
        for step in 0..<400_000 where simulation.problem == nil {
            // Some go through long pauses; what is to be seen comes in the end.
            if step >= 20_000, simulation.delivered > 10, simulation.handedOver > 10 || simulation.hasRate {
                break
            }
            simulation.step()
        }
        let (delivered, handedOver) = (simulation.delivered, simulation.handedOver)
        simulation.drain()
        #expect(simulation.problem == nil, "seed \(simulation.random.seed)")
        #expect(handedOver > 10 || simulation.hasRate, "seed \(simulation.random.seed)")
        #expect(delivered > 10, "seed \(simulation.random.seed)")
    }

    private func after(_ seconds: Int) -> Uptime { now.advanced(by: .seconds(seconds)) }
}

/// A state that tests can change inside of an expectation.
final class Queue {
    var value: ListenerQueueState

    init(_ value: ListenerQueueState) { self.value = value }

    convenience init(_ policy: ListenerPolicy, pause: ListenerPause? = nil) {
        self.init(ListenerQueueState(policy: policy, pause: pause))
    }

    convenience init(concurrency: Int, rate: RateLimit? = nil) {
        var policy = ListenerPolicy(timeout: .seconds(10), concurrency: concurrency, retry: .standard)
        policy.rate = rate
        self.init(policy)
    }

    func reserve(at time: Uptime) -> Bool { value.reserve(now: time) }

    func next(at time: Uptime) -> ListenerQueueState.Step { value.next(now: time) }

    /// Asks for a claim and answers it.
    func claim(_ count: Int, hasMore: Bool = false, nextDueAt: Uptime? = nil, at time: Uptime) {
        _ = next(at: time)
        settled(claimed: count, hasMore: hasMore, nextDueAt: nextDueAt, at: time)
    }

    @discardableResult
    func settled(
        claimed count: Int = 0,
        hasMore: Bool = false,
        nextDueAt: Uptime? = nil,
        at time: Uptime
    ) -> Bool {
        value.settled(claimed: count, hasMore: hasMore, nextDueAt: nextDueAt, now: time)
    }

    /// An attempt for an event ends.
    func end(_ event: Int64, wasProbe: Bool = false) {
        value.ended(.example(event), wasProbe: wasProbe)
    }

    /// An attempt ends and is recorded by a settling that claims nothing.
    @discardableResult
    func finish(
        wasProbe: Bool = false,
        hasMore: Bool = false,
        nextDueAt: Uptime? = nil,
        at time: Uptime
    ) -> Bool {
        end(1, wasProbe: wasProbe)
        _ = next(at: time)
        return settled(hasMore: hasMore, nextDueAt: nextDueAt, at: time)
    }

    @discardableResult
    func judge(_ verdict: AttemptVerdict, at time: Uptime) -> ListenerHealth.Change {
        value.judged(verdict, at: Moment(time: time.time, uptime: time))
    }
}

extension AttemptVerdict {
    /// The verdict on an attempt that ended so.
    init(_ end: AttemptEnd, now: Uptime) {
        self.init(end, of: .first(of: 1, at: now.time), policy: .standard, now: now.time, random: 0.5)
    }
}

extension AttemptRecord {
    /// A delivered attempt for an event.
    static func example(_ event: Int64) -> AttemptRecord {
        let now = Timestamp(milliseconds: 1_000_000)
        let dispatch = ClaimedDispatch.first(of: event, at: now)
        return AttemptRecord(dispatch, finishedAt: now, outcome: .delivered, error: nil, next: .delivered)
    }
}

extension ClaimedDispatch {
    /// A first attempt for an event.
    static func first(of event: Int64, listener: String = "one", at now: Timestamp) -> ClaimedDispatch {
        ClaimedDispatch(
            event: event,
            listener: listener,
            attempt: 1,
            startedAt: now,
            delivery: event * 10,
            receivedAt: now,
            kind: "push",
            json: EventJSON(EventFactory.populated(.push)).bytes(id: event)
        )
    }
}
