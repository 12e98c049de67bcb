private import Foundation
import GRDB

/// The outbox that a restored one takes the place of.
struct ReplacedOutbox {
    /// The last ids that it has given out; nil if it cannot tell any more.
    let lastIDs: LastIDs?

    private let path: String

    /// Has all of an outbox in its one file, so that it can be given another name.
    ///
    /// Its write-ahead log is moved into it and goes. A file that is damaged stays as it is.
    ///
    /// The switch of the journal mode that does so is refused by SQLite while any other connection has the
    /// file open. That is needed: one that is closed later removes the log of whatever has the name then.
    ///
    /// Nil if there is no file, or an empty one.
    ///
    /// - Parameter path: The outbox, whose lock this process holds; no link.
    /// - Throws: `OutboxError` if it is in use or another program's, or the disk refuses.
    init?(settling path: String) throws(OutboxError) {
        // Without attributes, there is none.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let size = attributes?[.size] as? NSNumber, size.intValue > 0 else { return nil }
        self.path = path
        do {
            let found = try Self.look(at: path)
            if found.isReadable { try Self.settle(path) }
            lastIDs = found.lastIDs
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw Self.isOpen(path)
        } catch {
            throw OutboxError(error, doing: "\(path) cannot be put aside")
        }
    }

    /// Gives the outbox a second name, beside the one that it has, with what is left of its log.
    ///
    /// Only a damaged outbox has a log left. It has to go before another file gets the outbox's name:
    /// SQLite would take it for that one's.
    ///
    /// - Throws: `OutboxError` if the names cannot be made; then the outbox still has its own.
    func keep(at name: String) throws(OutboxError) {
        // Not `-shm`, which SQLite makes anew from the log.
        for suffix in ["", "-journal", "-wal"] where UnfinishedFile.exists(path + suffix) {
            // The paths' C strings live as long as the call.
            guard unsafe link(path + suffix, name + suffix) == 0 else {
                throw OutboxError(
                    .unavailable,
                    "\(path + suffix) cannot be kept as \(name + suffix): \(systemMessage(errno))"
                )
            }
        }
        try UnfinishedFile.syncFolder(of: name)
    }

    /// Removes what SQLite may have left beside an outbox that is put aside, or is not there any more.
    ///
    /// - Throws: `OutboxError` if something stays.
    static func removeCompanions(of path: String) throws(OutboxError) {
        for suffix in UnfinishedFile.companions {
            // The path's C string lives as long as the call.
            guard unsafe unlink(path + suffix) != 0, errno != ENOENT else { continue }
            throw OutboxError(.unavailable, "\(path + suffix) cannot be removed: \(systemMessage(errno))")
        }
    }

    /// Finds out whether the file can be read, and its ids, without a change: closing a connection that can
    /// write would remove the log of a damaged file, too.
    ///
    /// - Throws: `OutboxError` if it is another program's, or what SQLite says.
    private static func look(at path: String) throws -> (isReadable: Bool, lastIDs: LastIDs?) {
        do {
            let connection = try OutboxConnection.reader(path: path)
            defer { try? connection.close() }  // a reader holds nothing that could be lost
            return try connection.read { database in
                // An empty database has given out none, and a newer program's has the same counts.
                let isEmpty = try version(of: database, path) == 0
                return (true, try isEmpty ? LastIDs(deliveries: 0, events: 0) : LastIDs(of: database))
            }
        } catch let error as DatabaseError where error.isDamage {
            return (false, nil)
        }
    }

    /// Nil for an outbox of a newer program: it may be put aside.
    private static func version(of database: Database, _ path: String) throws -> Int? {
        do {
            return try Schema.version(of: database, path: path)
        } catch let error as OutboxError where error.code == .newerSchema {
            return nil
        }
    }

    private static func settle(_ path: String) throws {
        var configuration = Configuration()
        configuration.label = "forgewire.outbox.replaced"
        let connection = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? connection.close() }  // in this mode, everything is in the file
        let mode = try connection.writeWithoutTransaction { database in
            try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
        }
        guard mode == "delete" else { throw isOpen(path) }
    }

    private static func isOpen(_ path: String) -> OutboxError {
        OutboxError(
            .locked,
            "another program has \(path) open, such as a `sqlite3` shell, and would confuse the two: close it"
        )
    }
}

extension DatabaseError {
    /// Whether the file itself is bad.
    fileprivate var isDamage: Bool { [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(resultCode) }
}
