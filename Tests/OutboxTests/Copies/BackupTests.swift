import Events
import Foundation
import TestKit
import Testing

@testable import Outbox

@Suite("Backups", .timeLimit(.minutes(5)))
struct BackupTests {
    private let folder: TemporaryFolder
    private var file: String { folder.path("copy.db") }
    /// What is in the folder besides the copy, if anything.
    private var leftovers: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0 != "copy.db" }
        }
    }

    init() throws { folder = try TemporaryFolder() }

    private func mode(of path: String) throws -> NSNumber? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
    }

    @Test("A copy is whole, one file that its owner alone can read, and needs no other beside it")
    func whole() async throws {
        try await OutboxBench.use { bench in
            for name in ["a", "b", "c"] { try await bench.acceptEvent(name) }
            var percents: [Int] = []
            let backup = try OutboxBackup.make(of: bench.path, at: file) { percents.append($0) }
            #expect(backup.newestEvent == 3)
            #expect(percents.last == 100 && percents == percents.sorted())
            #expect(try mode(of: file) == 0o600)
            let pages = try CopiedOutbox.number("PRAGMA page_count", in: file)
            #expect(backup.bytes == Schema.pageSizeBytes * pages)
            let verification = try OutboxVerification(path: file)
            #expect(verification.problems.isEmpty && verification.events == 3 && verification.deliveries == 3)
            #expect(try leftovers == [])
        }
    }

    @Test("A backup ends although others commit between its steps, and is of the moment when it began")
    func foreignCommits() async throws {
        try await OutboxBench.use { bench in
            for name in ["a", "b", "c"] { try await bench.acceptEvent(name) }
            let pages = try #require(Int(bench.rows("PRAGMA page_count")[0]))
            var steps = 0
            let backup = try OutboxBackup.make(of: bench.path, at: file, stepPages: 1) { _ in
                steps += 1
                // One that began anew would take more steps than there are pages, and never end.
                guard steps <= pages + 1 else { throw OutboxError(.stopped, "it began anew") }
                try bench.acceptAndWait(EventFactory.delivery("later-\(steps)"))
            }
            #expect(steps >= pages)
            #expect(backup.newestEvent == 3)
            #expect(backup.logGrowthBytes > 0)
            #expect(try CopiedOutbox.eventIDs(in: file) == [1, 2, 3])
            #expect(try OutboxVerification(path: file).problems == [])
            #expect(try await bench.acceptEvent("d") == Int64(3 + steps + 1))
        }
    }

    @Test("A file that is there is refused and not touched, be it a link that leads nowhere")
    func taken() async throws {
        try await OutboxBench.use { bench in
            try "mine".write(toFile: file, atomically: false, encoding: .utf8)
            let link = folder.path("link.db")
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "nowhere.db")
            for name in [file, link] {
                let error = try #require(throws: OutboxError.self) {
                    try OutboxBackup.make(of: bench.path, at: name)
                }
                #expect(error.code == .refused)
                #expect(error.message.contains("\(name) is there already"))
            }
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
            #expect(try leftovers == ["link.db"])
        }
    }

    @Test("A name that is taken while the backup runs is not replaced")
    func takenMeanwhile() async throws {
        try await OutboxBench.use { bench in
            let error = try #require(throws: OutboxError.self) {
                try OutboxBackup.make(of: bench.path, at: file) { _ in
                    try "mine".write(toFile: file, atomically: false, encoding: .utf8)
                }
            }
            #expect(error.code == .refused)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
            #expect(try leftovers == [])
        }
    }

    @Test("A backup that takes too long says so, and leaves nothing")
    func tooSlow() async throws {
        try await OutboxBench.use { bench in
            let error = try #require(throws: OutboxError.self) {
                try OutboxBackup.make(of: bench.path, at: file, timeMax: .zero, stepPages: 1)
            }
            #expect(error.message.contains("within 0 seconds"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
        }
    }

    @Test("A backup that is stopped leaves nothing, and the next one is made")
    func stopped() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a")
            let error = try #require(throws: OutboxError.self) {
                try OutboxBackup.make(of: bench.path, at: file, stepPages: 1) { _ in
                    throw OutboxError(.stopped, "stopped")
                }
            }
            #expect(error.code == .stopped)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
            #expect(try OutboxBackup.make(of: bench.path, at: file).newestEvent == 1)
        }
    }

    @Test("What a killed backup left is told of, and not written into")
    func killed() async throws {
        try await OutboxBench.use { bench in
            try "half".write(toFile: file + ".part", atomically: false, encoding: .utf8)
            let error = try #require(throws: OutboxError.self) {
                try OutboxBackup.make(of: bench.path, at: file)
            }
            #expect(error.message.contains("\(file).part") && error.message.contains("remove it"))
            #expect(try String(contentsOfFile: file + ".part", encoding: .utf8) == "half")
        }
    }

    @Test("Of a file that is no outbox, no backup is made")
    func foreign() throws {
        for kind in CopiedOutbox.Bad.allCases {
            let source = folder.path("\(kind).db")
            try CopiedOutbox.make(kind, at: source)
            let error = try #require(throws: OutboxError.self) { try OutboxBackup.make(of: source, at: file) }
            #expect(error.code == kind.code, "\(kind)")
            #expect(!FileManager.default.fileExists(atPath: file))
            #expect(!FileManager.default.fileExists(atPath: file + ".part"))
        }
    }
}
