import Events
import ListenerKit
import TestKit
import Testing

@testable import Dispatcher

@Suite("Pauses and the breaker")
struct ListenerHealthTests {
    private static let failure = AttemptEnd.threw(Refusal(reason: "no route"))

    private let now = Uptime(testMilliseconds: 1_000_000)
    /// Three failures over ten seconds, a probe a minute.
    private var policy: ListenerPolicy {
        var policy = ListenerPolicy.standard
        policy.breaker.failures = 3
        policy.breaker.period = .seconds(10)
        policy.breaker.probe = .seconds(60)
        return policy
    }

    // MARK: The breaker

    @Test(
        "The breaker opens after enough failures in a row that have gone on for long enough",
        arguments: [
            ([0, 5, 10], true), ([0, 10], false), ([0, 1, 2], false), ([0, 1, 2, 9], false),
            ([0, 1, 2, 10], true), ([0, 100, 100], true),
        ]
    )
    func opens(seconds: [Int], isOpen: Bool) {
        let queue = Queue(policy)
        let changes = seconds.map { queue.judge(verdict(Self.failure), at: after($0)) }
        #expect(changes.dropLast().allSatisfy { $0 == .none })
        #expect((changes.last != ListenerHealth.Change.none) == isOpen)
        #expect(queue.value.pause?.origin == (isOpen ? .breaker : nil))
    }

    @Test("Failures, missed deadlines and crashes count; a success begins anew; nothing else counts")
    func counts() {
        let ends: [(AttemptEnd, Bool)] = [
            (Self.failure, true), (.timedOut, true), (.threw(AttemptFailure.crashed("signal 9")), true),
            (.threw(AttemptFailure.crashedAlone("signal 11")), true),
            (.threw(ListenerError.retry(after: .zero, reason: "busy")), true), (.returned, false),
            (.interrupted, false), (.threw(ListenerError.permanent("no")), false),
        ]
        for (end, isCounted) in ends {
            let queue = Queue(policy)
            queue.judge(verdict(Self.failure), at: now)
            queue.judge(verdict(Self.failure), at: after(5))
            queue.judge(verdict(end), at: after(10))
            #expect((queue.value.pause != nil) == isCounted, "\(end)")
            queue.judge(verdict(Self.failure), at: after(11))
            #expect((queue.value.pause == nil) == (verdict(end).outcome == .delivered), "\(end)")
        }
    }

    @Test("The reason tells how many failed, since when, and the last error, within a bound")
    func reason() throws {
        let queue = Queue(policy)
        open(queue)
        let reason = try #require(queue.value.pause?.reason)
        #expect(reason == "3 attempts in a row have failed since \(now.time); the last: no route")
        #expect(queue.value.pause?.since == after(10).time)
        let long = Queue(policy)
        let error = Refusal(reason: String(repeating: "x", count: 5000))
        for second in [0, 5, 10] { long.judge(verdict(.threw(error)), at: after(second)) }
        let cut = try #require(long.value.pause?.reason)
        #expect(cut.utf8.count <= AttemptVerdict.errorBytesMax + 16)
    }

    @Test("A clock that is set neither opens the breaker nor keeps it closed", arguments: [-3600, 3600])
    func clockIsSet(step: Int) {
        let queue = Queue(policy)
        queue.judge(verdict(Self.failure), at: now)
        for (second, isOpen) in [(1, false), (2, false), (10, true)] {
            let time = after(second + step).time
            _ = queue.value.judged(verdict(Self.failure), at: Moment(time: time, uptime: after(second)))
            #expect((queue.value.pause?.since == time) == isOpen)
        }
        _ = queue.next(at: after(10))
        queue.value.saved()
        #expect(queue.next(at: after(10)) == .wait(until: after(70)))
    }

    @Test("While the breaker is open there is a probe a minute, one at a time")
    func probes() {
        let queue = Queue(policy)
        openAndSave(queue)
        #expect(queue.next(at: after(10)) == .wait(until: after(70)))
        #expect(queue.next(at: after(70)) == .probe)
        queue.settled(claimed: 1, hasMore: true, at: after(70))
        #expect(queue.next(at: after(500)) == .wait(until: nil))
        queue.judge(verdict(Self.failure), at: after(500))
        queue.finish(wasProbe: true, at: after(500))
        #expect(queue.value.pause?.origin == .breaker)
        #expect(queue.next(at: after(500)) == .probe)
        queue.settled(claimed: 1, hasMore: true, at: after(500))
        queue.finish(wasProbe: true, at: after(501))
        #expect(queue.next(at: after(501)) == .wait(until: after(560)))
    }

    @Test("A probe that finds nothing or cannot be claimed does not stand in the way of the next")
    func probeWithoutDispatch() {
        let queue = Queue(policy)
        openAndSave(queue)
        #expect(queue.next(at: after(70)) == .probe)
        queue.settled(claimed: 0, at: after(70))
        queue.value.committed()
        #expect(queue.next(at: after(71)) == .wait(until: after(130)))
        #expect(queue.next(at: after(130)) == .probe)
        queue.value.settlingFailed(retryAt: after(131))
        #expect(queue.next(at: after(131)) == .wait(until: after(190)))
        #expect(queue.next(at: after(190)) == .probe)
    }

    @Test("With nothing to do, an open breaker wakes nobody")
    func noProbeWithoutWork() {
        let queue = Queue(policy)
        openAndSave(queue)
        _ = queue.next(at: after(70))
        queue.settled(claimed: 0, at: after(70))
        #expect(queue.next(at: after(70)) == .wait(until: nil))
    }

    @Test("The first success resumes, be it of a probe or of an attempt that was still under way")
    func closes() {
        for isProbe in [false, true] {
            let queue = Queue(policy)
            queue.claim(4, hasMore: true, at: now)
            openAndSave(queue)
            if isProbe {
                queue.finish(at: after(69))
                #expect(queue.next(at: after(70)) == .probe)
                queue.settled(claimed: 1, at: after(70))
            }
            #expect(queue.judge(verdict(.returned), at: after(70)) == .resumed)
            queue.end(1, wasProbe: isProbe)
            #expect(queue.value.pause == nil)
            #expect(queue.next(at: after(70)) == .save(nil, ofAnyone: false))
            queue.value.saved()
            queue.value.committed()
            #expect(queue.next(at: after(70)) == .settle(claimingUpTo: 1))
        }
    }

    @Test("After a success the breaker counts anew")
    func countsAnew() {
        let queue = Queue(policy)
        openAndSave(queue)
        queue.judge(verdict(.returned), at: after(70))
        #expect(queue.judge(verdict(Self.failure), at: after(71)) == .none)
        #expect(queue.judge(verdict(Self.failure), at: after(90)) == .none)
        #expect(queue.judge(verdict(Self.failure), at: after(91)) != .none)
    }

    @Test("After a restart a breaker that was open goes on probing, at once")
    func restart() {
        let queue = Queue(policy, pause: pause(.breaker))
        #expect(queue.next(at: now) == .probe)
        queue.settled(claimed: 1, hasMore: true, at: now)
        queue.judge(verdict(Self.failure), at: now)
        queue.finish(wasProbe: true, at: now)
        #expect(queue.next(at: now) == .wait(until: after(60)))
    }

    // MARK: Operators and endpoints

    @Test("An operator's or an endpoint's pause has no probes, and commits are remembered")
    func noProbes() {
        for origin in [PauseOrigin.operator, .endpoint] {
            let queue = Queue(policy, pause: pause(origin))
            queue.value.committed()
            #expect(queue.next(at: after(1_000_000)) == .wait(until: nil))
            queue.value.resumed()
            saveNext(queue, nil, at: after(1_000_000))
            #expect(queue.next(at: after(1_000_000)) == .settle(claimingUpTo: 4))
        }
    }

    @Test("An operator's pause over the breaker's stays until the operator resumes")
    func operatorWins() {
        let queue = Queue(policy)
        openAndSave(queue)
        queue.value.paused(pause(.operator))
        #expect(queue.value.pause?.origin == .operator)
        #expect(queue.judge(verdict(.returned), at: after(20)) == .none)
        #expect(queue.judge(verdict(.threw(AttemptFailure.unwanted("410 Gone"))), at: after(20)) == .none)
        #expect(queue.value.pause?.origin == .operator)
        saveNext(queue, .operator, at: after(1000))
        #expect(queue.next(at: after(1000)) == .wait(until: nil))
        queue.value.resumed()
        saveNext(queue, nil, at: after(1000))
        #expect(queue.next(at: after(1000)) == .settle(claimingUpTo: 4))
    }

    @Test("An operator who resumes clears what the breaker has counted")
    func operatorResumes() {
        let queue = Queue(policy)
        openAndSave(queue)
        queue.value.resumed()
        saveNext(queue, nil, at: after(11))
        #expect(queue.next(at: after(11)) == .settle(claimingUpTo: 4))
        queue.judge(verdict(Self.failure), at: after(20))
        queue.judge(verdict(Self.failure), at: after(30))
        #expect(queue.value.pause == nil)
    }

    @Test("What the receiver does not want pauses the listener, over a breaker's pause, too")
    func unwanted() {
        let queue = Queue(policy, pause: pause(.breaker))
        let expected = ListenerPause(origin: .endpoint, since: after(5).time, reason: "410 Gone")
        let end = AttemptEnd.threw(AttemptFailure.unwanted("410 Gone"))
        #expect(queue.judge(verdict(end), at: after(5)) == .paused(expected))
        #expect(queue.judge(verdict(end), at: after(6)) == .none)
        #expect(queue.judge(verdict(.returned), at: after(7)) == .none)
        #expect(queue.value.pause == expected)
    }

    @Test("An interruption by the daemon's end is no word of the receiver's")
    func interrupted() {
        let queue = Queue(policy)
        #expect(queue.judge(verdict(.interrupted), at: now) == .none)
        #expect(queue.value.pause == nil)
    }

    // MARK: Saving

    @Test("A pause that cannot be kept holds all the same, and is tried again at its time")
    func saveFails() {
        let queue = Queue(policy)
        open(queue)
        #expect(queue.next(at: after(10)) == .save(queue.value.pause, ofAnyone: false))
        queue.value.saveFailed(retryAt: after(11))
        #expect(queue.next(at: after(10)) == .wait(until: after(11)))
        #expect(queue.next(at: after(11)) == .save(queue.value.pause, ofAnyone: false))
        queue.value.saved()
        #expect(queue.next(at: after(11)) == .wait(until: after(70)))
    }

    @Test("What is decided while something else is saved is saved after it")
    func changedWhileSaving() {
        let queue = Queue(policy)
        open(queue)
        #expect(queue.next(at: after(10)) == .save(queue.value.pause, ofAnyone: false))
        queue.judge(verdict(.returned), at: after(11))
        queue.value.saved()
        saveNext(queue, nil, at: after(11))
        #expect(queue.next(at: after(11)) == .settle(claimingUpTo: 4))
    }

    @Test("An operator's word is written once more, as something may have been written over it")
    func operatorIsSaved() {
        for isSaving in [false, true] {
            for isResumed in [false, true] {
                let queue = Queue(policy)
                queue.claim(1, at: now)
                open(queue)
                if isSaving { _ = queue.next(at: after(10)) }
                if isResumed { queue.value.resumed() } else { queue.value.paused(pause(.operator)) }
                if isSaving { queue.value.saved() }
                saveNext(queue, isResumed ? nil : .operator, at: after(10))
                #expect(queue.next(at: after(10)) == .wait(until: nil))
            }
        }
    }

    @Test("A drain waits until a pause is kept, but not beyond the interruption")
    func drain() {
        for isInterrupted in [false, true] {
            let queue = Queue(policy)
            queue.claim(1, at: now)
            queue.judge(verdict(.threw(AttemptFailure.unwanted("410 Gone"))), at: now)
            queue.value.drain()
            queue.end(1)
            #expect(queue.next(at: now) == .save(queue.value.pause, ofAnyone: false))
            queue.value.saveFailed(retryAt: after(1))
            #expect(queue.next(at: now) == .settle(claimingUpTo: 0))
            queue.settled(at: now)
            #expect(queue.next(at: now) == .wait(until: after(1)))
            if isInterrupted {
                queue.value.interrupt()
            } else {
                saveNext(queue, .endpoint, at: after(1))
            }
            #expect(queue.next(at: after(1)) == .end)
        }
    }

    @Test("What is decided at the interruption is tried once")
    func interruptedBeforeSaving() {
        let queue = Queue(policy)
        queue.judge(verdict(.threw(AttemptFailure.unwanted("410 Gone"))), at: now)
        queue.value.interrupt()
        #expect(queue.next(at: now) == .save(queue.value.pause, ofAnyone: false))
        queue.value.saveFailed(retryAt: after(1))
        #expect(queue.next(at: now) == .end)
    }

    @Test("A successor saves what its predecessor has not, and goes on counting")
    func handOver() {
        let queue = Queue(policy)
        open(queue)
        #expect(queue.next(at: after(10)) == .save(queue.value.pause, ofAnyone: false))
        let heir = Queue(queue.value.handOver(to: policy, now: now))
        queue.value.saveFailed(retryAt: after(11))
        #expect(queue.next(at: after(11)) == .end)
        saveNext(heir, .breaker, at: after(11))
        #expect(heir.next(at: after(11)) == .wait(until: after(70)))
        let half = Queue(policy)
        half.judge(verdict(Self.failure), at: now)
        half.judge(verdict(Self.failure), at: after(5))
        let other = Queue(half.value.handOver(to: policy, now: now))
        other.judge(verdict(Self.failure), at: after(10))
        #expect(other.value.pause?.origin == .breaker)
    }

    // MARK: Support

    private func open(_ queue: Queue) {
        for second in [0, 5, 10] { queue.judge(verdict(Self.failure), at: after(second)) }
    }

    private func openAndSave(_ queue: Queue) {
        open(queue)
        saveNext(queue, .breaker, at: after(10))
    }

    private func saveNext(
        _ queue: Queue,
        _ origin: PauseOrigin?,
        at time: Uptime,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard case .save(let pause, _) = queue.next(at: time) else {
            Issue.record("nothing is saved", sourceLocation: sourceLocation)
            return
        }
        #expect(pause?.origin == origin, sourceLocation: sourceLocation)
        queue.value.saved()
    }

    private func verdict(_ end: AttemptEnd) -> AttemptVerdict { AttemptVerdict(end, now: now) }

    private func pause(_ origin: PauseOrigin) -> ListenerPause {
        ListenerPause(origin: origin, since: now.time, reason: nil)
    }

    private func after(_ seconds: Int) -> Uptime { now.advanced(by: .seconds(seconds)) }
}
