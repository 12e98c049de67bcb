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
    private let place: OutboxPlace
    private let observer: OutboxObserver
    private let clock: MachineClock

    /// The jobs that wait, in the order of their arrival; bounded by those who submit: deliveries in flight
    /// and attempts under way.
    private struct Queue {
        var jobs: [WriteJob] = []
        var isStopping = false
    }

    /// Starts the thread on a connection.
    init(_ connection: DatabaseQueue, place: OutboxPlace, clock: MachineClock, observer: OutboxObserver) {
        self.place = place
        self.clock = clock
        self.observer = observer
        let started = DispatchSemaphore(value: 0)
        let thread = Thread { [self] in
            started.wait()  // on Linux, a thread can only name itself, and not before `start` has returned
            Thread.current.name = "outbox-writer"
            do {
                try connection.writeWithoutTransaction { database in
                    try run(WriterContext(database, clock: clock))
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
                tellLongLog(context)
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

    private func tellLongLog(_ context: WriterContext) {
        guard let bytes = context.longLogBytes(now: clock.uptime()) else { return }
        let readers = place.index.map { SystemLocks.current.readers(of: $0) }
        observer.onLongLog(LongLogReport(bytes: bytes, readers: readers ?? []))
    }

    /// Commits a batch; if that fails because of one job, each is tried alone, so that the others are not
    /// lost.
    ///
    /// Nothing is written to files that others would not find, and nothing of it answered: it is looked for
    /// them before the commit, and again before the answers, as the commit waits for the disk.
    private func commit(_ batch: [WriteJob], _ context: WriterContext) {
        let started = clock.uptime()
        do {
            let isSynced = batch.contains { $0.isSynced }
            context.begin(batch, now: started)
            let (step, completions) = try context.transaction(isSynced: isSynced) {
                let step = try context.followClock()
                let completions = try batch.map { try context.perform($0) }
                if let fault = place.fault { throw fault }
                return (step, completions)
            }
            if let report = context.clockFollowed(by: step) { observer.onClockStep(report) }
            let fault = isSynced ? place.fault : nil
            if let fault {
                failed(fault, context)
            } else if isSynced {
                // One that was not synced says nothing of the disk, which may refuse just that.
                synced(bytes: batch.reduce(context.probedBytes) { $0 + $1.bytes }, context)
            }
            observer.onCommit(CommitReport(jobs: batch.count, duration: started.duration(to: clock.uptime())))
            for (job, complete) in zip(batch, completions) {
                if job.isSynced, let fault { job.fail(fault) } else { complete() }
            }
            context.handOver.committed()
        } catch {
            context.handOver.failed()
            let error = OutboxError(error, doing: "the outbox cannot commit")
            if error.code == .refused, batch.count > 1 {
                for job in batch { commit([job], context) }
                return
            }
            if error.code != .refused { failed(error, context) }
            for job in batch { job.fail(error) }
        }
    }

    /// A transaction was synced that wrote so much.
    private func synced(bytes: Int, _ context: WriterContext) {
        guard !isHealthy, bytes >= context.bytesToRecover else { return }
        healthy.store(true, ordering: .relaxed)
        observer.onRecovery()
    }

    /// A transaction failed, and not for what it wrote.
    private func failed(_ error: OutboxError, _ context: WriterContext) {
        let isMisplaced = place.fault != nil
        context.beginFailing(isForRoom: !isMisplaced)
        guard healthy.exchange(false, ordering: .relaxed) else { return }
        observer.onFailure(error)
        // What a log holds that nobody finds again is in the outbox's file then, however this process ends.
        if isMisplaced { context.checkpoint() }
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
    /// The write-ahead log grows because a reader holds it back; told once an hour while that lasts.
    package var onLongLog: @Sendable (LongLogReport) -> Void = { _ in }
    /// The clock was set since the last transaction, by a second at least.
    package var onClockStep: @Sendable (ClockStepReport) -> Void = { _ in }

    package init() {}
}

/// One commit, for metrics.
package struct CommitReport: Sendable {
    /// The jobs that shared the transaction.
    package let jobs: Int
    /// From the begin to the end of the sync.
    package let duration: Duration
}

/// A write-ahead log that grows, as steps that should let it be started anew do not.
package struct LongLogReport: Sendable {
    /// What it holds.
    package let bytes: Int
    /// The processes that read from it, as far as this one may know them.
    package let readers: [Int32]
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
