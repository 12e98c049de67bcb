import Events
import ListenerKit
import TestKit

@testable import Dispatcher

/// A queue's state driven at random, beside a store and people whose words come late and in any order.
///
/// So they come between threads. What must hold is checked against plain lists.
struct QueueSimulation {
    var random: SeededGenerator
    private(set) var delivered = 0
    private(set) var handedOver = 0
    private(set) var problem: String?

    private let policy: ListenerPolicy
    private var state: ListenerQueueState
    private var store = SimulatedStore()
    private var now = Uptime(testMilliseconds: 1_000_000)
    /// Whether dispatches are committed in these times that wait for a claim.
    private var isBusy = true
    /// Whether attempts fail in these times.
    private var isFailing = false
    private var isDraining = false
    private var hasEnded = false
    private var unheardCommits = 0
    /// Whether something was committed since the last claim without asking for a slot.
    private var haveOthersCommitted = true
    /// What a slot is reserved for, what runs, what has ended and is not being recorded yet.
    private var reserved: [SimulatedAttempt] = []
    private var running: [SimulatedAttempt] = []
    private var ended: [EndedAttempt] = []
    private var settling: SettlingUnderWay?
    private var save: SaveUnderWay?
    /// What operators have written and the queue has not heard of.
    private var unheardOrders: [ListenerPause?] = []

    // What the queue should know, and what follows from it.
    private var pause: ListenerPause?
    private var heldUntil = Uptime(testMilliseconds: 0)
    private var failures: [Uptime] = []
    private var probeNotBefore = Uptime(testMilliseconds: 0)
    private var isProbing = false
    private var settleNotBefore = Uptime(testMilliseconds: 0)
    private var starts: [Uptime] = []

    private typealias EndedAttempt = (attempt: SimulatedAttempt, retryAt: Uptime?)

    private struct SettlingUnderWay {
        let attempts: [EndedAttempt]
        let limit: Int
        let isProbe: Bool
        var answer: SimulatedStore.Answer?
    }

    private enum SaveUnderWay {
        case asked(ListenerPause?, ofAnyone: Bool)
        case askedHold(Uptime)
        case answered(isSaved: Bool)
    }

    init(_ random: SeededGenerator) {
        self.random = random
        let concurrency = Int.random(in: 1...6, using: &self.random)
        var policy = ListenerPolicy(timeout: .seconds(10), concurrency: concurrency, retry: .standard)
        policy.ordering = LaneOrdering.allCases.randomElement(using: &self.random) ?? .none
        policy.breaker.failures = Int.random(in: 2...5, using: &self.random)
        policy.breaker.period = .seconds(Int.random(in: 0...10, using: &self.random))
        policy.breaker.probe = .seconds(Int.random(in: 1...5, using: &self.random))
        if Bool.random(using: &self.random) {
            let attempts = Int.random(in: 1...6, using: &self.random)
            policy.rate = RateLimit(attempts: attempts, period: .seconds(3))
        }
        self.policy = policy
        state = ListenerQueueState(policy: policy)
    }

    /// Whether a rate may leave a token for a newcomer never.
    var hasRate: Bool { policy.rate != nil }

    // MARK: Steps

    mutating func step() {
        switch Int.random(in: 0..<32, using: &random) {
        case 0 where !isDraining && isBusy: accept()
        case 1: changeTimes()
        case 2...3: now = now.advanced(by: .milliseconds(Int.random(in: 0...2000, using: &random)))
        case 4...6: endAttempt()
        case 7 where !isDraining: acceptDirectly()
        case 8...12: beginReserved()
        case 13...14: hear()
        case 15...17: answerSettling()
        case 18...20: takeAnswer()
        case 21 where !isDraining: operatorWrites()
        case 22...23: answerSave()
        case 24: takeSaveAnswer()
        default: askQueue()
        }
        if state.running > policy.concurrency { problem = "more runs than the concurrency allows" }
    }

    /// Drains; everything that is under way has to come to its end, and then the queue.
    mutating func drain() {
        isDraining = true
        state.drain()
        for _ in 0..<5000 where problem == nil && !hasEnded { step() }
        if !hasEnded, problem == nil { problem = "does not end" }
        if hasEnded, store.pause != pause { problem = "ends with a pause that is not kept" }
        if hasEnded, max(store.heldUntil, now) != max(heldUntil, now) {
            problem = "ends with a hold that is not kept"
        }
    }

    private mutating func changeTimes() {
        guard Int.random(in: 0..<20, using: &random) == 0 else { return }
        if Bool.random(using: &random) { isBusy.toggle() } else { isFailing.toggle() }
    }

    private mutating func accept() {
        guard store.pending.count < 4 else { return }
        let lane = policy.ordering == .none ? nil : Int.random(in: 0...2, using: &random)
        store.pending.append(SimulatedAttempt(dueAt: now, lane: lane))
        unheardCommits += 1
        haveOthersCommitted = true
    }

    private mutating func endAttempt() {
        guard let index = running.indices.randomElement(using: &random) else { return }
        let attempt = running.remove(at: index)
        let failures: [AttemptEnd] = [
            .threw(Refusal(reason: "later")), .timedOut, .threw(ListenerError.permanent("no")),
            .threw(AttemptFailure.crashed("signal 9")),
            .threw(AttemptFailure.busy(for: .seconds(Int.random(in: 1...5, using: &random)), reason: "429")),
        ]
        var end = AttemptEnd.returned
        if isFailing { end = failures.randomElement(using: &random) ?? end }
        if Int.random(in: 0..<40, using: &random) == 0 { end = .threw(AttemptFailure.unwanted("410 Gone")) }
        let verdict = AttemptVerdict(end, now: now)
        let before = pause
        let hold = held(for: verdict.hold)
        note(verdict)
        let change = state.judged(verdict, at: Moment(time: now.time, uptime: now))
        if state.pause?.origin != pause?.origin { problem = "\(verdict.outcome) pauses wrongly" }
        pause = state.pause
        if change != (before == pause ? hold : pause.map { .paused($0) } ?? .resumed) {
            problem = "\(change) after \(verdict.outcome)"
        }
        let isRetried = [.failed, .timedOut, .crashed].contains(verdict.outcome)
        let wait = Duration.milliseconds(isRetried ? Int.random(in: 0...5000, using: &random) : 0)
        ended.append((attempt, isRetried || verdict.isUnwanted ? now.advanced(by: wait) : nil))
        state.ended(.example(Int64(ended.count)), wasProbe: attempt.isProbe)
        if verdict.outcome == .delivered { delivered += 1 }
    }

    /// A dispatch that is its lane's first is committed as running if there is a slot, else as ready.
    private mutating func acceptDirectly() {
        let lane = policy.ordering == .none ? nil : Int.random(in: 0...2, using: &random)
        let attempt = SimulatedAttempt(dueAt: now, lane: lane)
        guard store.pending.count < 4, store.isFirst(attempt) else { return }
        guard state.reserve(now: now) else {
            store.pending.append(attempt)
            unheardCommits += 1
            return
        }
        if isDraining || pause != nil || now < heldUntil { problem = "reserves a slot while it must not" }
        if settling == nil, !haveOthersCommitted,
            state.running + store.readyCount(now: now) > policy.concurrency
        {
            problem = "reserves a slot that something waits for"
        }
        if let lane { store.busyLanes.insert(lane) }
        reserved.append(attempt)
    }

    private mutating func beginReserved() {
        guard let index = reserved.indices.randomElement(using: &random) else { return }
        let attempt = reserved.remove(at: index)
        if Int.random(in: 0..<8, using: &random) == 0 {
            if let lane = attempt.lane { store.busyLanes.remove(lane) }
            state.cancelled()
        } else {
            state.begun(now: now)
            running.append(attempt)
            starts.append(now)
            handedOver += 1
            checkRate()
        }
    }

    private mutating func hear() {
        if unheardCommits > 0, Bool.random(using: &random) {
            unheardCommits -= 1
            state.committed()
        } else if !unheardOrders.isEmpty {
            hearOrder(unheardOrders.removeFirst())
        }
    }

    private mutating func answerSettling() {
        guard let asked = settling, asked.answer == nil else { return }
        guard Int.random(in: 0..<10, using: &random) > 0 else {
            settling = nil
            settleNotBefore = now.advanced(by: .seconds(1))
            ended = asked.attempts + ended
            if asked.isProbe { isProbing = false }
            return state.settlingFailed(retryAt: settleNotBefore)
        }
        for (attempt, retryAt) in asked.attempts { store.record(attempt, retryAt: retryAt) }
        settling?.answer = store.claim(limit: asked.limit, now: now)
    }

    private mutating func takeAnswer() {
        guard let asked = settling, var answer = asked.answer else { return }
        settling = nil
        if asked.attempts.contains(where: \.attempt.isProbe) { isProbing = false }
        if asked.isProbe {
            isProbing = !answer.claimed.isEmpty
            for index in answer.claimed.indices { answer.claimed[index].isProbe = true }
        }
        running += answer.claimed
        starts += Array(repeating: now, count: answer.claimed.count)
        checkRate()
        _ = state.settled(
            claimed: answer.claimed.count,
            hasMore: answer.hasMore,
            nextDueAt: answer.nextDueAt,
            now: now
        )
    }

    private mutating func operatorWrites() {
        let isPaused = pause == nil
        guard Int.random(in: 0..<(isPaused ? 20 : 4), using: &random) == 0 else { return }
        let order = isPaused ? ListenerPause(origin: .operator, since: now.time, reason: nil) : nil
        store.pause = order
        if order == nil { store.heldUntil = Uptime(testMilliseconds: 0) }
        unheardOrders.append(order)
    }

    private mutating func answerSave() {
        let isSaved = Int.random(in: 0..<5, using: &random) > 0
        switch save {
        case .asked(let value, let ofAnyone): if isSaved { store.save(value, ofAnyone: ofAnyone) }
        case .askedHold(let time): if isSaved { store.heldUntil = time }
        case .answered, nil: return
        }
        save = .answered(isSaved: isSaved)
    }

    private mutating func takeSaveAnswer() {
        guard case .answered(let isSaved) = save else { return }
        save = nil
        if isSaved { state.saved() } else { state.saveFailed(retryAt: now.advanced(by: .seconds(1))) }
    }

    private mutating func askQueue() {
        // As the queue's loop, which waits for one thing at a time.
        guard settling == nil, save == nil, !isDraining || unheardOrders.isEmpty else { return }
        switch state.next(now: now) {
        case .settle(let limit): settlingAsked(limit: limit)
        case .probe: probeAsked()
        case .save(let value, let ofAnyone):
            if value != pause {
                problem = "saves \(String(describing: value)) for \(String(describing: pause))"
            }
            save = .asked(value, ofAnyone: ofAnyone)
        case .hold(let time):
            if time != heldUntil { problem = "saves a hold until \(time) for \(heldUntil)" }
            save = .askedHold(time)
        case .wait(let time): checkWait(until: time)
        case .end:
            if !isDraining || state.running > 0 { problem = "ends too early" }
            hasEnded = true
        }
    }

    // MARK: What must hold

    private mutating func settlingAsked(limit: Int) {
        if limit > 0, isDraining || pause != nil || now < heldUntil { problem = "claims while it must not" }
        if limit == 0, ended.isEmpty { problem = "settles nothing" }
        beginSettling(limit: limit, isProbe: false)
    }

    private mutating func probeAsked() {
        if isDraining || pause?.origin != .breaker { problem = "probes while it must not" }
        if isProbing { problem = "two probes at a time" }
        if now < max(probeNotBefore, heldUntil) { problem = "probes too often" }
        isProbing = true
        probeNotBefore = now.advanced(by: policy.breaker.probe)
        beginSettling(limit: 1, isProbe: true)
    }

    private mutating func beginSettling(limit: Int, isProbe: Bool) {
        if now < settleNotBefore { problem = "asks too early a store that has refused" }
        if state.settling.count != ended.count { problem = "does not record all that has ended" }
        if limit > 0, limit + state.running - ended.count > policy.concurrency {
            problem = "a claim for \(limit)"
        }
        if limit > 0 { haveOthersCommitted = false }
        settling = SettlingUnderWay(attempts: ended, limit: limit, isProbe: isProbe)
        ended = []
    }

    private mutating func checkRate() {
        guard let rate = policy.rate, starts.count > rate.attempts else { return }
        let first = starts[starts.count - rate.attempts - 1]
        if now.duration(since: first) <= rate.period { problem = "the rate is exceeded" }
    }

    /// With nothing to hear of, only time may be waited for, and no longer than until there is a claim to be
    /// made.
    private mutating func checkWait(until time: Uptime?) {
        if !ended.isEmpty, (time ?? Uptime(testMilliseconds: .max)) > max(now, settleNotBefore) {
            problem = "waits although something is to be recorded"
        }
        guard !isDraining, unheardCommits == 0, let claimable = claimableAt else { return }
        if claimable <= now { problem = "waits although something can be claimed" }
        if time ?? Uptime(testMilliseconds: .max) > claimable { problem = "waits too long" }
    }

    private var claimableAt: Uptime? {
        guard state.running - ended.count < policy.concurrency, let due = store.nextClaimable else {
            return nil
        }
        var time = max(due, settleNotBefore, heldUntil)
        if let pause {
            guard pause.origin == .breaker, !isProbing else { return nil }
            time = max(time, probeNotBefore)
        }
        if let rate = policy.rate, starts.count + reserved.count >= rate.attempts {
            // With all tokens held, only a begin or a cancellation leads on.
            guard reserved.count < rate.attempts else { return nil }
            let back = starts[starts.count + reserved.count - rate.attempts].advanced(by: rate.period)
            time = max(time, back.advanced(by: rate.period / 64 + .milliseconds(1)))
        }
        return time
    }

    // MARK: What should follow

    private mutating func note(_ verdict: AttemptVerdict) {
        if verdict.isUnwanted {
            if pause == nil || pause?.origin == .breaker { paused(by: .endpoint) }
            return
        }
        switch verdict.outcome {
        case .delivered:
            failures = []
            if pause?.origin == .breaker { resumed() }
        case .failed, .timedOut, .crashed:
            failures.append(now)
            guard pause == nil, failures.count >= policy.breaker.failures else { return }
            guard now.duration(since: failures[0]) >= policy.breaker.period else { return }
            paused(by: .breaker)
            probeNotBefore = now.advanced(by: policy.breaker.probe)
        case .permanent, .interrupted: return
        }
    }

    private mutating func held(for hold: Duration?) -> ListenerHealth.Change {
        guard let hold else { return .none }
        let time = now + hold
        let wasHeld = now < heldUntil
        heldUntil = max(heldUntil, time)
        return wasHeld ? .none : .held(until: time.time)
    }

    private mutating func paused(by origin: PauseOrigin) {
        pause = ListenerPause(origin: origin, since: now.time, reason: nil)
    }

    private mutating func resumed() {
        pause = nil
        probeNotBefore = Uptime(testMilliseconds: 0)
    }

    private mutating func hearOrder(_ order: ListenerPause?) {
        if let order {
            state.paused(order)
            pause = order
        } else {
            state.resumed()
            resumed()
            heldUntil = Uptime(testMilliseconds: 0)
            failures = []
        }
    }
}
