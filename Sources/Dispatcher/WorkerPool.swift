import Dispatch
package import Events
import Foundation
import Synchronization

/// The threads that run listeners: neither NIO's event loops nor Swift's shared pool, so that a listener that
/// blocks holds up neither ingest nor the dispatcher.
///
/// Each of these listeners has a queue and a share of the threads. Threads that have been on one job for
/// longer than `stuckAfter`, while other jobs have none, are made up for by extra ones, up to
/// `extraThreadsMax`.
package final class WorkerPool: Sendable {
    /// Extra threads at most, unless told otherwise: each costs a stack, and a listener that blocks this many
    /// has its concurrency wrong.
    package static let extraThreadsMax = 64

    /// How long a job may occupy a thread before that counts as blocked.
    package static let stuckAfter = Duration.milliseconds(50)

    private static let watchIntervalSeconds = 0.025
    private static let extraThreadIdleSeconds = 5

    private let extraThreadsMax: Int
    private let observer: WorkerPoolObserver
    private let clock: MachineClock
    private let state: Mutex<WorkerPoolState<Job>>
    /// Signalled exactly once for each job that is ready, and for each thread at the shutdown.
    private let ready = DispatchSemaphore(value: 0)
    /// Signalled when a job may have to wait for a thread.
    private let backlog = DispatchSemaphore(value: 0)

    fileprivate struct Job {
        let job: UnownedJob
        let executor: ListenerExecutor
    }

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - threads: How many, at least 1.
    ///   - extraThreadsMax: How many more, at most, make up for blocked ones.
    ///   - clock: Tells how long a job has occupied its thread.
    ///   - observer: Is told when that becomes necessary, or is not enough.
    package init(
        threads: Int,
        extraThreadsMax: Int = WorkerPool.extraThreadsMax,
        clock: MachineClock = .system,
        observer: WorkerPoolObserver = WorkerPoolObserver()
    ) {
        precondition(threads >= 1, "a pool has a thread")
        self.extraThreadsMax = extraThreadsMax
        self.observer = observer
        self.clock = clock
        state = Mutex(WorkerPoolState(threads: threads))
        for _ in 0..<threads { startThread { $0.run() } }
        startThread { $0.watch() }
    }

    /// The extra threads that make up for blocked ones right now.
    package var extraThreads: Int { state.withLock { $0.extraThreads } }

    /// The threads that a job has occupied for so long that it counts as blocked.
    package var stuckThreads: Int {
        state.withLock { $0.stuckThreads(now: clock.uptime(), stuckAfter: Self.stuckAfter) }
    }

    /// Makes an executor for one listener.
    package func makeExecutor() -> ListenerExecutor {
        ListenerExecutor(pool: self, queue: state.withLock { $0.addQueue() })
    }

    /// Ends the threads; a job that runs is finished first, jobs that wait are not run.
    package func shutDown() {
        let threads = state.withLock { $0.shutDown() }
        for _ in 0..<threads { ready.signal() }
        backlog.signal()
    }

    fileprivate func enqueue(_ job: Job, queue: Int) {
        let (isReady, mayWait) = state.withLock { ($0.enqueue(job, queue: queue), $0.mayNeedThread) }
        if isReady { ready.signal() }
        if mayWait { backlog.signal() }
    }

    private func startThread(_ body: @escaping @Sendable (WorkerPool) -> Void) {
        let started = DispatchSemaphore(value: 0)
        let thread = Thread { [self] in
            started.wait()  // on Linux, a thread can only name itself, and not before `start` has returned
            Thread.current.name = "listeners"
            body(self)
        }
        thread.start()
        started.signal()
    }

    private func run() {
        repeat { ready.wait() } while runJob()
    }

    private func runExtra() {
        while ready.wait(timeout: .now() + .seconds(Self.extraThreadIdleSeconds)) == .success, runJob() {}
        state.withLock { $0.extraThreads -= 1 }
    }

    /// Runs the job that the signal stands for; false at the shutdown.
    private func runJob() -> Bool {
        let (taken, mayWait) = state.withLock { ($0.take(now: clock.uptime()), $0.mayNeedThread) }
        guard let taken else { return false }
        if mayWait { backlog.signal() }
        // The job is alive and runs exactly once: `take` has removed it. Its executor is alive: it is held
        // here.
        unsafe taken.job.job.runSynchronously(on: taken.job.executor.asUnownedTaskExecutor())
        if state.withLock({ $0.finish(taken.ticket) }) { ready.signal() }
        return true
    }

    /// Starts extra threads as long as jobs wait behind blocked threads.
    private func watch() {
        while true {
            backlog.wait()
            // One look is enough for all signals so far; it comes after them.
            while backlog.wait(timeout: .now()) == .success {}
            repeat {
                if state.withLock({ $0.isShutDown }) { return }
                Thread.sleep(forTimeInterval: Self.watchIntervalSeconds)
                makeUpForBlockedThreads()
            } while state.withLock { $0.mayNeedThread }
        }
    }

    private func makeUpForBlockedThreads() {
        let (need, count) = state.withLock {
            let need = $0.considerThread(
                now: clock.uptime(),
                stuckAfter: Self.stuckAfter,
                max: extraThreadsMax
            )
            return (need, $0.extraThreads)
        }
        if case .start = need { startThread { $0.runExtra() } }
        switch need {
        case .start(isNews: true): observer.onExtraThread(count)
        case .limitReached(isNews: true): observer.onLimit(count)
        case .none, .start, .limitReached: return
        }
    }
}

/// Is told what an operator wants to know of a pool; each of the two at most once a minute.
package struct WorkerPoolObserver: Sendable {
    /// An extra thread makes up for a blocked one; gives how many there are now.
    package var onExtraThread: @Sendable (Int) -> Void = { _ in }
    /// Jobs wait behind blocked threads, and there are as many extra ones as there may be.
    package var onLimit: @Sendable (Int) -> Void = { _ in }

    /// Makes an observer that does nothing yet.
    package init() {}
}

/// Runs one listener's tasks on the pool.
package final class ListenerExecutor: TaskExecutor {
    private let pool: WorkerPool
    private let queue: Int

    fileprivate init(pool: WorkerPool, queue: Int) {
        self.pool = pool
        self.queue = queue
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        pool.enqueue(WorkerPool.Job(job: UnownedJob(job), executor: self), queue: queue)
    }
}
