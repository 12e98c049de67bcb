import Events
import Foundation
import TestKit
import Testing

@testable import Outbox

@Suite("What a failed start leaves")
struct FailedStartTests {
    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    @Test("Folders and files that the start made are gone, those above are not")
    func abandoned() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.path("old"),
            withIntermediateDirectories: false
        )
        let outbox = try Outbox(
            path: folder.path("old/new/deep/outbox.db"),
            clock: .showing(EventFactory.receivedAt)
        )
        outbox.abandon()
        #expect(!exists(folder.path("old/new")))
        #expect(exists(folder.path("old")))
    }

    @Test("What somebody else has put into such a folder stays, and so does the folder")
    func notEmpty() throws {
        let folder = try TemporaryFolder()
        let outbox = try Outbox(path: folder.path("new/outbox.db"), clock: .showing(EventFactory.receivedAt))
        try Data().write(to: URL(fileURLWithPath: folder.path("new/notes")))
        outbox.abandon()
        #expect(exists(folder.path("new/notes")))
        #expect(!exists(folder.path("new/outbox.db")))
    }

    @Test("An outbox that has taken a delivery is closed and nothing more")
    func taken() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("new/outbox.db")
        let outbox = try Outbox(path: path, clock: .showing(EventFactory.receivedAt))
        _ = try await withCheckedContinuation { continuation in
            outbox.accept(EventFactory.delivery("d", events: []), listeners: []) {
                continuation.resume(returning: $0)
            }
        }.get()
        outbox.abandon()
        #expect(exists(path))
        try Outbox(path: path, clock: .showing(EventFactory.receivedAt)).close()
    }

    @Test("An outbox that was there before is closed and nothing more")
    func old() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("new/outbox.db")
        try Outbox(path: path, clock: .showing(EventFactory.receivedAt)).close()
        try Outbox(path: path, clock: .showing(EventFactory.receivedAt)).abandon()
        #expect(exists(path))
    }

    @Test("Where no outbox can be made, no folder is left for it")
    func impossible() throws {
        let folder = try TemporaryFolder()
        let longName = String(repeating: "x", count: 254)
        #expect(throws: OutboxError.self) {
            try Outbox(path: folder.path("a/b/\(longName)"), clock: .showing(EventFactory.receivedAt))
        }
        #expect(throws: OutboxError.self) {
            try Outbox(
                path: folder.path("a/b/\(longName)xx/outbox.db"),
                clock: .showing(EventFactory.receivedAt)
            )
        }
        #expect(!exists(folder.path("a")))
    }
}
