package import Events
private import Foundation
import GRDB

/// A copy that was put in the place of an outbox.
package struct OutboxRestore: Sendable {
    /// The newest event in it, 0 if there is none.
    package let newestEvent: Int64
    /// All later events have greater ids.
    package let lastEventID: Int64
    /// Where the outbox is that was there before; nil if there was none.
    package let keptAt: String?
    /// Whether the ids of that outbox could be read, so that the new ones are surely above them.
    package let knewReplacedIDs: Bool

    /// Puts a copy in the place of an outbox, which is kept beside it; see the article on copies for what a
    /// kill leaves at each step.
    ///
    /// - Parameters:
    ///   - file: The copy; it may have a write-ahead log beside it, and is not changed.
    ///   - path: The outbox; there need not be one.
    ///   - clock: What the old outbox is named after.
    ///   - progress: Told of the per cent that are copied; what it throws stops the restoration.
    /// - Returns: What was done.
    /// - Throws: `OutboxError` with `.locked` if somebody uses the outbox, `.notFound`, `.corrupt` or
    ///   `.newerSchema` if the copy is not good, `.refused` if its ids cannot be raised, `.unavailable` if
    ///   the disk refuses. The outbox is as it was then.
    package static func perform(
        from file: String,
        onto path: String,
        clock: MachineClock = .system,
        progress: (Int) throws -> Void = { _ in }
    ) throws(OutboxError) -> OutboxRestore {
        do {
            try OutboxVerification.requireFile(file)
            let connection = try OutboxConnection.reader(path: file)
            defer { try? connection.close() }  // a reader holds nothing that could be lost
            // One transaction: what is checked is what is copied.
            return try connection.read { database in
                _ = try OutboxVerification.schemaVersion(of: database, path: file)
                return try locked(path) {
                    try replace(resolved(path), by: database, of: file, now: clock.now(), progress: progress)
                }
            }
        } catch {
            throw OutboxError(error, doing: "\(file) cannot be restored")
        }
    }

    /// Does something while this process holds the outbox's lock; a folder that had to be made for it goes
    /// again if that fails.
    private static func locked(
        _ path: String,
        _ body: () throws -> OutboxRestore
    ) throws -> OutboxRestore {
        let folder = try OutboxFolder(of: path)
        do {
            let lock = try OutboxLock(outboxPath: path, as: .command)
            defer { lock.release() }
            do {
                return try body()
            } catch {
                // The empty file that the lock has made, and nothing that was put in its place meanwhile.
                if lock.isNew, FileIdentity(at: path) == lock.file { OutboxFiles.remove(path) }
                throw error
            }
        } catch {
            folder.removeIfEmpty()
            throw error
        }
    }

    private static func replace(
        _ path: String,
        by source: Database,
        of file: String,
        now: Timestamp,
        progress: (Int) throws -> Void
    ) throws -> OutboxRestore {
        let temporary = path + ".restoring"
        guard ![path, temporary].contains(where: { isSame(file, $0) }) else {
            throw OutboxError(.refused, "\(file) is what is to be replaced: name a copy")
        }
        let problems = try OutboxVerification.damage(in: source)
        guard problems.isEmpty else {
            throw OutboxError(.corrupt, "\(file) is damaged: \(problems[0]); see `forgewire check --outbox`")
        }
        let replaced = try ReplacedOutbox(settling: path)
        let lastIDs = try LastIDs(of: source).raised(above: replaced?.lastIDs)
        // What a restoration that was killed has left.
        UnfinishedFile.remove(temporary)
        let copy = try UnfinishedFile(
            making: temporary,
            rights: FileRights(of: path) ?? FileRights(inFolderOf: path)
        )
        let kept = replaced.map { _ in keptName(of: path, now: now) }
        do {
            try PageCopy.run(
                from: source,
                to: temporary,
                complete: { try lastIDs.write(to: $0) },
                progress: progress
            )
            try copy.sync()
            if let kept { try replaced?.keep(at: kept) }
            try ReplacedOutbox.removeCompanions(of: path)
            try copy.replace(path)
        } catch {
            copy.remove()
            throw error
        }
        try UnfinishedFile.syncFolder(of: path)
        return OutboxRestore(
            newestEvent: try Int64.fetchOne(source, sql: AdministrationReaderSQL.newestEvent) ?? 0,
            lastEventID: lastIDs.events,
            keptAt: kept,
            knewReplacedIDs: replaced == nil || replaced?.lastIDs != nil
        )
    }

    /// The name is not one that SQLite, the lock or the socket use, and sorts by time.
    private static func keptName(of path: String, now: Timestamp) -> String {
        path + ".before-restore-" + now.description.filter { $0 != "-" && $0 != ":" }
    }

    /// Where the file of an outbox is, should its path be a link: SQLite keeps the log beside the file.
    private static func resolved(_ path: String) -> String {
        // The path's C string lives as long as the call; what it returns is copied and given back at once.
        guard let found = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(found) }
        return unsafe String(cString: found)
    }

    private static func isSame(_ first: String, _ second: String) -> Bool {
        var (one, other) = (stat(), stat())
        // The paths' C strings and the results live as long as the calls.
        guard unsafe stat(first, &one) == 0, unsafe stat(second, &other) == 0 else { return false }
        return one.st_ino == other.st_ino && one.st_dev == other.st_dev
    }
}
