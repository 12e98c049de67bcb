import Events
import Foundation
import GRDB
import TestKit
import Testing

@testable import Outbox

@Suite("Restorations", .timeLimit(.minutes(5)))
struct RestoreTests {
    private let folder: TemporaryFolder
    private let path: String
    private let copy: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("outbox.db")
        copy = folder.path("copy.db")
    }

    /// Has deliveries accepted by the outbox at a path, and gives the ids of their events.
    @discardableResult
    private func accept(_ names: [String], at path: String) throws -> [Int64] {
        let outbox = try OutboxBench.at(path)
        defer { outbox.outbox.close() }
        return try names.flatMap { try outbox.acceptAndWait(EventFactory.delivery($0)).events }
    }

    private func restore() throws -> OutboxRestore {
        try OutboxRestore.perform(from: copy, onto: path, clock: .showing(OutboxBench.now))
    }

    private var files: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() }
    }

    @Test("No event of a restored outbox has an id that the copy's or the replaced one's has")
    func ids() throws {
        try accept(["a", "b"], at: path)
        _ = try OutboxBackup.make(of: path, at: copy)
        let lost = try accept(["c", "d", "e"], at: path)
        let restored = try restore()
        #expect(restored.newestEvent == 2 && restored.knewReplacedIDs)
        #expect(try CopiedOutbox.eventIDs(in: path) == [1, 2])
        let later = try accept(["c", "d"], at: path)
        #expect(later == [restored.lastEventID + 1, restored.lastEventID + 2])
        #expect(restored.lastEventID == (lost.max() ?? 0) + LastIDs.distance)
        let kept = try #require(restored.keptAt)
        #expect(try CopiedOutbox.eventIDs(in: kept) == [1, 2, 3, 4, 5])
        #expect(try CopiedOutbox.number("SELECT max(id) FROM deliveries", in: path) > 1 << 32)
    }

    @Test("The same holds for files that were copied as they are, with a log beside, and for the way back")
    func plainCopy() throws {
        try accept(["a"], at: path)
        try copyWithLog(accepting: ["b", "c"], from: path, to: copy)
        #expect(try #require(CopiedOutbox.bytes(copy)["-wal"]).isEmpty == false)
        let lost = try accept(["d"], at: path)
        let first = try restore()
        #expect(try CopiedOutbox.eventIDs(in: path) == [1, 2, 3])
        let second = try accept(["e"], at: path)
        let kept = try #require(first.keptAt)
        let back = try OutboxRestore.perform(
            from: kept,
            onto: path,
            clock: .showing(OutboxBench.now.advanced(by: .seconds(1)))
        )
        #expect(try CopiedOutbox.eventIDs(in: path) == [1, 2, 3] + lost)
        let third = try accept(["f"], at: path)
        #expect(try #require(third.first) > #require(second.first))
        #expect(back.keptAt != kept)
    }

    @Test("What the replaced outbox has in its log stays with it, and never gets to the new one")
    func staleLog() throws {
        try accept(["a"], at: path)
        _ = try OutboxBackup.make(of: path, at: copy)
        // As after a kill: what was accepted last is in the log alone.
        let killed = folder.path("killed.db")
        try copyWithLog(accepting: ["b", "c"], from: path, to: killed)
        let restored = try OutboxRestore.perform(from: copy, onto: killed, clock: .showing(OutboxBench.now))
        #expect(CopiedOutbox.bytes(killed).keys.sorted() == [""])
        #expect(try CopiedOutbox.eventIDs(in: killed) == [1])
        let kept = try #require(restored.keptAt)
        #expect(CopiedOutbox.bytes(kept).keys.sorted() == [""])
        #expect(try CopiedOutbox.eventIDs(in: kept) == [1, 2, 3])
    }

    @Test("A damaged outbox is kept with its log under its new name, and the log never gets to the new one")
    func damagedOutbox() throws {
        try accept(["a"], at: path)
        _ = try OutboxBackup.make(of: path, at: copy)
        let (garbage, log) = (Data(EventFactory.noise(64 << 10)), Data(EventFactory.noise(32 << 10)))
        try garbage.write(to: URL(filePath: path))
        try log.write(to: URL(filePath: path + "-wal"))
        let restored = try restore()
        #expect(!restored.knewReplacedIDs)
        #expect(restored.lastEventID == 1 + LastIDs.distance)
        #expect(CopiedOutbox.bytes(path).keys.sorted() == [""])
        #expect(try CopiedOutbox.eventIDs(in: path) == [1])
        let kept = try #require(restored.keptAt)
        #expect(CopiedOutbox.bytes(kept) == ["": garbage, "-wal": log])
    }

    @Test(
        "A copy that is missing, damaged, of another program or a newer one is refused, and nothing changes",
        arguments: [true, false]
    )
    func badCopies(isThere: Bool) throws {
        if isThere { try accept(["a"], at: path) }
        let before = CopiedOutbox.bytes(path)
        for kind in CopiedOutbox.Bad.allCases {
            let bad = folder.path("\(kind).db")
            try CopiedOutbox.make(kind, at: bad)
            let error = try #require(throws: OutboxError.self) {
                try OutboxRestore.perform(from: bad, onto: path, clock: .showing(OutboxBench.now))
            }
            #expect(error.code == kind.code && error.message.contains(bad), "\(kind): \(error)")
        }
        let damaged = folder.path("damaged.db")
        try accept(["a", "b"], at: damaged)
        try CopiedOutbox.damage(damaged)
        let error = try #require(throws: OutboxError.self) {
            try OutboxRestore.perform(from: damaged, onto: path, clock: .showing(OutboxBench.now))
        }
        #expect(error.code == .corrupt)
        #expect(CopiedOutbox.bytes(path) == before)
        #expect(try !files.contains { $0.contains("restor") })
    }

    @Test("While somebody writes to the outbox, it is not replaced, and who does is told")
    func locked() throws {
        try accept(["a"], at: path)
        _ = try OutboxBackup.make(of: path, at: copy)
        let outbox = try Outbox(path: path, clock: .showing(OutboxBench.now))
        let error = try #require(throws: OutboxError.self) { try restore() }
        outbox.close()
        #expect(error.code == .busy)
        #expect(error.message.contains("process \(ProcessInfo.processInfo.processIdentifier)"))
        #expect(try !files.contains { $0.contains("restor") })
    }

    @Test("While a shell has the outbox open, it is not replaced: closing it would remove the new one's log")
    func openElsewhere() throws {
        try accept(["a"], at: path)
        _ = try OutboxBackup.make(of: path, at: copy)
        let shell = try OutboxConnection.reader(path: path)
        try shell.read { _ = try Schema.version(of: $0, path: path) }
        let error = try #require(throws: OutboxError.self) { try restore() }
        try shell.close()
        #expect(error.code == .locked && error.message.contains("another program has \(path) open"))
        #expect(try CopiedOutbox.eventIDs(in: path) == [1])
        #expect(try restore().newestEvent == 1)
    }

    @Test("Another program's database is not replaced, and an outbox of a newer program may be")
    func otherFiles() throws {
        let source = folder.path("source.db")
        try accept(["a"], at: source)
        _ = try OutboxBackup.make(of: source, at: copy)
        try CopiedOutbox.make(.foreign, at: path)
        let foreign = CopiedOutbox.bytes(path)
        let error = try #require(throws: OutboxError.self) { try restore() }
        #expect(error.code == .corrupt && error.message.contains("another program"))
        #expect(CopiedOutbox.bytes(path) == foreign)
        try FileManager.default.removeItem(atPath: path)
        try CopiedOutbox.make(.newer, at: path)
        #expect(try restore().knewReplacedIDs)
        #expect(try CopiedOutbox.eventIDs(in: path) == [1])
    }

    @Test("Ids for which there is no room are refused, and the outbox stays")
    func noRoom() throws {
        try accept(["a"], at: path)
        _ = try OutboxBackup.make(of: path, at: copy)
        let sql = "UPDATE sqlite_sequence SET seq = \(LastIDs.idMax) WHERE name = 'events'"
        try CopiedOutbox.run(sql, on: copy)
        let error = try #require(throws: OutboxError.self) { try restore() }
        #expect(error.code == .refused)
        #expect(try CopiedOutbox.eventIDs(in: path) == [1])
        #expect(try files == ["copy.db", "outbox.db", "outbox.db.lock"])
    }

    @Test("Where there is no outbox, the copy is put there, with its folder")
    func nothingThere() throws {
        try accept(["a"], at: folder.path("other.db"))
        _ = try OutboxBackup.make(of: folder.path("other.db"), at: copy)
        let new = folder.path("new/deep/outbox.db")
        let restored = try OutboxRestore.perform(from: copy, onto: new, clock: .showing(OutboxBench.now))
        #expect(restored.keptAt == nil && restored.knewReplacedIDs)
        #expect(try accept(["b"], at: new) == [1 + LastIDs.distance + 1])
    }

    @Test("The new outbox has the mode and the owner of the old one")
    func rights() throws {
        try accept(["a"], at: path)
        _ = try OutboxBackup.make(of: path, at: copy)
        let isRoot = geteuid() == 0
        var wanted: [FileAttributeKey: Any] = [.posixPermissions: 0o660]
        if isRoot {
            wanted[.ownerAccountID] = 1234
            wanted[.groupOwnerAccountID] = 4321
        }
        try FileManager.default.setAttributes(wanted, ofItemAtPath: path)
        _ = try restore()
        let found = try FileManager.default.attributesOfItem(atPath: path)
        #expect(found[.posixPermissions] as? NSNumber == 0o660)
        #expect(!isRoot || found[.ownerAccountID] as? NSNumber == 1234)
        #expect(!isRoot || found[.groupOwnerAccountID] as? NSNumber == 4321)
    }

    @Test("What a killed restoration left is in nobody's way")
    func afterKill() throws {
        try accept(["a"], at: path)
        _ = try OutboxBackup.make(of: path, at: copy)
        for suffix in ["", "-journal", "-wal", "-shm"] {
            try "half".write(toFile: path + ".restoring" + suffix, atomically: false, encoding: .utf8)
        }
        let kept = try #require(try restore().keptAt)
        let name = URL(filePath: kept).lastPathComponent
        #expect(try files == ["copy.db", "outbox.db", name, "outbox.db.lock"].sorted())
    }

    @Test("An outbox behind a link is replaced where it is, and cannot be restored from itself")
    func link() throws {
        let real = folder.path("real.db")
        try accept(["a"], at: real)
        _ = try OutboxBackup.make(of: real, at: copy)
        try accept(["b"], at: real)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: real)
        let same = try #require(throws: OutboxError.self) {
            try OutboxRestore.perform(from: real, onto: path, clock: .showing(OutboxBench.now))
        }
        #expect(same.code == .refused)
        let restored = try restore()
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == real)
        #expect(try CopiedOutbox.eventIDs(in: real) == [1])
        #expect(restored.keptAt?.hasSuffix("/real.db.before-restore-20261121T200000.123Z") == true)
    }

    /// Copies an outbox's files while it is open, so that what it accepts last is in the log alone.
    private func copyWithLog(accepting names: [String], from path: String, to copy: String) throws {
        let bench = try OutboxBench.at(path)
        defer { bench.outbox.close() }
        for name in names { try bench.acceptAndWait(EventFactory.delivery(name)) }
        // This gives up this process's locks on the files, which nobody else has open.
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
        }
    }
}
