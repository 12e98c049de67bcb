import Dispatch
import Events
import Foundation
import GRDB
import Synchronization

/// The one thread that writes: it takes all that waits into one transaction, so that many share one sync.
final class OutboxWriter: Sendable {
    /// Jobs in one transaction, at most: bounds how long the first of them waits for its answer.
    static let batchJobsMax = 512

    /// Payload bytes in one transaction, at most; one larger payload makes a batch of its own.
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
        let isStopping = queue.withLock { queue in
            if !queue.isStopping { queue.jobs.append(job) }
            return queue.isStopping
        }
        if isStopping {
            job.fail(OutboxError(.stopped, "the outbox is closed"))
        } else {
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
            let (batch, isDone) = takeBatch()
            if !batch.isEmpty { commit(batch, context) }
            if isDone { return }
        }
    }

    /// Signals that belong to jobs of an earlier batch make this come back empty, which costs next to
    /// nothing.
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
            let completions = try context.transaction { try batch.map { try $0.perform(context) } }
            if !healthy.exchange(true, ordering: .relaxed) { observer.onRecovery() }
            observer.onCommit(CommitReport(jobs: batch.count, duration: started.duration(to: .now)))
            for complete in completions { complete() }
        } catch {
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
    /// The payload bytes that it writes, for the bound of a batch.
    let bytes: Int
    /// Writes within the transaction, perhaps twice; returns what to call once it has committed.
    let perform: @Sendable (WriterContext) throws -> @Sendable () -> Void
    /// Called instead when nothing was committed.
    let fail: @Sendable (OutboxError) -> Void
}

/// What the writer's thread works with; it never leaves that thread.
final class WriterContext {
    let database: Database
    private(set) var statements: Statements

    private var lastDeliveryID: Int64 = 0
    private var lastEventID: Int64 = 0
    private var orderings: [String: LaneOrdering] = [:]
    private var listenersAssigningLanes: Set<String> = []
    /// For each listener the turn that it had last; lost at the end of the process, which harms nobody.
    private var lastTurns: [String: String] = [:]

    init(_ database: Database) throws {
        self.database = database
        statements = try Statements(database)
        try reload()
    }

    /// The id for a new delivery; taken only by `takeDeliveryID`, so that a duplicate uses none up.
    var nextDeliveryID: Int64 { lastDeliveryID + 1 }

    /// The delivery was new.
    func takeDeliveryID() { lastDeliveryID += 1 }

    /// An id that no event has had; the event JSON needs it before the row exists.
    func nextEventID() -> Int64 {
        lastEventID += 1
        return lastEventID
    }

    /// The position of the newest event's dispatches; between two events there is room for 2^20 others.
    var lastPositionOfEvents: Int64 { Self.position(ofEvent: lastEventID) }

    /// The position of a new event's dispatches in their lanes.
    static func position(ofEvent id: Int64) -> Int64 { id << 20 }

    /// What makes a listener's lanes.
    func ordering(of listener: String) -> LaneOrdering { orderings[listener] ?? .subject }

    /// Whether a listener's dispatches do not have their new lanes yet.
    func isAssigningLanes(of listener: String) -> Bool { listenersAssigningLanes.contains(listener) }

    /// The id of the newest event.
    var newestEventID: Int64 { lastEventID }

    /// The turn that a listener had last.
    func lastTurn(of listener: String) -> String { lastTurns[listener] ?? "" }

    /// A listener has had a turn.
    func setLastTurn(_ turn: String, of listener: String) { lastTurns[listener] = turn }

    /// Runs a transaction.
    ///
    /// After a failure the ids that it took are free again, as nobody has seen them, and the statements are
    /// new ones: one that failed would throw its old error, which `sqlite3_reset` returns, at its next use.
    func transaction<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            var value: Value?
            try database.inTransaction(.immediate) {
                value = try work()
                return .commit
            }
            guard let value else { preconditionFailure("a committed transaction has run its work") }
            return value
        } catch {
            try? renew()  // what fails here fails again in the next transaction, which reports it
            throw error
        }
    }

    private func renew() throws {
        statements = try Statements(database)
        try reload()
    }

    /// Reads what is kept in memory for speed.
    func reload() throws {
        lastDeliveryID = try Int64.fetchOne(database, sql: SQL.lastID, arguments: ["deliveries"]) ?? 0
        lastEventID = try Int64.fetchOne(database, sql: SQL.lastID, arguments: ["events"]) ?? 0
        let rows = try Row.fetchAll(database, sql: SQL.orderings)
        orderings = Dictionary(
            uniqueKeysWithValues: rows.map { ($0[0], LaneOrdering(rawValue: $0[1]) ?? .subject) }
        )
        let changes = try Row.fetchAll(database, sql: LaneSQL.laneChanges)
        listenersAssigningLanes = Set(
            changes.filter { $0[1] == LaneChange.assigning.rawValue }.map { $0[0] as String }
        )
    }
}
