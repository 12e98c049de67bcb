import Foundation
import GRDB
import TestKit
import Testing

@Suite("Commands that change the outbox", .timeLimit(.minutes(10)))
struct ControlTests {
    @Test("The control socket is the owner's alone, and goes with the daemon")
    func socketMode() async throws {
        let folder = try TemporaryFolder()
        try folder.configure("event-log: {}")
        let daemon = try await DaemonProcess(in: folder)
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("outbox.db.sock"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(attributes[.type] as? FileAttributeType == .typeSocket)
        try await daemon.stop()
        #expect(!FileManager.default.fileExists(atPath: folder.path("outbox.db.sock")))
    }

    @Test("What names an unknown event or listener fails with 1, whether a daemon runs or not")
    func unknown() async throws {
        let folder = try TemporaryFolder()
        try folder.configure("event-log: {}")
        let daemon = try await DaemonProcess(in: folder)
        _ = try await daemon.deliver(1)
        try await daemon.delivered(1, by: "event-log")
        try await expectRefusals(in: folder)
        try await daemon.stop()
        try await expectRefusals(in: folder)
        #expect(try folder.states(of: "event-log") == ["delivered": 1])
    }

    private func expectRefusals(in folder: TemporaryFolder) async throws {
        let refused = [
            ["redrive", "4711"], ["redrive", "--all", "--listener", "nobody"],
            ["discard", "4711", "--listener", "event-log"], ["discard", "1", "--listener", "nobody"],
            ["replay", "--listener", "nobody"], ["pause", "nobody"], ["resume", "nobody"],
            ["dead", "--listener", "nobody"],
        ]
        for arguments in refused {
            let outcome = try await folder.outcome(of: arguments)
            #expect(outcome.status == 1, "\(arguments): \(outcome.text)")
            #expect(outcome.errors.contains("4711") || outcome.errors.contains("nobody"), "\(arguments)")
        }
        for arguments in [["redrive"], ["redrive", "1", "--all"], ["discard", "1"], ["replay"], ["pause"]] {
            let outcome = try await folder.outcome(of: arguments)
            #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
        }
    }

    @Test("Without a daemon the commands do the work themselves, and the next start goes by it")
    func stopped() async throws {
        let folder = try TemporaryFolder()
        try folder.touch("broken")
        let script = try folder.command("[ ! -e broken ]", "retry: { maxAttempts: 1 }")
        try folder.configure("script: \(script)", "event-log: {}")
        let daemon = try await DaemonProcess(in: folder)
        for number in 1...2 { _ = try await daemon.deliver(number) }
        try await daemon.died(2)
        try await daemon.stop()

        try FileManager.default.removeItem(atPath: folder.path("broken"))
        try await folder.forgewire("pause", "event-log")
        try await folder.forgewire("redrive", "1")
        try await folder.forgewire("discard", "2", "--listener", "script")
        try await folder.forgewire("replay", "--listener", "event-log")
        #expect(try await folder.listener("event-log")["state"] as? String == "paused")
        #expect(try folder.states(of: "script") == ["pending": 1, "discarded": 1])

        let next = try await DaemonProcess(in: folder)
        try await next.delivered(1, by: "script")
        #expect(try folder.states(of: "event-log") == ["pending": 2])
        try await folder.forgewire("resume", "event-log")
        try await next.delivered(2, by: "event-log")
        try await next.stop()
        #expect(try folder.states(of: "event-log") == ["delivered": 2])
    }

    @Test("Retention takes what is finished and old enough, and never what is pending")
    func prune() async throws {
        let folder = try TemporaryFolder()
        let failing = try folder.command("exit 1", "retry: { initial: 1h, max: 1h }", "repositories: [a/b]")
        try folder.configure("event-log: {}", "failing: \(failing)")
        let daemon = try await DaemonProcess(in: folder)
        let finished = try await daemon.deliver(1)
        let pending = try await daemon.deliver(2, in: "a/b")
        try await daemon.delivered(2, by: "event-log")
        try await daemon.settle { try folder.states(of: "event-log") == ["delivered": 2] }
        try await folder.forgewire("prune", "--older-than", "0s", "--dry-run")
        #expect(try folder.count("SELECT count(*) FROM events") == 2)
        try await folder.forgewire("prune", "--older-than", "1h")
        #expect(try folder.count("SELECT count(*) FROM events") == 2)
        try await folder.forgewire("prune", "--older-than", "0s")
        #expect(try folder.query("SELECT id FROM events").map { $0[0] as Int64 } == [pending])
        #expect(try folder.count("SELECT count(*) FROM deliveries") == 1)
        #expect(try await daemon.deliver(3) > max(finished, pending))
        try await daemon.stop()
    }
}
