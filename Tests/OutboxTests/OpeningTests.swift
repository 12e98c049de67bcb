import Events
import Foundation
import GRDB
import TestKit
import Testing

@testable import Outbox

@Suite("Opening an outbox")
struct OpeningTests {
    @Test(
        "Settings on which durability, size and integrity rest are in force, also when opened again",
        arguments: [
            ("journal_mode", "wal"), ("synchronous", "2"), ("auto_vacuum", "2"),
            ("page_size", "\(Schema.pageSizeBytes)"),
            ("foreign_keys", "1"), ("user_version", "\(Schema.currentVersion)"),
            ("journal_size_limit", "67108864"),
        ]
    )
    func settings(pragma: String, value: String) async throws {
        try await OutboxBench.use { bench in
            #expect(try await bench.writerRows("PRAGMA \(pragma)") == [value])
            try bench.reopen()
            #expect(try await bench.writerRows("PRAGMA \(pragma)") == [value])
        }
    }

    @Test("An outbox has an id of 32 hexadecimal digits that stays and is its own")
    func id() async throws {
        try await OutboxBench.use { bench in
            let id = bench.outbox.id
            #expect(id.wholeMatch(of: /[0-9a-f]{32}/) != nil)
            try bench.reopen()
            #expect(bench.outbox.id == id)
            let other = try await OutboxBench.use { $0.outbox.id }
            #expect(other != id)
        }
    }

    @Test("A folder that is missing is made for its owner alone")
    func folder() async throws {
        let folder = try TemporaryFolder()
        let outbox = try Outbox(path: folder.path("new/deep/outbox.db"), clock: .showing(OutboxBench.now))
        defer { outbox.close() }
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("new/deep"))
        #expect(attributes[.posixPermissions] as? NSNumber == 0o700)
    }

    @Test("A second writer is refused with the process that has the outbox, and let in after it has closed")
    func secondWriter() async throws {
        try await OutboxBench.use { bench in
            let error = try #require(throws: OutboxError.self) {
                try Outbox(path: bench.path, clock: .showing(OutboxBench.now))
            }
            #expect(error.code == .busy)
            #expect(error.message.contains("process \(ProcessInfo.processInfo.processIdentifier), a command"))
            bench.outbox.announce(.ready)
            let refusal = try #require(throws: OutboxError.self) {
                try Outbox(path: bench.path, clock: .showing(OutboxBench.now))
            }
            #expect(refusal.code == .locked)
            bench.outbox.close()
            let second = try Outbox(path: bench.path, clock: .showing(OutboxBench.now))
            second.close()
        }
    }

    @Test("A file of a newer program is refused, for writing and for reading, and stays as it is")
    func newerSchema() async throws {
        try await OutboxBench.use { bench in
            try await bench.execute("PRAGMA user_version = \(Schema.currentVersion + 1)")
            bench.outbox.close()
            let writing = try #require(throws: OutboxError.self) {
                try Outbox(path: bench.path, clock: .showing(OutboxBench.now))
            }
            let reading = try #require(throws: OutboxError.self) { try OutboxReader(path: bench.path) }
            #expect([writing.code, reading.code] == [.newerSchema, .newerSchema])
            #expect(writing.message.contains("version \(Schema.currentVersion + 1)"))
            #expect(writing.message.contains("newer"))
        }
    }

    @Test("Another program's database is refused and not touched", arguments: [0, 1, 7])
    func foreignDatabase(version: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("foreign.db")
        let foreign = try DatabaseQueue(path: path)
        try foreign.writeWithoutTransaction { database in
            try database.execute(sql: "CREATE TABLE guests (name TEXT); PRAGMA user_version = \(version)")
        }
        try foreign.close()
        let before = try Data(contentsOf: URL(filePath: path))
        let writing = try #require(throws: OutboxError.self) {
            try Outbox(path: path, clock: .showing(OutboxBench.now))
        }
        let reading = try #require(throws: OutboxError.self) { try OutboxReader(path: path) }
        #expect([writing.code, reading.code] == [.corrupt, .corrupt])
        #expect(writing.message.contains("another program"))
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test("A file that is no database is refused and not touched")
    func noDatabase() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("outbox.db")
        let text = String(repeating: "Dear diary, ", count: 1000)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        let writing = try #require(throws: OutboxError.self) {
            try Outbox(path: path, clock: .showing(OutboxBench.now))
        }
        let reading = try #require(throws: OutboxError.self) { try OutboxReader(path: path) }
        #expect([writing.code, reading.code] == [.corrupt, .corrupt])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test("A path that cannot be written is unavailable")
    func unwritablePath() throws {
        let folder = try TemporaryFolder()
        try "a file".write(toFile: folder.path("taken"), atomically: false, encoding: .utf8)
        let error = try #require(throws: OutboxError.self) {
            try Outbox(path: folder.path("taken/outbox.db"), clock: .showing(OutboxBench.now))
        }
        #expect(error.code == .unavailable)
    }

    @Test("A lock whose holder is gone is waited for: a child of it may still give it up")
    func lockOfTheDead() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("outbox.db")
        // No process has this number: pid_max is 2^22 at most.
        try "\((1 << 22) + 1)\n".write(toFile: path + ".lock", atomically: false, encoding: .utf8)
        let held = try #require(FileHandle(forUpdatingAtPath: path + ".lock"))
        #expect(flock(held.fileDescriptor, LOCK_EX) == 0)
        // Given up while the opening waits for it.
        let release = DispatchWorkItem { flock(held.fileDescriptor, LOCK_UN) }
        DispatchQueue(label: "child").async(execute: release)
        let outbox = try Outbox(path: path, clock: .showing(OutboxBench.now))
        outbox.close()
    }

    @Test("A refused opening leaves no lock behind")
    func noLockLeft() async throws {
        try await OutboxBench.use { bench in
            try await bench.execute("PRAGMA user_version = \(Schema.currentVersion + 1)")
            bench.outbox.close()
            for _ in 0..<2 {
                let error = try #require(throws: OutboxError.self) {
                    try Outbox(path: bench.path, clock: .showing(OutboxBench.now))
                }
                #expect(error.code == .newerSchema)
            }
        }
    }
}
