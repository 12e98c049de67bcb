import Foundation
import GRDB
import Providers
import TestKit
import Testing

@Suite("Files that go away beneath the daemon", .timeLimit(.minutes(10)))
struct MovedFilesTests {
    /// What happens to a file.
    enum Fate: CaseIterable {
        case moved, deleted, replaced
    }

    private static let cases: [(file: String, fate: Fate)] = ["outbox.db", "outbox.db-wal"].flatMap { file in
        Fate.allCases.map { (file, $0) }
    }

    private func setup() async throws -> (TemporaryFolder, DaemonProcess, body: [UInt8]) {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(DaemonProcess.configuration())
        let body = try #require(GitHub().samples.first { $0.name == "push" }).body
        return (folder, try await DaemonProcess(in: folder), body)
    }

    private func isReady(_ daemon: DaemonProcess) async throws -> Bool {
        try await daemon.request("GET", daemon.admin + "/readyz").status == 200
    }

    private func send(_ count: Int, _ body: [UInt8], to daemon: DaemonProcess) async throws -> [Int: [Int64]]
    {
        var events: [Int: [Int64]] = [:]
        for _ in 0..<count {
            let answer = try await daemon.post(body, event: "push")
            events[answer.status, default: []] += answer.events
        }
        return events
    }

    @Test(
        "No delivery is answered 202 that a restart does not have, and nobody is told that all is well",
        arguments: cases
    )
    func gone(file: String, fate: Fate) async throws {
        let (folder, daemon, body) = try await setup()
        let accepted = try #require(try await send(5, body, to: daemon)[202])
        let (place, away) = (folder.path(file), folder.path("away"))
        switch fate {
        case .moved: try FileManager.default.moveItem(atPath: place, toPath: away)
        case .deleted: try FileManager.default.removeItem(atPath: place)
        case .replaced:
            try Data().write(to: URL(fileURLWithPath: away))
            #expect(unsafe rename(away, place) == 0)
        }
        // Before anything was tried.
        #expect(try await !isReady(daemon))
        let refused = try await send(5, body, to: daemon)
        #expect(refused.keys.sorted() == [503])
        #expect(try await !isReady(daemon))
        let lines = daemon.log.lines.filter { $0.contains("The outbox cannot commit") }
        #expect(lines.count == 1, "\(lines)")
        let advice = "was moved, deleted or replaced while it is open: put it back, or restart the daemon"
        #expect(lines.first?.contains(advice) == true)
        daemon.signal(SIGKILL)
        _ = try await daemon.exit()

        if file == "outbox.db", fate == .moved {
            #expect(unsafe rename(away, place) == 0)
        }
        let next = try await DaemonProcess(in: folder)
        #expect(try await isReady(next))
        #expect(try await send(1, body, to: next)[202]?.isEmpty == false)
        // An outbox's file that is no more has taken with it what was answered before.
        guard file != "outbox.db" || fate == .moved else { return }
        let stored = try folder.query("SELECT id FROM events ORDER BY id").map { $0[0] as Int64 }
        #expect(stored.starts(with: accepted))
        #expect(stored.count == accepted.count + 1)
    }

    @Test("What comes back to its place is used again, with all that was answered", arguments: ["", "-wal"])
    func back(suffix: String) async throws {
        let (folder, daemon, body) = try await setup()
        var accepted = try #require(try await send(3, body, to: daemon)[202])
        let (place, away) = (folder.path("outbox.db" + suffix), folder.path("away"))
        for _ in 0..<2 {
            #expect(unsafe rename(place, away) == 0)
            #expect(try await send(3, body, to: daemon).keys.sorted() == [503])
            #expect(unsafe rename(away, place) == 0)
            #expect(try await isReady(daemon))
            accepted += try #require(try await send(3, body, to: daemon)[202])
        }
        daemon.signal(SIGKILL)
        _ = try await daemon.exit()
        let next = try await DaemonProcess(in: folder)
        #expect(try await isReady(next))
        #expect(try folder.query("SELECT id FROM events ORDER BY id").map { $0[0] as Int64 } == accepted)
    }
}
