import Foundation
import Subprocess
import SystemPackage
import TestKit
import Testing

@Suite("Descriptors", .timeLimit(.minutes(10)))
struct DescriptorTests {
    @Test(
        "Strangers who connect as often as they like leave enough for commands and the admin address",
        arguments: [96, 256]
    )
    func strangers(limit: Int) async throws {
        let folder = try TemporaryFolder()
        // Two seconds are long enough to tell a daemon that spins from one that waits.
        try folder.configure("script: \(try folder.command("sleep 2; echo ran >> runs"))")
        let daemon = try await DaemonProcess(in: folder, limits: "ulimit -n \(limit);")
        #expect(daemon.log.lines.contains { $0.contains("connections need more descriptors") })
        let event = try await daemon.deliver(1)
        try await daemon.delivered(1, by: "script")
        let strangers = try Strangers(limit, to: daemon.ingest)
        try await folder.forgewire("replay", "--listener", "script")
        let before = try daemon.facts.processorTime
        try await daemon.delivered(2, by: "script")
        #expect(try daemon.facts.processorTime - before < .seconds(1))
        #expect(try await daemon.request("GET", daemon.admin + "/healthz").status == 200)
        #expect(try daemon.facts.descriptors < limit)
        withExtendedLifetime(strangers) {}
        try await daemon.stop()
        #expect(try folder.lines(of: "runs").count == 2)
        #expect(try folder.dispatch(event, "script").outcomes == ["delivered", "delivered"])
    }

    @Test("Without a descriptor left, dispatches wait, accepting pauses, and one line each says why")
    func exhausted() async throws {
        let folder = try TemporaryFolder()
        let first = try folder.command("echo $$ > first; while [ ! -e gate ]; do sleep 0.1; done; sleep 3")
        try folder.configure("first: \(first)", "second: \(try folder.command("echo ran > second"))")
        let daemon = try await DaemonProcess(in: folder)
        try await folder.forgewire("pause", "second")
        let event = try await daemon.deliver(1)
        try await daemon.settle { try !folder.lines(of: "first").isEmpty }
        let limit = try daemon.facts.softLimit()

        try await daemon.facts.leaveDescriptors(3)
        let before = try daemon.facts.processorTime
        let strangers = (try Strangers(20, to: daemon.ingest), try Strangers(20, to: daemon.admin))
        try await daemon.log.wait(for: 2, "No connection can be taken for a while")
        try folder.touch("gate")
        try await daemon.delivered(1, by: "first")
        #expect(try daemon.facts.processorTime - before < .seconds(1))

        try await daemon.facts.setSoftLimit(limit)
        withExtendedLifetime(strangers) {}
        try await folder.forgewire("resume", "second")
        try await daemon.delivered(1, by: "second")
        try await daemon.stop()
        #expect(try folder.dispatch(event, "second").attempts == 1)
        let pauses = daemon.log.lines.filter { $0.contains("No connection can be taken for a while") }
        #expect(pauses.count == 2, "one for each address")
        #expect(pauses.allSatisfy { $0.contains("LimitNOFILE") })
    }

    @Test("A command that cannot be started for want of descriptors is started when there are some")
    func noRoom() async throws {
        let folder = try TemporaryFolder()
        let failing = "touch ready; while [ ! -e gate ]; do sleep 0.1; done; exit 1"
        let keys = "retry: { initial: 10ms, max: 10ms }"
        try folder.configure("script: \(try folder.command(failing, keys))")
        let daemon = try await DaemonProcess(in: folder)
        let event = try await daemon.deliver(1)
        try await daemon.settle { FileManager.default.fileExists(atPath: folder.path("ready")) }
        let limit = try daemon.facts.softLimit()
        try await daemon.facts.leaveDescriptors(3)
        try folder.touch("gate")
        // It fails, and its next attempt cannot be started.
        _ = try await daemon.log.line(containing: "the system has no room to start one")
        try await daemon.facts.setSoftLimit(limit)
        try await daemon.log.wait(for: 3, "An attempt failed", "listener.name=script")
        try await daemon.stop()
        let row = try folder.dispatch(event, "script")
        #expect(row.outcomes.contains("interrupted"))
        #expect(row.attempts == row.outcomes.count { $0 == "failed" })
    }

    @Test("The daemon raises its limit of descriptors as far as it goes, and its commands get the old one")
    func raised() async throws {
        let folder = try TemporaryFolder()
        try folder.configure("script: \(try folder.command("ulimit -Sn > soft; ulimit -Hn > hard"))")
        let daemon = try await DaemonProcess(in: folder, limits: "ulimit -Sn 300; ulimit -Hn 4000;")
        #expect(try daemon.facts.softLimit() == "4000")
        _ = try await daemon.deliver(1)
        try await daemon.delivered(1, by: "script")
        try await daemon.stop()
        #expect(try folder.lines(of: "soft") == ["300"])
        #expect(try folder.lines(of: "hard") == ["4000"])
    }

    @Test("`check` warns of connections that need more descriptors than there can be, with their place")
    func check() async throws {
        let folder = try TemporaryFolder()
        let text =
            "ingest: { limits: { connections: 5000 } }\n"
            + "sources: { github: { provider: github, secrets: [\"env:SECRET\"] } }\n"
        try folder.writeConfiguration(text)
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: [
                "-c", "ulimit -n 1000; exec \"$0\" check --config forgewire.yml", try Executable.path.string,
            ],
            environment: .custom(["SECRET": DaemonProcess.secret]),
            workingDirectory: FilePath(folder.url.path),
            output: .string(limit: 1 << 16)
        )
        #expect(result.terminationStatus.code == 0)
        let first = result.standardOutput.split(separator: "\n").first ?? ""
        #expect(first.hasPrefix("forgewire.yml:1:21: warning: ingest.limits.connections: 5000 connections"))
    }
}
