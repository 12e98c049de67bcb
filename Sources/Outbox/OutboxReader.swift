import Events
import Foundation
import GRDB

/// Reads an outbox, whether a daemon writes to it or not; it can change nothing.
package final class OutboxReader: Sendable {
    /// Rows that one query gives at most.
    package static let rowsMax = 100_000

    private let path: String
    private let connection: DatabaseQueue

    /// Opens the file for reading.
    ///
    /// - Throws: `OutboxError` with `.notFound`, `.newerSchema`, `.olderSchema`, `.corrupt` or
    ///   `.unavailable`.
    package init(path: String) throws(OutboxError) {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else {
            throw OutboxError(
                .notFound,
                "there is no outbox at \(path): start `forgewire serve` once, or see outbox.path"
            )
        }
        do {
            connection = try OutboxConnection.reader(path: path)
            let version = try connection.read { try Schema.version(of: $0, path: path) }
            guard version > 0 else { throw OutboxError(.corrupt, "\(path) has no tables yet") }
            guard version == Schema.currentVersion else {
                throw OutboxError(
                    .olderSchema,
                    "\(path) has schema version \(version), this program reads \(Schema.currentVersion): "
                        + "start `forgewire serve` once to bring it up to date"
                )
            }
        } catch {
            throw OutboxError(error, doing: "\(path) cannot be read")
        }
    }

    /// Closes the file; reading fails from then on.
    package func close() {
        try? connection.close()  // a connection that cannot be closed ends with the process
    }

    /// The newest events first.
    ///
    /// - Throws: `OutboxError` if the file cannot be read.
    package func events(_ query: EventQuery) throws(OutboxError) -> [StoredEvent] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: ReaderSQL.events,
                arguments: [
                    "source": query.source, "kind": query.kind, "repository": query.repository,
                    "since": query.since?.milliseconds, "limit": min(query.limit, Self.rowsMax),
                ]
            )
            return rows.map(StoredEvent.init)
        }
    }

    /// One event with all that hangs on it; nil if there is none of that id.
    ///
    /// - Throws: `OutboxError` if the file cannot be read.
    package func details(ofEvent id: Int64) throws(OutboxError) -> EventDetails? {
        try read { database in
            guard let row = try Row.fetchOne(database, sql: ReaderSQL.event, arguments: [id]) else {
                return nil
            }
            return EventDetails(
                event: StoredEvent(row),
                delivery: StoredDelivery(row),
                dispatches: try Row.fetchAll(database, sql: ReaderSQL.dispatches, arguments: [id])
                    .map(StoredDispatch.init),
                attempts: try Row.fetchAll(database, sql: ReaderSQL.attempts, arguments: [id])
                    .map(StoredAttempt.init)
            )
        }
    }

    /// The exact bytes of a delivery; nil if there is none of that id.
    ///
    /// - Throws: `OutboxError` if the file cannot be read, or what it holds cannot be expanded.
    package func payload(ofDelivery id: Int64) throws(OutboxError) -> [UInt8]? {
        // Expanded when the connection is free again for others.
        try read { database in try StoredPayload.fetch(database, delivery: id) }?.original()
    }

    /// Each listener with its backlog, in the order of their names.
    ///
    /// - Throws: `OutboxError` if the file cannot be read.
    package func listeners() throws(OutboxError) -> [ListenerBacklog] {
        try read { database in
            try Row.fetchAll(database, sql: ReaderSQL.listeners).map(ListenerBacklog.init)
        }
    }

    /// The sizes of the database file and of its write-ahead log, in bytes; a missing file has none.
    package func fileSizes() -> (outbox: Int, writeAheadLog: Int) {
        (outbox: Self.size(of: path), writeAheadLog: Self.size(of: path + "-wal"))
    }

    private static func size(of path: String) -> Int {
        // A missing file is no error: there may be no write-ahead log.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }

    private func read<Value>(_ query: (Database) throws -> Value) throws(OutboxError) -> Value {
        do {
            return try connection.read(query)
        } catch {
            throw OutboxError(error, doing: "\(path) cannot be read")
        }
    }
}
