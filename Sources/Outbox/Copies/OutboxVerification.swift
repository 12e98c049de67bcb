private import Foundation
import GRDB

/// What a look at all of a file finds: whether it is an outbox, and whole.
package struct OutboxVerification: Sendable {
    /// How many problems are told.
    package static let problemsMax = 20

    /// The version of the file's schema.
    package let schemaVersion: Int
    /// Whether this program makes files of a later version; `serve` brings such a one up to date.
    package var isOld: Bool { schemaVersion < Schema.currentVersion }
    /// How many deliveries and events it holds; 0 if there are problems.
    package let deliveries: Int
    /// See `deliveries`.
    package let events: Int
    /// What is wrong, the first of it; none for a file that is whole.
    package let problems: [String]

    /// Reads all of a file, whether a daemon writes to it or not; nothing in it is changed.
    ///
    /// - Throws: `OutboxError` if it is no outbox, one of a newer program, or so damaged that it cannot be
    ///   read to its end.
    package init(path: String) throws(OutboxError) {
        do {
            try Self.requireFile(path)
            let connection = try OutboxConnection.reader(path: path)
            defer { try? connection.close() }  // a reader holds nothing that could be lost
            self = try connection.read { database in
                let version = try Self.schemaVersion(of: database, path: path)
                var problems = try Self.damage(in: database)
                // What hangs together cannot be told of pages that are not what they seem.
                if problems.isEmpty { problems = try Self.looseRows(in: database) }
                let counts = try problems.isEmpty ? Self.counts(in: database) : (deliveries: 0, events: 0)
                return OutboxVerification(
                    schemaVersion: version,
                    deliveries: counts.deliveries,
                    events: counts.events,
                    problems: problems
                )
            }
        } catch {
            throw OutboxError(error, doing: "\(path) cannot be read")
        }
    }

    private init(schemaVersion: Int, deliveries: Int, events: Int, problems: [String]) {
        self.schemaVersion = schemaVersion
        self.deliveries = deliveries
        self.events = events
        self.problems = problems
    }

    /// - Throws: `OutboxError.Code.notFound` if there is no file.
    static func requireFile(_ path: String) throws(OutboxError) {
        guard FileManager.default.fileExists(atPath: path) else {
            throw OutboxError(.notFound, "there is no file at \(path)")
        }
    }

    /// The version of a file that has to be an outbox.
    ///
    /// - Throws: `OutboxError` with `.corrupt` if it is none, with `.newerSchema`, or what SQLite says.
    static func schemaVersion(of database: Database, path: String) throws -> Int {
        let version: Int
        do {
            version = try Schema.version(of: database, path: path)
        } catch let error as OutboxError where error.code == .corrupt {
            throw OutboxError(.corrupt, "\(path) is a database of another program, and no outbox")
        }
        guard version > 0 else { throw OutboxError(.corrupt, "\(path) is empty, and no outbox") }
        return version
    }

    /// What is wrong with the pages, indexes and columns of a file.
    static func damage(in database: Database) throws -> [String] {
        try String.fetchAll(database, sql: "PRAGMA integrity_check(\(problemsMax))").filter { $0 != "ok" }
    }

    private static func looseRows(in database: Database) throws -> [String] {
        let rows = try Row.fetchCursor(database, sql: "PRAGMA foreign_key_check")
        var problems: [String] = []
        while problems.count < problemsMax, let row = try rows.next() {
            let (table, parent): (String, String) = (row[0], row[2])
            problems.append("a row of \(table) belongs to none of \(parent)")
        }
        return problems
    }

    private static func counts(in database: Database) throws -> (deliveries: Int, events: Int) {
        let deliveries = try Int.fetchOne(database, sql: "SELECT count(*) FROM deliveries") ?? 0
        let events = try Int.fetchOne(database, sql: "SELECT count(*) FROM events") ?? 0
        return (deliveries, events)
    }
}
