import Events
import Foundation
import GRDB

/// Reads an outbox for what operators have done with it, on a thread of its own.
///
/// Whatever looks at many rows does so in windows, each a short read: a long one would keep the write-ahead
/// log from being reset.
package final class AdministrationReader: Sendable {
    /// Rows that one list gives at most.
    package static let rowsMax = OutboxReader.rowsMax

    /// Rows of one step: they are changed in one transaction, which deliveries wait for.
    static let pageRowsMax = 500

    /// Bytes of event JSON in memory at the same time, but for one long event.
    private static let pageBytesMax = 8 << 20

    /// Ids that one read looks at, at most: a few dozen milliseconds.
    private static let windowIDs: Int64 = 20_000

    private let path: String
    private let connection: DatabaseQueue

    /// Opens the file for reading.
    ///
    /// - Throws: What `OutboxReader` throws.
    package init(path: String) throws(OutboxError) {
        // It checks that there is a file, of the schema that the queries are for.
        try OutboxReader(path: path).close()
        self.path = path
        do {
            connection = try OutboxConnection.reader(path: path)
        } catch {
            throw OutboxError(error, doing: "\(path) cannot be read")
        }
    }

    /// Closes the file; reading fails from then on.
    package func close() {
        try? connection.close()  // a connection that cannot be closed ends with the process
    }

    /// The newest event's id, 0 if there is none.
    package func newestEvent() async throws(OutboxError) -> Int64 {
        try await read { try Int64.fetchOne($0, sql: AdministrationReaderSQL.newestEvent) ?? 0 }
    }

    /// Whether there is an event of that id.
    package func hasEvent(_ id: Int64) async throws(OutboxError) -> Bool {
        try await read {
            try Row.fetchOne($0, sql: AdministrationReaderSQL.hasEvent, arguments: [id]) != nil
        }
    }

    /// Whether a listener of that name was ever registered, or has dispatches that are not done.
    package func knowsListener(_ name: String) async throws(OutboxError) -> Bool {
        try await read {
            let sql = AdministrationReaderSQL.knowsListener
            return try Bool.fetchOne($0, sql: sql, arguments: [name]) ?? false
        }
    }

    /// The dead letters, newest first.
    package func deadLetters(of listener: String?) async throws(OutboxError) -> [DeadLetter] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: AdministrationReaderSQL.deadLetters,
                arguments: ["listener": listener, "limit": Self.rowsMax]
            )
            return rows.map(DeadLetter.init)
        }
    }

    /// The listeners that have dead letters, or one of an event.
    package func listenersWithDead(event: Int64?) async throws(OutboxError) -> [String] {
        try await read { database in
            try String.fetchAll(
                database,
                sql: AdministrationReaderSQL.listenersWithDead,
                arguments: ["event": event]
            )
        }
    }

    /// What makes a listener's lanes.
    func ordering(of listener: String) async throws(OutboxError) -> LaneOrdering {
        try await read { database in
            let sql = AdministrationReaderSQL.ordering
            let text = try String.fetchOne(database, sql: sql, arguments: [listener])
            return text.flatMap(LaneOrdering.init) ?? .subject
        }
    }

    /// The events of a listener's dead letters.
    func dead(
        of listener: String,
        after: Int64,
        until: Int64
    ) async throws(OutboxError) -> Page<AdministeredEvent> {
        try await read { database in
            let sql = AdministrationReaderSQL.dead
            var arguments: StatementArguments = ["listener": listener, "after": after, "until": until]
            arguments += ["limit": Self.pageRowsMax]
            let cursor = try Row.fetchCursor(database, sql: sql, arguments: arguments)
            return try Self.page(cursor, end: nil)
        }
    }

    /// Stored events, each with the state of its dispatch for a listener.
    func events(
        _ selection: EventSelection,
        listener: String,
        after: Int64,
        until: Int64
    ) async throws(OutboxError) -> Page<AdministeredEvent> {
        let window = try await window(after: after, until: until)
        return try await read { database in
            var arguments: StatementArguments = ["listener": listener, "after": after, "until": window.end]
            arguments += ["kind": selection.kind, "repository": selection.repository]
            arguments += ["since": selection.since?.milliseconds, "before": selection.until?.milliseconds]
            arguments += ["limit": Self.pageRowsMax]
            let sql = AdministrationReaderSQL.events
            let cursor = try Row.fetchCursor(database, sql: sql, arguments: arguments)
            return try Self.page(cursor, end: window.next)
        }
    }

    /// The event behind which those of a selection begin.
    func start(of selection: EventSelection) async throws(OutboxError) -> Int64 {
        guard let since = selection.since else { return 0 }
        return try await read { database in
            let sql = AdministrationReaderSQL.firstEventSince
            let first = try Int64.fetchOne(database, sql: sql, arguments: [since.milliseconds])
            return first.map { $0 - 1 } ?? .max
        }
    }

    /// A listener's open and dead dispatches, newest first; `next` is the event to go on before.
    func open(
        of listener: String,
        after: Int64,
        until: Int64
    ) async throws(OutboxError) -> Page<OpenDispatch> {
        let newest = try await newestEvent(before: until + 1)
        let start = max(after, newest - Self.windowIDs)
        return try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: AdministrationReaderSQL.open,
                arguments: [
                    "listener": listener, "after": start, "until": until, "limit": Self.pageRowsMax,
                ]
            )
            let elements = rows.map {
                OpenDispatch(event: $0[0], isRunning: $0[1] == DispatchState.running.rawValue)
            }
            let isCut = rows.count == Self.pageRowsMax
            let next = isCut ? elements.last.map { $0.event - 1 } : start
            return Page(elements: elements, next: next.flatMap { $0 > after ? $0 : nil })
        }
    }

    /// A listener's open and dead dispatches, and which of them another listener has, too.
    func adoptable(
        of listener: String,
        by other: String,
        ordering: LaneOrdering,
        after: Int64,
        until: Int64
    ) async throws(OutboxError) -> Page<AdoptableDispatch> {
        let window = try await window(after: after, until: until)
        return try await read { database in
            var arguments: StatementArguments = ["listener": listener, "other": other]
            arguments += ["after": after, "until": window.end, "limit": Self.pageRowsMax]
            let sql = AdministrationReaderSQL.adoptable
            let elements = try Row.fetchAll(database, sql: sql, arguments: arguments).map { row in
                AdoptableDispatch(
                    event: row["event"],
                    lane: ordering.lane(
                        source: row["source"],
                        repository: row["repository"],
                        subject: row["subject"]
                    ),
                    isRunning: row["state"] == DispatchState.running.rawValue,
                    isTaken: row["is_taken"]
                )
            }
            let isCut = elements.count == Self.pageRowsMax
            return Page(elements: elements, next: isCut ? elements.last?.event : window.next)
        }
    }

    /// One read of the file, on GRDB's own queue.
    func read<Value: Sendable>(
        _ query: @escaping @Sendable (Database) throws -> Value
    ) async throws(OutboxError) -> Value {
        do {
            return try await connection.read(query)
        } catch is CancellationError {
            throw OutboxError(.stopped, "the work was cancelled; what was done stays")
        } catch {
            throw OutboxError(error, doing: "\(path) cannot be read")
        }
    }

    /// The ids that the next read looks at: a window behind those that no event has, which in an outbox that
    /// was restored are billions in a row.
    func window(
        after: Int64,
        until: Int64
    ) async throws(OutboxError) -> (end: Int64, next: Int64?) {
        guard after < until, until - after > Self.windowIDs else { return (until, nil) }
        let first = try await read { database in
            try Int64.fetchOne(database, sql: AdministrationReaderSQL.oldestEvent, arguments: [after])
        }
        guard let first, first < until, until - first >= Self.windowIDs else { return (until, nil) }
        let end = first - 1 + Self.windowIDs
        return (end, end)
    }

    /// The newest event before another, 0 if there is none.
    private func newestEvent(before event: Int64) async throws(OutboxError) -> Int64 {
        try await read { database in
            let sql = AdministrationReaderSQL.newestEventBefore
            return try Int64.fetchOne(database, sql: sql, arguments: [event]) ?? 0
        }
    }

    /// As many of the rows as may be in memory together.
    private static func page(_ cursor: RowCursor, end: Int64?) throws -> Page<AdministeredEvent> {
        var events: [AdministeredEvent] = []
        var bytes = 0
        while let row = try cursor.next() {
            let event = AdministeredEvent(row)
            events.append(event)
            bytes += event.json.utf8.count
            guard events.count < pageRowsMax, bytes < pageBytesMax else {
                return Page(elements: events, next: event.id)
            }
        }
        return Page(elements: events, next: end)
    }
}
