package import Events
import Foundation
import GRDB
import Synchronization

/// The durable store of deliveries, events and dispatches: one SQLite file with one writer.
package final class Outbox: Sendable {
    /// Where the file is.
    package let path: String
    /// The id that tells this outbox from all others, 32 hexadecimal digits.
    package let id: String
    /// The newest event whose dispatches keep the `webhook-id` that earlier versions gave them; 0 if there is
    /// none.
    package let plainIDsUntil: Int64

    /// What it goes by.
    package let clock: MachineClock
    private let folder: OutboxFolder
    private let lock: OutboxLock
    private let connection: DatabaseQueue
    private let place: OutboxPlace
    private let isClosed = Mutex(false)
    let writer: OutboxWriter

    /// Opens the outbox, makes it or brings it up to date, and makes pending again what ran when the last
    /// process ended.
    ///
    /// - Parameters:
    ///   - path: The file; its folder is made, readable for its owner alone, if it is not there.
    ///   - clock: What it goes by.
    ///   - role: What this process does with it, for those who find it taken.
    ///   - observer: Told of commits and failures.
    /// - Throws: `OutboxError` with `.locked`, `.busy`, `.newerSchema`, `.corrupt` or `.unavailable`.
    package init(
        path: String,
        clock: MachineClock = .system,
        as role: OutboxRole = .command,
        observer: OutboxObserver = OutboxObserver()
    ) throws(OutboxError) {
        self.path = path
        self.clock = clock
        folder = try OutboxFolder(of: path)
        do throws(OutboxError) {
            lock = try OutboxLock(outboxPath: path, as: role)
            let opened = try Self.connect(path, clock)
            connection = opened.connection
            id = opened.id
            plainIDsUntil = opened.plainIDsUntil
            place = OutboxPlace(path: path, file: lock.file, fullPath: opened.fullPath)
        } catch {
            folder.removeIfEmpty()
            throw error
        }
        writer = OutboxWriter(connection, place: place, clock: clock, observer: observer)
    }

    /// The writer's connection, and what the file says of itself.
    private struct Opened {
        let connection: DatabaseQueue
        let id: String
        let plainIDsUntil: Int64
        let fullPath: String
    }

    private static func connect(_ path: String, _ clock: MachineClock) throws(OutboxError) -> Opened {
        do {
            let connection = try OutboxConnection.writer(path: path)
            return try connection.writeWithoutTransaction { database in
                try Schema.migrate(database, path: path)
                try Self.recover(database, clock)
                return Opened(
                    connection: connection,
                    id: try String.fetchOne(database, sql: SQL.outboxID) ?? "",
                    plainIDsUntil: try Int64.fetchOne(database, sql: SQL.plainIDsUntil) ?? 0,
                    fullPath: OutboxConnection.fullPath(of: database) ?? path
                )
            }
        } catch {
            throw OutboxError(error, doing: "\(path) cannot be opened")
        }
    }

    /// Whether the last commit went through; after a failure, `probe()` finds out whether the next would.
    package var isHealthy: Bool { writer.isHealthy }

    /// Whether the files that are open are those that are there; if not, nothing is committed any more.
    package var isInPlace: Bool { place.fault == nil }

    /// Says what this process does now, for those who find the outbox taken.
    package func announce(_ role: OutboxRole) { lock.announce(role) }

    /// Finishes what was submitted, moves the write-ahead log into the file, closes it and lets others write.
    ///
    /// May be called twice.
    package func close() { close(abandoning: false) }

    /// Closes the outbox of a start that failed: the files and folders that this process made go, if nothing
    /// was ever taken.
    package func abandon() { close(abandoning: true) }

    private func close(abandoning: Bool) {
        writer.close()
        isClosed.withLock { isClosed in
            guard !isClosed else { return }  // a checkpoint on a closed connection is a crash, not an error
            isClosed = true
            // Best effort: what is left in the log is read at the next start.
            _ = try? connection.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            let isUnused = abandoning && lock.isNew && folder.isNew && isEmpty
            // A connection that does not close is still a writer, so it keeps the lock.
            guard (try? connection.close()) != nil else { return }
            // While the lock is held, so that nobody else has begun to use them.
            if isUnused { OutboxFiles.remove(path) }
            lock.release()
            if isUnused { folder.removeIfEmpty() }
        }
    }

    private var isEmpty: Bool {
        // What cannot be read may have something in it.
        let isTaken = try? connection.read {
            try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM deliveries)")
        }
        return isTaken == false
    }

    /// Commits a write as large as the largest delivery of the last hour, 1 MiB at most, and removes it.
    ///
    /// The pages that it took are free for deliveries to come.
    ///
    /// - Throws: `OutboxError` if that fails.
    package func probe() async throws(OutboxError) {
        try await submit { context in
            try context.statements.probe.run(context.clock.now().description)
            try context.writeProbe()
        }
        // Pages that are taken and given back by one transaction would not be written.
        try await submit { try $0.statements.removeProbe.run() }
    }

    /// From now on has new dispatches begin with the transaction that makes them, where an intake takes them.
    ///
    /// - Parameter intake: The dispatcher.
    /// - Throws: `OutboxError` if the outbox is closed.
    package func handOver(to intake: any DispatchIntake) async throws(OutboxError) {
        try await submit { $0.handOver = HandOver(to: intake, clock: $0.clock) }
    }

    /// When the clock was set while the outbox is open.
    ///
    /// - Throws: `OutboxError` if the outbox is closed.
    func clockHistory() async throws(OutboxError) -> ClockHistory {
        try await submit(isSynced: false, keepsLanes: true) { $0.clockHistory }
    }

    /// Has something written in the next transaction and waits until it is committed.
    ///
    /// - Parameters:
    ///   - isSynced: Whether it has to be on disk then, so that a power cut cannot undo it.
    ///   - keepsLanes: Whether the work keeps true what the writer knows of lanes; else that is forgotten.
    ///   - work: What is written, perhaps twice.
    /// - Returns: What the work returned.
    /// - Throws: `OutboxError` if nothing was committed.
    func submit<Value: Sendable>(
        isSynced: Bool = true,
        keepsLanes: Bool = false,
        _ work: @escaping @Sendable (WriterContext) throws -> Value
    ) async throws(OutboxError) -> Value {
        let result: Result<Value, OutboxError> = await withCheckedContinuation { continuation in
            writer.submit(
                WriteJob(
                    bytes: 0,
                    isSynced: isSynced,
                    keepsLanes: keepsLanes,
                    perform: { context in
                        let value = try work(context)
                        return { continuation.resume(returning: .success(value)) }
                    },
                    fail: { continuation.resume(returning: .failure($0)) }
                )
            )
        }
        return try result.get()
    }

    private static func recover(_ database: Database, _ clock: MachineClock) throws {
        let context = try WriterContext(database, clock: clock)
        let now = clock.now()
        try context.transaction {
            try database.execute(sql: SQL.recordInterrupted, arguments: [now.milliseconds])
            for row in try Row.fetchAll(database, sql: SQL.findRunning) {
                let (event, listener): (Int64, String) = (row[0], row[1])
                let arguments: StatementArguments = [now.milliseconds, event, listener]
                try database.execute(sql: SQL.recoverRunning, arguments: arguments)
                try context.resumeLane(row[2], event: event, listener: listener)
            }
        }
    }
}
