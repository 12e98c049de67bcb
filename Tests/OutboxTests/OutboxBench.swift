import Dispatch
import Events
import Foundation
import GRDB
import Synchronization
import TestKit

@testable import Outbox

/// An outbox of its own, in a folder of its own, with short ways to use it.
final class OutboxBench {
    /// The moment at which most tests happen.
    static let now = EventFactory.receivedAt

    let path: String
    let clock = ManualClock(now: OutboxBench.now)
    private(set) var outbox: Outbox

    private let folder: TemporaryFolder
    private let commits: CommitList

    /// Opens an outbox, has it used and closes it.
    static func use<Value>(_ body: (OutboxBench) async throws -> Value) async throws -> Value {
        let bench = try OutboxBench()
        defer { bench.outbox.close() }
        return try await body(bench)
    }

    /// Opens an outbox at a path of the test's, who closes it.
    static func at(_ path: String) throws -> OutboxBench { try OutboxBench(path: path) }

    private init(path: String? = nil) throws {
        folder = try TemporaryFolder()
        self.path = path ?? folder.path("outbox.db")
        commits = CommitList()
        outbox = try Outbox(path: self.path, clock: clock.machineClock, observer: commits.observer)
    }

    /// The number of jobs of each commit so far.
    var commitSizes: [Int] { commits.sizes }

    /// What the outbox told of its health so far: a code for each failure, nil for each recovery.
    var healthReports: [OutboxError.Code?] { commits.health }

    /// What the outbox told of the clock.
    var clockReports: [ClockStepReport] { commits.clockSteps }

    /// What the outbox told of a log that readers hold back.
    var longLogReports: [LongLogReport] { commits.longLogs }

    /// Closes the outbox and opens it again.
    func reopen(now: Timestamp = OutboxBench.now) throws {
        outbox.close()
        clock.go(to: now)
        outbox = try Outbox(path: path, clock: clock.machineClock, observer: commits.observer)
    }

    /// Claims alone, at a time.
    func claim(listener: String, limit: Int, at time: Timestamp) async throws -> Claim {
        try await settle([], listener: listener, claimingUpTo: limit, at: time)
    }

    /// Records and claims at a time.
    func settle(
        _ records: [AttemptRecord],
        listener: String,
        claimingUpTo limit: Int,
        at time: Timestamp
    ) async throws -> Claim {
        clock.go(to: time)
        return try await outbox.settle(records, listener: listener, claimingUpTo: limit)
    }

    /// Has a delivery accepted, for the same listeners in all its events.
    @discardableResult
    func accept(_ delivery: Delivery, to listeners: [String] = ["one"]) async throws -> DeliveryReceipt {
        try await outbox.accept(delivery, to: listeners).get()
    }

    /// Has deliveries accepted, and a job done, that wait at the same time, so that they share a transaction.
    func acceptTogether(
        _ deliveries: [(delivery: Delivery, listeners: [String])],
        and job: WriteJob? = nil
    ) async -> [Result<DeliveryReceipt, OutboxError>] {
        let gate = await holdWriter()
        let results = ResultList(count: deliveries.count)
        for (index, item) in deliveries.enumerated() {
            let listeners = item.delivery.events.map { _ in item.listeners }
            outbox.accept(item.delivery, listeners: listeners) { results.set($0, at: index) }
        }
        if let job { outbox.writer.submit(job) }
        gate.signal()
        return await results.all()
    }

    /// Holds up the writer with a job until the semaphore is signalled.
    func holdWriter() async -> DispatchSemaphore {
        let gate = DispatchSemaphore(value: 0)
        await withCheckedContinuation { continuation in
            let perform: @Sendable (WriterContext) throws -> @Sendable () -> Void = { _ in
                continuation.resume()
                gate.wait()
                return {}
            }
            outbox.writer.submit(WriteJob(bytes: 0, perform: perform, fail: { _ in }))
        }
        return gate
    }

    /// Registers Swift listeners by their kinds, all with one ordering.
    @discardableResult
    func register(
        _ listeners: [String: [EventKind]],
        ordering: LaneOrdering = .subject,
        longestWait: Duration? = nil,
        step: Int64 = Outbox.laneStepMax
    ) async throws -> [String: ListenerPause] {
        let records = listeners.map {
            ListenerRecord(
                name: $0.key,
                kinds: $0.value,
                target: .swift,
                ordering: ordering,
                longestWait: longestWait
            )
        }
        return try await outbox.register(records, step: step)
    }

    /// An event of one repository and subject.
    static func event(repository: String? = "acme/app", subject: String? = "pull_request/1") -> any Event {
        var envelope = EventFactory.envelope(.unknown)
        envelope.subject = subject
        envelope.repository = repository.map {
            Repository(id: nil, fullName: $0, isPrivate: nil, url: nil)
        }
        return UnknownEvent(envelope: envelope, action: nil)
    }

    /// Runs SQL on the writer's connection, in a transaction.
    func execute(_ sql: String) async throws {
        try await outbox.submit { try $0.database.execute(sql: sql) }
    }

    /// What a query gives on a connection that only reads: one text a row, values parted by bars.
    func rows(_ sql: String) throws -> [String] {
        let connection = try OutboxConnection.reader(path: path)
        defer { try? connection.close() }  // a reader holds nothing that could be lost
        return try connection.read { try Self.rows($0, sql) }
    }

    /// What a query gives on the writer's connection.
    func writerRows(_ sql: String) async throws -> [String] {
        try await outbox.submit { try Self.rows($0.database, sql) }
    }

    static func rows(_ database: Database, _ sql: String) throws -> [String] {
        try Row.fetchAll(database, sql: sql).map { row in
            row.databaseValues.map(text).joined(separator: "|")
        }
    }

    private static func text(_ value: DatabaseValue) -> String {
        switch value.storage {
        case .null: "NULL"
        case .int64(let number): "\(number)"
        case .double(let number): "\(number)"
        case .string(let text): text
        case .blob(let bytes): bytes.map { String($0, radix: 16) }.joined(separator: " ")
        }
    }
}

extension Outbox {
    /// Waits for what `accept` says.
    func accept(_ delivery: Delivery, to listeners: [String]) async -> Result<DeliveryReceipt, OutboxError> {
        await withCheckedContinuation { continuation in
            accept(delivery, listeners: delivery.events.map { _ in listeners }) {
                continuation.resume(returning: $0)
            }
        }
    }

    /// Claims alone.
    func claim(listener: String, limit: Int) async throws -> Claim {
        try await settle([], listener: listener, claimingUpTo: limit)
    }

    /// Records one attempt alone.
    func finish(_ record: AttemptRecord) async throws {
        _ = try await settle([record], listener: record.listener, claimingUpTo: 0)
    }
}

/// Collects commit reports from the writer's thread.
private final class CommitList: Sendable {
    private let list = Mutex<[Int]>([])
    private let healthList = Mutex<[OutboxError.Code?]>([])
    private let longLogList = Mutex<[LongLogReport]>([])
    private let clockStepList = Mutex<[ClockStepReport]>([])

    var sizes: [Int] { list.withLock { $0 } }
    var health: [OutboxError.Code?] { healthList.withLock { $0 } }
    var longLogs: [LongLogReport] { longLogList.withLock { $0 } }
    var clockSteps: [ClockStepReport] { clockStepList.withLock { $0 } }

    var observer: OutboxObserver {
        var observer = OutboxObserver()
        observer.onCommit = { [self] report in list.withLock { $0.append(report.jobs) } }
        observer.onFailure = { [self] error in healthList.withLock { $0.append(error.code) } }
        observer.onRecovery = { [self] in healthList.withLock { $0.append(nil) } }
        observer.onClockStep = { [self] report in clockStepList.withLock { $0.append(report) } }
        observer.onLongLog = { [self] report in longLogList.withLock { $0.append(report) } }
        return observer
    }
}

/// Waits for several results that come in any order.
private final class ResultList: Sendable {
    private typealias Item = Result<DeliveryReceipt, OutboxError>

    private let count: Int
    private let items = Mutex<[Int: Item]>([:])
    private let done = AsyncStream.makeStream(of: Void.self)

    init(count: Int) { self.count = count }

    func set(_ result: Result<DeliveryReceipt, OutboxError>, at index: Int) {
        let isComplete = items.withLock { items in
            items[index] = result
            return items.count == count
        }
        if isComplete { done.continuation.finish() }
    }

    func all() async -> [Result<DeliveryReceipt, OutboxError>] {
        for await _ in done.stream {}
        return items.withLock { items in items.sorted { $0.key < $1.key }.map(\.value) }
    }
}
