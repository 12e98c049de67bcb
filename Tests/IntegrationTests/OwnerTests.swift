import Foundation
import TestKit
import Testing

@Suite(
    "Files keep their owner",
    .timeLimit(.minutes(10)),
    .enabled(if: geteuid() == 0, "only root can give files away")
)
struct OwnerTests {
    /// The user and group that own the outbox; there need not be any of that number.
    private static let owner = (user: uid_t(65_533), group: gid_t(65_532))

    private func owners(_ names: [String], in folder: TemporaryFolder) throws -> [String: String] {
        var found: [String: String] = [:]
        for name in names {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(name))
            let user = try #require(attributes[.ownerAccountID] as? Int)
            let group = try #require(attributes[.groupOwnerAccountID] as? Int)
            found[name] = "\(user):\(group)"
        }
        return found
    }

    private func expectOwner(of names: [String], in folder: TemporaryFolder) throws {
        let expected = "\(Self.owner.user):\(Self.owner.group)"
        for (name, owner) in try owners(names, in: folder) { #expect(owner == expected, "\(name)") }
    }

    @Test("What root makes in somebody's folder is theirs: outbox, log, index, lock and socket")
    func daemon() async throws {
        let folder = try TemporaryFolder()
        try folder.configure("event-log: {}")
        #expect(unsafe chown(folder.path(""), Self.owner.user, Self.owner.group) == 0)
        let daemon = try await DaemonProcess(in: folder)
        _ = try await daemon.deliver(1)
        let names = ["", "-wal", "-shm", ".lock", ".sock"].map { "outbox.db\($0)" }
        try expectOwner(of: names, in: folder)
        try await daemon.stop()
    }

    @Test("A command of root leaves no lock that the service cannot open, and mends one that is there")
    func command() async throws {
        let folder = try TemporaryFolder()
        try folder.configure("event-log: {}")
        let daemon = try await DaemonProcess(in: folder)
        try await daemon.stop()
        #expect(unsafe chown(folder.path("outbox.db"), Self.owner.user, Self.owner.group) == 0)
        // The lock is still root's.
        try await folder.forgewire("pause", "event-log")
        try expectOwner(of: ["outbox.db", "outbox.db.lock"], in: folder)
        try FileManager.default.removeItem(atPath: folder.path("outbox.db.lock"))
        try await folder.forgewire("resume", "event-log")
        try expectOwner(of: ["outbox.db", "outbox.db.lock"], in: folder)
    }

    @Test("A lock that is a link is refused: root writes and gives away nothing elsewhere")
    func link() async throws {
        let folder = try TemporaryFolder()
        try folder.configure("event-log: {}")
        let daemon = try await DaemonProcess(in: folder)
        try await daemon.stop()
        #expect(unsafe chown(folder.path("outbox.db"), Self.owner.user, Self.owner.group) == 0)
        try FileManager.default.removeItem(atPath: folder.path("outbox.db.lock"))
        try "mine".write(toFile: folder.path("elsewhere"), atomically: false, encoding: .utf8)
        #expect(unsafe symlink(folder.path("elsewhere"), folder.path("outbox.db.lock")) == 0)
        let outcome = try await folder.outcome(of: ["pause", "event-log"])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("outbox.db.lock cannot be opened"), "\(outcome.errors)")
        #expect(try owners(["elsewhere"], in: folder) == ["elsewhere": "0:\(getegid())"])
        #expect(try String(contentsOfFile: folder.path("elsewhere"), encoding: .utf8) == "mine")
    }
}
