package import Events
private import Foundation
import GRDB

/// A copy of an outbox that was made beside its writer.
package struct OutboxBackup: Sendable {
    /// How long a backup may take: as long as it reads, no checkpoint gets past it, and the log grows.
    package static let timeMax = Duration.seconds(3600)

    /// The bytes of the copy.
    package let bytes: Int
    /// The newest event in it, 0 if there is none.
    package let newestEvent: Int64
    /// By how many bytes the outbox's write-ahead log has grown meanwhile.
    package let logGrowthBytes: Int

    /// Copies an outbox as it is at one moment; a daemon may go on writing to it, and is not held up.
    ///
    /// The copy is made as `<file>.part`, and has its name once it is complete and on disk. What fails or is
    /// stopped leaves nothing.
    ///
    /// - Parameters:
    ///   - path: The outbox.
    ///   - file: Where nothing is.
    ///   - timeMax: After this time it is given up.
    ///   - clock: What that goes by.
    ///   - stepPages: Pages that are copied between two looks at the time.
    ///   - progress: Told of the per cent that are copied; what it throws stops the backup.
    /// - Returns: What was made.
    /// - Throws: `OutboxError` with `.notFound`, `.refused` if something is at that name, or what the outbox
    ///   or the disk says.
    package static func make(
        of path: String,
        at file: String,
        timeMax: Duration = timeMax,
        clock: MachineClock = .system,
        stepPages: CInt = PageCopy.stepPages,
        progress: (Int) throws -> Void = { _ in }
    ) throws(OutboxError) -> OutboxBackup {
        guard !UnfinishedFile.exists(file) else {
            throw OutboxError(.refused, "\(file) is there already, and is not replaced: name another file")
        }
        guard FileManager.default.fileExists(atPath: path) else {
            throw OutboxError(.notFound, "there is no outbox at \(path): see outbox.path")
        }
        let part = try UnfinishedFile(making: file + ".part", rights: .ownerAlone)
        let logBytes = size(of: path + "-wal")
        do {
            let end = clock.uptime() + timeMax
            let newest = try copy(path, to: part.path, stepPages: stepPages) { percent in
                guard clock.uptime() < end else { throw tooSlow(path, timeMax) }
                try progress(percent)
            }
            try part.sync()
            let bytes = size(of: part.path)
            try part.take(file)
            return OutboxBackup(
                bytes: bytes,
                newestEvent: newest,
                logGrowthBytes: max(0, size(of: path + "-wal") - logBytes)
            )
        } catch {
            part.remove()
            throw OutboxError(error, doing: "\(path) cannot be copied to \(file)")
        }
    }

    /// Returns the newest event of the copy.
    private static func copy(
        _ path: String,
        to copy: String,
        stepPages: CInt,
        progress: (Int) throws -> Void
    ) throws -> Int64 {
        let connection = try OutboxConnection.reader(path: path)
        defer { try? connection.close() }  // a reader holds nothing that could be lost
        // One transaction over all of it.
        return try connection.read { database in
            _ = try OutboxVerification.schemaVersion(of: database, path: path)
            let newest = try Int64.fetchOne(database, sql: AdministrationReaderSQL.newestEvent) ?? 0
            try PageCopy.run(from: database, to: copy, stepPages: stepPages, progress: progress)
            return newest
        }
    }

    private static func tooSlow(_ path: String, _ timeMax: Duration) -> OutboxError {
        OutboxError(
            .unavailable,
            "\(path) could not be copied within \(timeMax.components.seconds) seconds, and its log grows "
                + "meanwhile: copy it to a faster disk"
        )
    }

    private static func size(of path: String) -> Int {
        // A missing file is no error: there may be no write-ahead log.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }
}
