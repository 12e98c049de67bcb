import Dispatch
import Events
import Foundation
import GRDB
import Synchronization

/// The one thread that writes: it takes all that waits into one transaction, so that many share one sync.
final class OutboxWriter: Sendable {
    /// Jobs in one transaction, at most: bounds how long the first of them waits for its answer.
    static let batchJobsMax = 512

    /// Bytes of payloads and events in one transaction, at most; a larger delivery makes a batch of its own.
    static let batchBytesMax = 16 << 20

    private let queue = Mutex(Queue())
    private let arrivals = DispatchSemaphore(value: 0)
    private let finished = DispatchSemaphore(value: 0)
    private let healthy = Atomic(true)
    private let observer: OutboxObserver

    /// The jobs that wait, in the order of their arrival; bounded by those who submit: deliveries in flight
    /// and attempts under way.
    private struct Queue {
        var jobs: [WriteJob] = []
        var isStopping = false
    }

    /// Starts the thread on a connection.
    init(_ connection: DatabaseQueue, observer: OutboxObserver) {
        self.observer = observer
        let started = DispatchSemaphore(value: 0)
        let thread = Thread { [self] in
            started.wait()  // on Linux, a thread can only name itself, and not before `start` has returned
            Thread.current.name = "outbox-writer"
            do {
                try connection.writeWithoutTransaction { database in
                    try run(WriterContext(database))
                }
            } catch {
                stop()
                failAll(OutboxError(error, doing: "the outbox cannot be prepared for writing"))
            }
            finished.signal()
        }
        thread.start()
        started.signal()
    }

    /// Whether the last commit went through.
    var isHealthy: Bool { healthy.load(ordering: .relaxed) }

    /// Has a job done in the next transaction; exactly one of its two callbacks is called, on the writer's
    /// thread.
    func submit(_ job: WriteJob) {
        let (isStopping, isFirst) = queue.withLock { queue in
            if !queue.isStopping { queue.jobs.append(job) }
            return (queue.isStopping, queue.jobs.count == 1)
        }
        if isStopping {
            job.fail(OutboxError(.stopped, "the outbox is closed"))
        } else if isFirst {
            arrivals.signal()
        }
    }

    /// Refuses further jobs and waits until those that were taken are done.
    func close() {
        stop()
        finished.wait()
        finished.signal()
    }

    private func stop() {
        queue.withLock { $0.isStopping = true }
        arrivals.signal()
    }

    private func run(_ context: WriterContext) throws {
        while true {
            arrivals.wait()
            letOthersRun()
            var batch = takeBatch()
            while !batch.jobs.isEmpty {
                commit(batch.jobs, context)
                context.checkpointIfDue()
                letOthersRun()
                batch = takeBatch()
            }
            if batch.isDone { return }
        }
    }

    /// On a busy machine, has those go first who prepare deliveries, so that one transaction takes more of
    /// them.
    ///
    /// If nobody waits for a processor, nothing happens.
    private func letOthersRun() { sched_yield() }

    /// Takes what waits, up to the limits of one transaction.
    private func takeBatch() -> (jobs: [WriteJob], isDone: Bool) {
        queue.withLock { queue in
            var bytes = 0
            var count = 0
            for job in queue.jobs.prefix(Self.batchJobsMax) {
                bytes += job.bytes
                if count > 0, bytes > Self.batchBytesMax { break }
                count += 1
            }
            let batch = Array(queue.jobs.prefix(count))
            queue.jobs.removeFirst(count)
            return (batch, queue.isStopping && queue.jobs.isEmpty)
        }
    }

    /// Commits a batch; if that fails because of one job, each is tried alone, so that the others are not
    /// lost.
    private func commit(_ batch: [WriteJob], _ context: WriterContext) {
        let started = ContinuousClock.now
        do {
            let isSynced = batch.contains { $0.isSynced }
            let completions = try context.transaction(isSynced: isSynced) {
                try batch.map { try context.perform($0) }
            }
            // One that was not synced says nothing of the disk, which may refuse just that.
            if isSynced, !healthy.exchange(true, ordering: .relaxed) { observer.onRecovery() }
            observer.onCommit(CommitReport(jobs: batch.count, duration: started.duration(to: .now)))
            for complete in completions { complete() }
            context.handOver.committed()
        } catch {
            context.handOver.failed()
            let error = OutboxError(error, doing: "the outbox cannot commit")
            if error.code == .refused, batch.count > 1 {
                for job in batch { commit([job], context) }
                return
            }
            if error.code != .refused, healthy.exchange(false, ordering: .relaxed) {
                observer.onFailure(error)
            }
            for job in batch { job.fail(error) }
        }
    }

    private func failAll(_ error: OutboxError) {
        let jobs = queue.withLock { queue in
            defer { queue.jobs = [] }
            return queue.jobs
        }
        for job in jobs { job.fail(error) }
    }
}

/// Told of what the writer does, on its thread.
package struct OutboxObserver: Sendable {
    /// A transaction was committed.
    package var onCommit: @Sendable (CommitReport) -> Void = { _ in }
    /// A transaction could not be committed, and the one before could.
    package var onFailure: @Sendable (OutboxError) -> Void = { _ in }
    /// A transaction was committed, and the one before could not be.
    package var onRecovery: @Sendable () -> Void = {}

    package init() {}
}

/// One commit, for metrics.
package struct CommitReport: Sendable {
    /// The jobs that shared the transaction.
    package let jobs: Int
    /// From the begin to the end of the sync.
    package let duration: Duration
}

/// Work for the writer.
struct WriteJob: Sendable {
    /// The bytes of payloads and events that it writes, for the bound of a batch.
    let bytes: Int
    /// Whether the transaction has to be on disk before it counts as committed.
    var isSynced = true
    /// Whether it keeps true what the writer knows of lanes; else that is forgotten, before it and behind it.
    var keepsLanes = false
    /// Writes within the transaction, perhaps twice; returns what to call once it has committed.
    let perform: @Sendable (WriterContext) throws -> @Sendable () -> Void
    /// Called instead when nothing was committed.
    let fail: @Sendable (OutboxError) -> Void
}
