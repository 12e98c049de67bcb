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
    private(set) var problem: String?

    private let policy: ListenerPolicy
    private var state: ListenerQueueState
    private var store = SimulatedStore()
    private var now = Timestamp(milliseconds: 1_000_000)
    private var isDraining = false
    private var hasEnded = false
    private var unheardCommits = 0
    /// What runs, what has ended and is not recorded, what is recorded and was not heard of.
    private var running: [SimulatedAttempt] = []
    private var ended: [(attempt: SimulatedAttempt, retryAt: Timestamp?)] = []
    private var recorded: [(isProbe: Bool, retryAt: Timestamp?)] = []
    private var claim: ClaimUnderWay?
    private var save: SaveUnderWay?
    /// What operators have written and the queue has not heard of.
    private var unheardOrders: [ListenerPause?] = []

    // What the queue should know, and what follows from it.
    private var pause: ListenerPause?
    private var failures: [Timestamp] = []
    private var probeNotBefore = Timestamp(milliseconds: 0)
    private var isProbing = false
    private var claimNotBefore = Timestamp(milliseconds: 0)
    private var starts: [Timestamp] = []

    private enum ClaimUnderWay {
        case asked(limit: Int, isProbe: Bool)
        case answered(SimulatedStore.Answer, isProbe: Bool)
    }

    private enum SaveUnderWay {
        case asked(ListenerPause?, ofAnyone: Bool)
        case answered(isSaved: Bool)
    }

    init(_ random: SeededGenerator) {
        self.random = random
        let concurrency = Int.random(in: 1...3, using: &self.random)
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

    // MARK: Steps

    mutating func step() {
        switch Int.random(in: 0..<32, using: &random) {
        case 0...1 where !isDraining: accept()
        case 2...3: now = now.advanced(by: .milliseconds(Int.random(in: 0...2000, using: &random)))
        case 4...6: endAttempt()
        case 7...9: recordAttempt()
        case 10...14: hear()
        case 15...17: answerClaim()
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
    }

    private mutating func accept() {
        guard store.pending.count < 4 else { return }
        let lane = policy.ordering == .none ? nil : Int.random(in: 0...2, using: &random)
        store.pending.append(SimulatedAttempt(dueAt: now, lane: lane))
        unheardCommits += 1
    }

    private mutating func endAttempt() {
        guard let index = running.indices.randomElement(using: &random) else { return }
        let attempt = running.remove(at: index)
        let ends: [AttemptEnd] = [
            .returned, .returned, .threw(Refusal(reason: "later")), .timedOut,
            .threw(ListenerError.permanent("no")), .threw(AttemptFailure.crashed("signal 9")),
        ]
        var end = ends.randomElement(using: &random) ?? .returned
        if Int.random(in: 0..<40, using: &random) == 0 { end = .threw(AttemptFailure.unwanted("410 Gone")) }
        let verdict = AttemptVerdict(end, now: now)
        let before = pause
        note(verdict)
        let change = state.ended(verdict, now: now)
        if state.pause?.origin != pause?.origin { problem = "\(verdict.outcome) pauses wrongly" }
        pause = state.pause
        if change != (before == pause ? .none : pause.map { .paused($0) } ?? .resumed) {
            problem = "\(change) after \(verdict.outcome)"
        }
        let isRetried = [.failed, .timedOut, .crashed].contains(verdict.outcome)
        let wait = Duration.milliseconds(isRetried ? Int.random(in: 0...5000, using: &random) : 0)
        ended.append((attempt, isRetried || verdict.isUnwanted ? now.advanced(by: wait) : nil))
        if verdict.outcome == .delivered { delivered += 1 }
    }

    private mutating func recordAttempt() {
        guard let index = ended.indices.randomElement(using: &random) else { return }
        var (attempt, retryAt) = ended.remove(at: index)
        if let lane = attempt.lane { store.busyLanes.remove(lane) }
        recorded.append((attempt.isProbe, retryAt))
        guard let retryAt else { return }
        attempt.dueAt = retryAt
        attempt.isProbe = false
        store.pending.append(attempt)
    }

    private mutating func hear() {
        switch Int.random(in: 0..<3, using: &random) {
        case 0 where unheardCommits > 0:
            unheardCommits -= 1
            state.committed()
        case 1 where !unheardOrders.isEmpty:
            hearOrder(unheardOrders.removeFirst())
        default:
            guard let index = recorded.indices.randomElement(using: &random) else { return }
            let record = recorded.remove(at: index)
            if record.isProbe { isProbing = false }
            _ = state.finished(nextAttemptAt: record.retryAt, wasProbe: record.isProbe)
        }
    }

    private mutating func answerClaim() {
        guard case .asked(let limit, let isProbe) = claim else { return }
        if Int.random(in: 0..<10, using: &random) == 0 {
            claim = nil
            claimNotBefore = now.advanced(by: .seconds(1))
            if isProbe { isProbing = false }
            state.claimFailed(retryAt: claimNotBefore)
        } else {
            claim = .answered(store.claim(limit: limit, now: now), isProbe: isProbe)
        }
    }

    private mutating func takeAnswer() {
        guard case .answered(var answer, let isProbe) = claim else { return }
        claim = nil
        if isProbe {
            isProbing = !answer.claimed.isEmpty
            for index in answer.claimed.indices { answer.claimed[index].isProbe = true }
        }
        running += answer.claimed
        starts += Array(repeating: now, count: answer.claimed.count)
        checkRate()
        state.claimed(
            answer.claimed.count,
            hasMore: answer.hasMore,
            nextDueAt: answer.nextDueAt,
            now: now
        )
    }

    private mutating func operatorWrites() {
        let isPaused = pause == nil
        guard Int.random(in: 0..<(isPaused ? 20 : 4), using: &random) == 0 else { return }
        let order = isPaused ? ListenerPause(origin: .operator, since: now, reason: nil) : nil
        store.pause = order
        unheardOrders.append(order)
    }

    private mutating func answerSave() {
        guard case .asked(let value, let ofAnyone) = save else { return }
        let isSaved = Int.random(in: 0..<5, using: &random) > 0
        if isSaved { store.save(value, ofAnyone: ofAnyone) }
        save = .answered(isSaved: isSaved)
    }

    private mutating func takeSaveAnswer() {
        guard case .answered(let isSaved) = save else { return }
        save = nil
        if isSaved { state.saved() } else { state.saveFailed(retryAt: now.advanced(by: .seconds(1))) }
    }

    private mutating func askQueue() {
        // As the queue's loop, which waits for one thing at a time.
        guard claim == nil, save == nil, !isDraining || unheardOrders.isEmpty else { return }
        switch state.next(now: now) {
        case .claim(let limit): claimAsked(limit: limit)
        case .probe: probeAsked()
        case .save(let value, let ofAnyone):
            if value != pause {
                problem = "saves \(String(describing: value)) for \(String(describing: pause))"
            }
            save = .asked(value, ofAnyone: ofAnyone)
        case .wait(let time): checkWait(until: time)
        case .end:
            if !isDraining || state.running > 0 { problem = "ends too early" }
            hasEnded = true
        }
    }

    // MARK: What must hold

    private mutating func claimAsked(limit: Int) {
        if isDraining || pause != nil { problem = "claims while it must not" }
        if limit < 1 || limit + state.running > policy.concurrency { problem = "a claim for \(limit)" }
        claim = .asked(limit: limit, isProbe: false)
    }

    private mutating func probeAsked() {
        if isDraining || pause?.origin != .breaker { problem = "probes while it must not" }
        if isProbing { problem = "two probes at a time" }
        if now < probeNotBefore { problem = "probes too often" }
        if state.running >= policy.concurrency { problem = "a probe without a free slot" }
        isProbing = true
        probeNotBefore = now.advanced(by: policy.breaker.probe)
        claim = .asked(limit: 1, isProbe: true)
    }

    private mutating func checkRate() {
        guard let rate = policy.rate, starts.count > rate.attempts else { return }
        let first = starts[starts.count - rate.attempts - 1]
        if now.duration(since: first) <= rate.period { problem = "the rate is exceeded" }
    }

    /// With nothing to hear of, only time may be waited for, and no longer than until there is a claim to be
    /// made.
    private mutating func checkWait(until time: Timestamp?) {
        guard !isDraining, unheardCommits == 0, recorded.isEmpty, let claimable = claimableAt else { return }
        if claimable <= now { problem = "waits although something can be claimed" }
        if time ?? Timestamp(milliseconds: .max) > claimable { problem = "waits too long" }
    }

    private var claimableAt: Timestamp? {
        guard state.running < policy.concurrency, let due = store.nextClaimable else { return nil }
        var time = max(due, claimNotBefore)
        if let pause {
            guard pause.origin == .breaker, !isProbing else { return nil }
            time = max(time, probeNotBefore)
        }
        if let rate = policy.rate, starts.count >= rate.attempts {
            let back = starts[starts.count - rate.attempts].advanced(by: rate.period)
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

    private mutating func paused(by origin: PauseOrigin) {
        pause = ListenerPause(origin: origin, since: now, reason: nil)
    }

    private mutating func resumed() {
        pause = nil
        probeNotBefore = Timestamp(milliseconds: 0)
    }

    private mutating func hearOrder(_ order: ListenerPause?) {
        if let order {
            state.paused(order)
            pause = order
        } else {
            state.resumed()
            resumed()
            failures = []
        }
    }
}

/// A dispatch of the simulation, or an attempt of it.
struct SimulatedAttempt {
    var dueAt: Timestamp
    let lane: Int?
    var isProbe = false
}

/// What the outbox has, in the simulation.
struct SimulatedStore {
    var pending: [SimulatedAttempt] = []
    var busyLanes: Set<Int> = []
    var pause: ListenerPause?

    /// What a claim found.
    struct Answer {
        var claimed: [SimulatedAttempt] = []
        var hasMore = false
        var nextDueAt: Timestamp?
    }

    /// Keeps a pause, or ends one, unless somebody's word counts more: as the outbox does.
    mutating func save(_ new: ListenerPause?, ofAnyone: Bool) {
        switch (pause?.origin, new?.origin) {
        case (.operator, .breaker), (.operator, .endpoint), (.endpoint, .breaker): return
        case (.operator, nil) where !ofAnyone, (.endpoint, nil) where !ofAnyone: return
        default: pause = new
        }
    }

    /// When the first dispatch can be claimed whose lane is free.
    var nextClaimable: Timestamp? { pending.filter(isFree).map(\.dueAt).min() }

    /// Takes what is due, one of each free lane.
    mutating func claim(limit: Int, now: Timestamp) -> Answer {
        var answer = Answer()
        var left: [SimulatedAttempt] = []
        for attempt in pending.sorted(by: { $0.dueAt < $1.dueAt }) {
            guard attempt.dueAt <= now, isFree(attempt), answer.claimed.count < limit else {
                left.append(attempt)
                continue
            }
            if let lane = attempt.lane { busyLanes.insert(lane) }
            answer.claimed.append(attempt)
        }
        pending = left
        answer.hasMore = left.contains { $0.dueAt <= now && isFree($0) }
        answer.nextDueAt = left.map(\.dueAt).first { $0 > now }
        return answer
    }

    private func isFree(_ attempt: SimulatedAttempt) -> Bool {
        attempt.lane.map { !busyLanes.contains($0) } ?? true
    }
}
