import Events
import TestKit
import Testing

@testable import Dispatcher

@Suite("Worker pool decisions")
struct WorkerPoolStateTests {
    private let now = ContinuousClock.now

    @Test("Listeners take turns, however many jobs one has")
    func roundRobin() {
        let state = Pool<String>(threads: 5)
        for queue in 0..<3 { #expect(state.addQueue() == queue) }
        for job in ["a1", "a2", "a3", "a4"] { _ = state.enqueue(job, queue: 0) }
        _ = state.enqueue("b1", queue: 1)
        for job in ["c1", "c2"] { _ = state.enqueue(job, queue: 2) }
        let order = (0..<7).map { _ in state.take(now: now)?.job }
        #expect(order == ["a1", "b1", "c1", "a2", "c2", "a3", "a4"])
        #expect(state.take(now: now) == nil)
    }

    @Test("A listener has all threads when it is alone, and leaves one as soon as there are others")
    func share() {
        let alone = Pool<Int>(threads: 3)
        _ = alone.addQueue()
        #expect((0..<4).map { alone.enqueue($0, queue: 0) } == [true, true, true, false])
        let shared = Pool<Int>(threads: 3)
        _ = shared.addQueue()
        _ = shared.addQueue()
        #expect((0..<4).map { shared.enqueue($0, queue: 0) } == [true, true, false, false])
        #expect(shared.enqueue(9, queue: 1))
        let narrow = Pool<Int>(threads: 1)
        _ = narrow.addQueue()
        _ = narrow.addQueue()
        #expect(narrow.enqueue(0, queue: 0))
        #expect(narrow.enqueue(1, queue: 1))
    }

    @Test("A job that waits for its listener's share is ready when one of them ends, in its order")
    func waitingJobs() throws {
        let state = Pool<Int>(threads: 2)
        _ = state.addQueue()
        _ = state.addQueue()
        #expect((0..<3).map { state.enqueue($0, queue: 0) } == [true, false, false])
        let first = try #require(state.take(now: now))
        #expect(first.job == 0)
        #expect(state.take(now: now) == nil)
        #expect(state.finish(first.ticket))
        let second = try #require(state.take(now: now))
        #expect(second.job == 1)
        #expect(state.finish(second.ticket))
        let third = try #require(state.take(now: now))
        #expect(third.job == 2)
        #expect(!state.finish(third.ticket))
        #expect(state.enqueue(3, queue: 0))
    }

    @Test("A thread is added only for a ready job, behind threads that have been stuck for long enough")
    func extraThread() throws {
        let stuckAfter = Duration.milliseconds(50)
        let later = now + stuckAfter
        let state = Pool<Int>(threads: 2)
        for queue in 0..<3 {
            _ = state.addQueue()
            _ = state.enqueue(queue, queue: queue)
        }
        #expect(!state.value.mayNeedThread)
        _ = try #require(state.take(now: now))
        _ = try #require(state.take(now: now))
        #expect(state.value.mayNeedThread)
        #expect(state.considerThread(now: now + .milliseconds(49), max: 8) == .none)
        #expect(state.value.stuckThreads(now: now + .milliseconds(49), stuckAfter: stuckAfter) == 0)
        #expect(state.value.stuckThreads(now: later, stuckAfter: stuckAfter) == 2)
        #expect(state.considerThread(now: later, max: 8) == .start(isNews: true))
        #expect(state.value.extraThreads == 1)
        let third = try #require(state.take(now: later))
        #expect(!state.value.mayNeedThread)
        #expect(state.considerThread(now: later, max: 8) == .none)
        _ = state.finish(third.ticket)
        #expect(state.value.extraThreads == 1)
    }

    @Test("No more threads are added than are stuck")
    func onePerStuckThread() throws {
        let state = Pool<Int>(threads: 2)
        for queue in 0..<4 {
            _ = state.addQueue()
            _ = state.enqueue(queue, queue: queue)
        }
        let later = now + .seconds(1)
        _ = try #require(state.take(now: now))
        _ = try #require(state.take(now: later))
        #expect(state.considerThread(now: later, max: 8) == .start(isNews: true))
        #expect(state.considerThread(now: later, max: 8) == .none)
    }

    @Test("Extra threads and their limit are news once a minute each")
    func news() throws {
        let state = Pool<Int>(threads: 1)
        for queue in 0..<6 {
            _ = state.addQueue()
            _ = state.enqueue(queue, queue: queue)
        }
        let steps: [(seconds: Int, max: Int, need: WorkerPoolState<Int>.ThreadNeed)] = [
            (1, 0, .limitReached(isNews: true)), (2, 0, .limitReached(isNews: false)),
            (3, 1, .start(isNews: true)), (60, 1, .limitReached(isNews: false)),
            (61, 1, .limitReached(isNews: true)), (62, 2, .start(isNews: false)),
            (63, 3, .start(isNews: true)),
        ]
        _ = try #require(state.take(now: now))
        for step in steps {
            let need = state.considerThread(now: now + .seconds(step.seconds), max: step.max)
            #expect(need == step.need, "after \(step.seconds) s")
            // The thread that was added takes a job and is stuck on it, too.
            if case .start = need { _ = try #require(state.take(now: now)) }
        }
    }

    @Test("After the shutdown nothing is taken, and every thread is woken")
    func shutDown() {
        let state = Pool<Int>(threads: 2)
        _ = state.addQueue()
        _ = state.enqueue(1, queue: 0)
        state.value.extraThreads = 3
        #expect(state.shutDown() == 5)
        #expect(state.take(now: now) == nil)
        #expect(state.value.isShutDown)
    }

    @Test(
        "No job is lost, run twice or overtaken, and no listener has more than its share",
        arguments: 0..<20
    )
    func generated(run: Int) {
        var simulation = PoolSimulation(SeededGenerator(printedFor: "worker pool \(run)"))
        for _ in 0..<3000 { simulation.step() }
        simulation.finishAll()
        #expect(simulation.problems == [], "seed \(simulation.random.seed)")
        #expect(simulation.finished > 500)
    }
}

/// A state that tests can change inside of an expectation.
private final class Pool<Job> {
    var value: WorkerPoolState<Job>

    init(threads: Int) { value = WorkerPoolState(threads: threads) }

    func addQueue() -> Int { value.addQueue() }

    func enqueue(_ job: Job, queue: Int) -> Bool { value.enqueue(job, queue: queue) }

    func take(now: Uptime) -> (job: Job, ticket: WorkerPoolState<Job>.Ticket)? {
        value.take(now: now)
    }

    func finish(_ ticket: WorkerPoolState<Job>.Ticket) -> Bool { value.finish(ticket) }

    func considerThread(now: Uptime, max: Int) -> WorkerPoolState<Job>.ThreadNeed {
        value.considerThread(now: now, stuckAfter: .milliseconds(50), max: max)
    }

    func shutDown() -> Int { value.shutDown() }
}

/// A pool's state driven at random, with a plain list of jobs beside it.
private struct PoolSimulation {
    var random: SeededGenerator
    var finished = 0
    var problems: [String] = []

    private let threads: Int
    private let queueCount: Int
    private var state: WorkerPoolState<Job>
    private var now = ContinuousClock.now
    private var nextNumber = 0
    /// Jobs that were not taken yet, by queue.
    private var expected: [[Job]]
    private var taken: [(job: Job, ticket: WorkerPoolState<Job>.Ticket)] = []
    /// Wake-ups that no thread has used yet.
    private var signals = 0

    private struct Job: Equatable {
        let number: Int
        let queue: Int
    }

    private var share: Int { queueCount > 1 ? max(1, threads - 1) : threads }

    init(_ random: SeededGenerator) {
        self.random = random
        threads = Int.random(in: 1...4, using: &self.random)
        queueCount = Int.random(in: 1...4, using: &self.random)
        state = WorkerPoolState(threads: threads)
        expected = Array(repeating: [], count: queueCount)
        for _ in 0..<queueCount { _ = state.addQueue() }
    }

    mutating func step() {
        now += .milliseconds(Int.random(in: 0...30, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: enqueue()
        case 1: take()
        case 2: finish()
        default: considerThread()
        }
    }

    mutating func finishAll() {
        while signals > 0 || !taken.isEmpty {
            take()
            finish()
        }
        if expected.contains(where: { !$0.isEmpty }) { problems.append("jobs were lost: \(expected)") }
        if state.take(now: now) != nil { problems.append("a job is left that no thread was woken for") }
    }

    private mutating func enqueue() {
        let job = Job(number: nextNumber, queue: Int.random(in: 0..<queueCount, using: &random))
        nextNumber += 1
        expected[job.queue].append(job)
        if state.enqueue(job, queue: job.queue) { signals += 1 }
    }

    /// A thread that was woken finds a job: the one that has waited longest in its queue.
    private mutating func take() {
        guard signals > 0, taken.count < threads + state.extraThreads else { return }
        signals -= 1
        guard let next = state.take(now: now) else {
            problems.append("a thread was woken for nothing")
            return
        }
        if expected[next.job.queue].first == next.job {
            expected[next.job.queue].removeFirst()
        } else {
            problems.append("job \(next.job) is out of order")
        }
        taken.append(next)
        if taken.count(where: { $0.job.queue == next.job.queue }) > share {
            problems.append("a share is exceeded")
        }
    }

    private mutating func finish() {
        guard let index = taken.indices.randomElement(using: &random) else { return }
        let ticket = taken.remove(at: index).ticket
        finished += 1
        if state.finish(ticket) { signals += 1 }
    }

    private mutating func considerThread() {
        let before = state.extraThreads
        let need = state.considerThread(now: now, stuckAfter: .milliseconds(50), max: 3)
        let isAdded = if case .start = need { true } else { false }
        if case .limitReached = need, before < 3 { problems.append("the limit is not reached") }
        if state.extraThreads != before + (isAdded ? 1 : 0) || state.extraThreads > 3 {
            problems.append("extra threads are miscounted")
        }
        if isAdded, signals == 0 || taken.count < threads {
            problems.append("a thread was added without need")
        }
    }
}
