import Foundation
import Settings
import TestKit
import Testing

@testable import Daemon

@Suite("An outbox that others can change")
struct OutboxExposureTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try set(0o700, "")
        try Data().write(to: URL(fileURLWithPath: folder.path("outbox.db")))
        try set(0o640, "outbox.db")
    }

    private func set(_ mode: Int, _ name: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path(name))
    }

    private func warnings(path: String) throws -> [String] {
        let text = "sources:\n\(ConfigurationFile.source)\noutbox:\n  path: \(path)\n"
        let file = try ConfigurationFile(text)
        let check = try file.check()
        #expect(check.plan != nil)
        return check.problems.map { $0.description.replacing(file.path, with: "f.yml") }
            .filter { $0.contains("outbox.path") }
    }

    @Test("A file that every user can write is a warning at its place, also behind a link")
    func file() throws {
        try set(0o642, "outbox.db")
        let place = "f.yml:4:3: warning: outbox.path: every user can change "
        #expect(try warnings(path: folder.path("outbox.db")).map { $0.hasPrefix(place) } == [true])
        let other = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            atPath: other.path("link.db"),
            withDestinationPath: folder.path("outbox.db")
        )
        #expect(try warnings(path: other.path("link.db")).map { $0.hasPrefix(place) } == [true])
    }

    @Test("A folder that every user can write is a warning, also without an outbox in it")
    func directory() throws {
        try set(0o702, "")
        for name in ["outbox.db", "new.db"] {
            let warnings = try warnings(path: folder.path(name))
            #expect(warnings.count == 1)
            #expect(warnings.first?.contains("every user can put files beside the outbox in") == true)
        }
    }

    @Test(
        "What its owner and group alone can write is fine, and so is what is not there",
        arguments: [0o600, 0o664]
    )
    func closed(mode: Int) throws {
        try set(mode, "outbox.db")
        #expect(try warnings(path: folder.path("outbox.db")).isEmpty)
        #expect(try warnings(path: folder.path("no/such/outbox.db")).isEmpty)
    }
}
