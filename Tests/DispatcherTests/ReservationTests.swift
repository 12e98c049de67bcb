import Events
import TestKit
import Testing

@testable import Dispatcher

@Suite("Slots that are reserved")
struct ReservationTests {
    private let now = Uptime(testMilliseconds: 1_000_000)

    @Test("With nothing that waits, slots are reserved until none is free")
    func reserves() {
        let queue = idleQueue(concurrency: 2)
        #expect(queue.reserve(at: now) && queue.reserve(at: now))
        queue.value.begun(now: now)
        queue.end(1)
        #expect(queue.next(at: now) == .settle(claimingUpTo: 0))
        #expect(!queue.reserve(at: now), "it is not recorded yet")
        #expect(queue.value.running == 2)
        queue.value.committed()
        queue.settled(at: now)
        #expect(queue.next(at: now) == .settle(claimingUpTo: 1))
        queue.settled(at: now)
        #expect(queue.reserve(at: now))
    }

    @Test("A settling that claims nothing keeps no newcomer waiting")
    func reservesDuringSettling() {
        let queue = idleQueue(concurrency: 3)
        queue.value.committed()
        queue.claim(1, at: now)
        queue.end(1)
        #expect(queue.next(at: now) == .settle(claimingUpTo: 0))
        #expect(queue.reserve(at: now))
        queue.settled(at: now)
        #expect(queue.value.running == 1)
    }

    @Test("A newcomer passes nothing that waits, or may wait")
    func reservesNothing() {
        let atStart = Queue(concurrency: 2)
        #expect(!atStart.reserve(at: now))
        _ = atStart.next(at: now)
        #expect(!atStart.reserve(at: now), "a claim is under way")
        atStart.settled(claimed: 1, hasMore: true, at: now)
        #expect(!atStart.reserve(at: now), "the claim has left something")
        let committed = idleQueue(concurrency: 2)
        committed.value.committed()
        #expect(!committed.reserve(at: now))
        let due = Queue(concurrency: 2)
        due.claim(0, nextDueAt: after(5), at: now)
        #expect(due.reserve(at: after(4)))
        #expect(!due.reserve(at: after(5)))
    }

    @Test("What was refused a slot is claimed, and newcomers that find another one do not wait for that")
    func reservesBesideClaim() {
        let queue = idleQueue(concurrency: 4)
        for _ in 0..<4 { #expect(queue.reserve(at: now)) }
        #expect(!queue.reserve(at: now))
        queue.value.committed()
        for event in 1...3 {
            queue.value.begun(now: now)
            queue.end(Int64(event))
        }
        #expect(queue.next(at: now) == .settle(claimingUpTo: 1))
        #expect(!queue.reserve(at: now), "three are not recorded, and one is for the claim")
        queue.value.committed()
        queue.settled(claimed: 1, at: now)
        #expect(queue.value.running == 2)
        #expect(queue.reserve(at: now), "one is for the second that was refused, one is free")
        #expect(!queue.reserve(at: now))
        #expect(queue.next(at: now) == .settle(claimingUpTo: 1))
        queue.settled(claimed: 1, hasMore: true, at: now)
        queue.end(4)
        #expect(queue.next(at: now) == .settle(claimingUpTo: 1), "all that is free, with more than is known")
    }

    @Test("A queue that is paused, probes or drains reserves nothing")
    func reservesNoMore() {
        let paused = idleQueue(concurrency: 2)
        paused.value.paused(ListenerPause(origin: .operator, since: now.time, reason: nil))
        #expect(!paused.reserve(at: now))
        let broken = Queue(.standard, pause: ListenerPause(origin: .breaker, since: now.time, reason: nil))
        #expect(broken.next(at: now) == .probe)
        broken.settled(claimed: 1, at: now)
        #expect(!broken.reserve(at: now))
        let draining = idleQueue(concurrency: 2)
        draining.value.drain()
        #expect(!draining.reserve(at: now))
        let replaced = idleQueue(concurrency: 2)
        _ = replaced.value.handOver(to: .standard, now: now)
        #expect(!replaced.reserve(at: now))
    }

    @Test("What is reserved holds up the end until it has begun and ended, or is cancelled")
    func endsAfterReserved() {
        let queue = idleQueue(concurrency: 2)
        #expect(queue.reserve(at: now) && queue.reserve(at: now))
        queue.value.drain()
        #expect(queue.next(at: now) == .wait(until: nil))
        queue.value.cancelled()
        #expect(queue.next(at: now) == .wait(until: nil))
        queue.value.begun(now: now)
        queue.finish(at: now)
        #expect(queue.next(at: now) == .end)
    }

    @Test("What is cancelled gives its slot and its token back, and is followed by a claim")
    func cancels() {
        let queue = idleQueue(concurrency: 1, rate: RateLimit(attempts: 1, period: .seconds(60)))
        #expect(queue.reserve(at: now))
        queue.value.cancelled()
        #expect(queue.value.running == 0)
        #expect(queue.next(at: now) == .settle(claimingUpTo: 1))
        queue.settled(at: now)
        #expect(queue.reserve(at: now))
    }

    @Test("A slot is reserved only with a token of the rate, which is away from the attempt's begin on")
    func reservesWithinRate() {
        let queue = idleQueue(concurrency: 9, rate: RateLimit(attempts: 2, period: .seconds(60)))
        #expect(queue.reserve(at: now) && queue.reserve(at: now))
        #expect(!queue.reserve(at: now))
        queue.value.committed()
        #expect(queue.next(at: now) == .wait(until: nil), "it depends on what is reserved")
        queue.value.begun(now: after(10))
        guard case .wait(let time?) = queue.next(at: after(10)) else {
            Issue.record("it does not wait for a token")
            return
        }
        #expect(time > after(70))
        #expect(queue.next(at: time) == .settle(claimingUpTo: 1))
    }

    /// A queue whose first claim has found nothing.
    private func idleQueue(concurrency: Int, rate: RateLimit? = nil) -> Queue {
        let queue = Queue(concurrency: concurrency, rate: rate)
        queue.claim(0, at: now)
        return queue
    }

    private func after(_ seconds: Int) -> Uptime { now.advanced(by: .seconds(seconds)) }
}
