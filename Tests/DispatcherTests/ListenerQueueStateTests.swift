import Events
import TestKit
import Testing

@testable import Dispatcher

@Suite("Listener queue decisions")
struct ListenerQueueStateTests {
    private typealias Step = ListenerQueueState.Step

    private let now = Timestamp(milliseconds: 1_000_000)

    @Test("It claims at the start, for what an earlier process left, then waits for a ring")
    func start() {
        var state = ListenerQueueState(concurrency: 3)
        expect(.claim(limit: 3), at: now, &state)
        state.claimed(0, nextDueAt: nil)
        expect(.wait(until: nil), at: now, &state)
    }

    @Test("It claims no more than there are free slots")
    func slots() {
        var state = ListenerQueueState(concurrency: 3)
        _ = state.next(now: now)
        state.claimed(2, nextDueAt: nil)
        state.committed()
        expect(.claim(limit: 1), at: now, &state)
        state.claimed(1, nextDueAt: now)
        #expect(state.running == 3)
        expect(.wait(until: nil), at: now, &state)
        _ = state.finished(nextAttemptAt: nil)
        expect(.claim(limit: 1), at: now, &state)
    }

    @Test("It waits until the next dispatch is due, and claims then")
    func nextDue() {
        var state = ListenerQueueState(concurrency: 3)
        _ = state.next(now: now)
        state.claimed(0, nextDueAt: after(5))
        expect(.wait(until: after(5)), at: now, &state)
        expect(.wait(until: after(5)), at: after(4), &state)
        expect(.claim(limit: 3), at: after(5), &state)
    }

    @Test("A retry counts as due at its time, unless something is due before")
    func retry() {
        var state = ListenerQueueState(concurrency: 2)
        _ = state.next(now: now)
        state.claimed(2, nextDueAt: after(5))
        _ = state.finished(nextAttemptAt: after(9))
        expect(.wait(until: after(5)), at: now, &state)
        _ = state.finished(nextAttemptAt: after(2))
        expect(.wait(until: after(2)), at: now, &state)
    }

    @Test("A commit during a claim is not forgotten when the claim comes back")
    func commitDuringClaim() {
        var state = ListenerQueueState(concurrency: 2)
        expect(.claim(limit: 2), at: now, &state)
        state.committed()
        state.claimed(0, nextDueAt: nil)
        expect(.claim(limit: 2), at: now, &state)
    }

    @Test("A retry that is recorded during a claim is not forgotten when the claim comes back")
    func retryDuringClaim() {
        var state = ListenerQueueState(concurrency: 2)
        _ = state.next(now: now)
        state.claimed(1, nextDueAt: nil)
        state.committed()
        expect(.claim(limit: 1), at: now, &state)
        // The store has done the claim first, so the claim does not know of the retry.
        _ = state.finished(nextAttemptAt: after(5))
        state.claimed(0, nextDueAt: nil)
        expect(.wait(until: after(5)), at: now, &state)
    }

    @Test("A claim that failed is repeated at its time, not before")
    func claimFailed() {
        var state = ListenerQueueState(concurrency: 2)
        _ = state.next(now: now)
        state.claimFailed(retryAt: after(1))
        state.committed()
        expect(.wait(until: after(1)), at: now, &state)
        expect(.claim(limit: 2), at: after(1), &state)
        state.claimed(0, nextDueAt: nil)
        expect(.wait(until: nil), at: after(1), &state)
    }

    @Test("When it drains it claims no more and ends when nothing runs")
    func drain() {
        var state = ListenerQueueState(concurrency: 2)
        _ = state.next(now: now)
        state.claimed(1, nextDueAt: now)
        state.drain()
        state.committed()
        expect(.wait(until: nil), at: now, &state)
        _ = state.finished(nextAttemptAt: now)
        expect(.end, at: now, &state)
    }

    @Test("Whatever the order of events, nothing that is due waits for ever", arguments: 0..<20)
    func generated(run: Int) {
        var simulation = QueueSimulation(SeededGenerator(printedFor: "listener queue \(run)"))
        for _ in 0..<5000 {
            simulation.step()
            if let problem = simulation.problem {
                Issue.record("\(problem), seed \(simulation.random.seed)")
                return
            }
        }
        #expect(simulation.delivered > 10)
    }

    private func expect(
        _ step: Step,
        at time: Timestamp,
        _ state: inout ListenerQueueState,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let next = state.next(now: time)
        #expect(next == step, sourceLocation: sourceLocation)
    }

    private func after(_ seconds: Int) -> Timestamp { now.advanced(by: .seconds(seconds)) }
}

/// A queue and a store whose answers come late and in any order, as they do between threads.
private struct QueueSimulation {
    var random: SeededGenerator
    var delivered = 0
    var problem: String?

    private let concurrency: Int
    private var state: ListenerQueueState
    private var now = Timestamp(milliseconds: 0)
    /// In the store: the due times of what is pending.
    private var pending: [Timestamp] = []
    private var running = 0
    private var claimUnderWay: Claiming?
    /// Records that the store has and the queue has not heard of.
    private var unheardRecords: [Timestamp?] = []
    private var unheardCommits = 0

    private enum Claiming {
        case asked(limit: Int)
        case answered(count: Int, nextDueAt: Timestamp?)
    }

    init(_ random: SeededGenerator) {
        self.random = random
        concurrency = Int.random(in: 1...3, using: &self.random)
        state = ListenerQueueState(concurrency: concurrency)
    }

    mutating func step() {
        switch Int.random(in: 0..<20, using: &random) {
        case 0: accept()
        case 1...2: now = now.advanced(by: .seconds(Int.random(in: 0...3, using: &random)))
        case 3...6: finishAttempt()
        case 7...11: hear()
        case 12...13: answerClaim()
        case 14...15: takeAnswer()
        default: askQueue()
        }
        if state.running > concurrency { problem = "more runs than the concurrency allows" }
    }

    private mutating func accept() {
        guard pending.count < 3 else { return }
        pending.append(now)
        unheardCommits += 1
    }

    private mutating func finishAttempt() {
        guard running > 0 else { return }
        running -= 1
        if Bool.random(using: &random) {
            delivered += 1
            unheardRecords.append(nil)
        } else {
            let time = now.advanced(by: .seconds(Int.random(in: 0...5, using: &random)))
            pending.append(time)
            unheardRecords.append(time)
        }
    }

    private mutating func hear() {
        if unheardCommits > 0, Bool.random(using: &random) {
            unheardCommits -= 1
            state.committed()
        } else if let index = unheardRecords.indices.randomElement(using: &random) {
            _ = state.finished(nextAttemptAt: unheardRecords.remove(at: index))
        }
    }

    private mutating func answerClaim() {
        guard case .asked(let limit) = claimUnderWay else { return }
        pending.sort()
        let count = pending.prefix(limit).count { $0 <= now }
        pending.removeFirst(count)
        claimUnderWay = .answered(count: count, nextDueAt: pending.first)
    }

    private mutating func takeAnswer() {
        guard case .answered(let count, let nextDueAt) = claimUnderWay else { return }
        claimUnderWay = nil
        running += count
        state.claimed(count, nextDueAt: nextDueAt)
    }

    private mutating func askQueue() {
        guard claimUnderWay == nil else { return }
        switch state.next(now: now) {
        case .claim(let limit):
            if limit < 1 || limit + state.running > concurrency { problem = "a claim for \(limit)" }
            claimUnderWay = .asked(limit: limit)
        case .wait(let time):
            // With nothing left to hear, a free slot and something pending, only the time may be waited for.
            guard unheardCommits == 0, unheardRecords.isEmpty, state.running < concurrency,
                let due = pending.min()
            else { return }
            if due <= now { problem = "waits although something is due" }
            if time ?? Timestamp(milliseconds: .max) > due { problem = "waits beyond what is due" }
        case .end: problem = "ends without a drain"
        }
    }
}
