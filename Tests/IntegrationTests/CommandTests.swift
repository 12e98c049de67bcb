import Foundation
import Providers
import TestKit
import Testing

@Suite("The commands", .timeLimit(.minutes(10)))
struct CommandTests {
    private let environment = ["SECRET": DaemonProcess.secret]

    private func setup() async throws -> (TemporaryFolder, DaemonProcess) {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(DaemonProcess.configuration())
        return (folder, try await DaemonProcess(in: folder))
    }

    private func run(_ arguments: String..., in folder: TemporaryFolder) async throws -> Executable.Outcome {
        let all = arguments + ["--config", "forgewire.yml"]
        return try await Executable.run(all, environment: environment, in: folder)
    }

    @Test("--version names the version, and every command has help")
    func help() async throws {
        let version = try await Executable.run(["--version"])
        #expect(version.status == 0)
        #expect(version.text == "forgewire 0.1.0\n")
        let help = try await Executable.run(["--help"]).text
        for command in ["serve", "check", "send", "events", "show", "listeners", "backup", "restore"] {
            #expect(help.contains("  \(command) "))
            let own = try await Executable.run([command, "--help"])
            #expect(own.status == 0)
            #expect(own.text.contains("--config <file>"))
        }
    }

    @Test("send posts a sample as GitHub would, and says again what the daemon said")
    func send() async throws {
        let (folder, daemon) = try await setup()
        let sent = try await run(
            "send",
            "--source",
            "github",
            "--sample",
            "pull_request.opened",
            "--url",
            daemon.ingest,
            "--delivery-id",
            "abc",
            in: folder
        )
        #expect(sent.status == 0)
        #expect(sent.text == "202 {\"status\":\"accepted\",\"delivery\":1,\"events\":[1]}\n")
        let again = try await run(
            "send",
            "--source",
            "github",
            "--sample",
            "pull_request.opened",
            "--url",
            daemon.ingest + "/webhooks/github",
            "--delivery-id",
            "abc",
            in: folder
        )
        #expect(again.text == "202 {\"status\":\"duplicate\",\"delivery\":1,\"events\":[1]}\n")
        let samples = try await run("send", "--list-samples", in: folder)
        #expect(samples.text.contains("pull_request.opened"))
    }

    @Test("send posts a file byte for byte, and show --payload gives the same bytes back")
    func payload() async throws {
        let (folder, daemon) = try await setup()
        let body = Array("{ \"action\":\"opened\",\r\n \"caf\\u00e9\": \"é\" }\n".utf8)
        try Data(body).write(to: URL(fileURLWithPath: folder.path("body.json")))
        let sent = try await run(
            "send",
            "--source",
            "github",
            "--event",
            "issues",
            "body.json",
            "--url",
            daemon.ingest,
            in: folder
        )
        #expect(sent.status == 0)
        let shown = try await run("show", "1", "--payload", in: folder)
        #expect(shown.output == body)
    }

    @Test("send reaches a daemon behind a Unix socket")
    func unixSocket() async throws {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(
            """
            ingest: { listen: ["unix:\(folder.path("in.sock"))"] }
            admin: { listen: "127.0.0.1:0" }
            outbox: { path: outbox.db }
            sources: { github: { provider: github, secrets: ["env:SECRET"] } }
            """
        )
        let daemon = try await DaemonProcess(in: folder)
        let sent = try await run("send", "--source", "github", "--sample", "ping", in: folder)
        #expect(sent.text == "202 {\"status\":\"accepted\",\"delivery\":1,\"events\":[1]}\n")
        daemon.signal(SIGTERM)
        #expect(try await daemon.exit() == 0)
    }

    @Test("send says at once that nobody listens")
    func nobodyListens() async throws {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(DaemonProcess.configuration())
        let url = "http://127.0.0.1:1"
        let sent = try await run("send", "--source", "github", "--sample", "ping", "--url", url, in: folder)
        #expect(sent.status == 1)
        #expect(sent.errors.contains("is `forgewire serve` running?"))
    }

    @Test("The samples are listed without a configuration")
    func samples() async throws {
        let listed = try await Executable.run(["send", "--list-samples"], in: try TemporaryFolder())
        #expect(listed.status == 0)
        #expect(listed.text.contains("pull_request.opened"))
    }

    @Test("events, show and listeners print JSON that programs can read, with or without a daemon")
    func json() async throws {
        let (folder, daemon) = try await setup()
        let sample = try #require(GitHub().samples.first { $0.name == "push" })
        _ = try await daemon.post(sample.body, event: "push", deliveryID: "first")
        _ = try await daemon.output.line(containing: #""kind":"push""#)
        daemon.signal(SIGTERM)
        _ = try await daemon.exit()
        let events = try await run("events", "--json", "--kind", "push", "--since", "1h", in: folder)
        let event = try object(events.text)
        #expect(event["id"] as? Int == 1)
        #expect(event["deliveryId"] as? String == "first")
        #expect(try await run("events", "--json", "--kind", "comment", in: folder).text.isEmpty)
        let shown = try object(try await run("show", "1", "--json", in: folder).text)
        #expect((shown["delivery"] as? [String: Any])?["deliveryId"] as? String == "first")
        #expect((shown["dispatches"] as? [[String: Any]])?.first?["state"] as? String == "delivered")
        #expect((shown["attempts"] as? [[String: Any]])?.first?["outcome"] as? String == "delivered")
        let listener = try object(try await run("listeners", "--json", in: folder).text)
        let names: Set = [
            "name", "kinds", "state", "heldUntil", "pending", "dead", "oldestPendingSeconds", "registered",
        ]
        #expect(Set(listener.keys) == names)
        let table = try await run("events", in: folder).text
        #expect(table.contains("ID") && table.contains("acme/app"))
    }

    @Test("An unknown event is a failure, wrong usage is 64, an invalid configuration 78")
    func exitCodes() async throws {
        let (folder, _) = try await setup()
        let unknown = try await run("show", "4711", in: folder)
        #expect(unknown.status == 1)
        #expect(unknown.errors.contains("there is no event 4711"))
        #expect(try await run("show", in: folder).status == 64)
        #expect(try await run("send", "--source", "github", in: folder).status == 64)
        #expect(try await run("events", "--limit", "0", in: folder).status == 64)
        try folder.writeConfiguration(
            "sources:\n  github:\n    provider: github\n    secert: [\"env:SECRET\"]\n"
        )
        for command in ["serve", "check", "events"] {
            let outcome = try await run(command, in: folder)
            #expect(outcome.status == 78, "\(command)")
            let all = outcome.text + outcome.errors
            #expect(
                all.contains("forgewire.yml:4:5:") && all.contains("did you mean \"secrets\"?"),
                "\(command)"
            )
        }
        let absent = try await Executable.run(["check", "--config", "none.yml"], in: folder)
        #expect(absent.status == 78)
    }

    @Test("A source without a usable secret stops serve with 78 and names the reference")
    func missingSecret() async throws {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(DaemonProcess.configuration())
        for secret in [[:], ["SECRET": ""], ["SECRET": "  \n"]] {
            let outcome = try await Executable.run(
                ["serve", "--config", "forgewire.yml"],
                environment: secret,
                in: folder
            )
            #expect(outcome.status == 78)
            #expect(outcome.errors.contains("env:SECRET"))
        }
    }

    @Test("Reading without an outbox says what to do")
    func noOutbox() async throws {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(DaemonProcess.configuration())
        let outcome = try await run("events", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("start `forgewire serve` once"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("outbox.db")))
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }
}
