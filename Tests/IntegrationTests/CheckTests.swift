import Foundation
import TestKit
import Testing

@Suite("What check and serve warn of", .timeLimit(.minutes(10)))
struct CheckTests {
    private static let doubtful = """
        ingest: { listen: ["127.0.0.1:0"] }
        admin: { listen: "127.0.0.1:0" }
        outbox: { path: outbox.db }
        sources:
          short: { provider: github, secrets: ["env:SHORT"] }
          open: { provider: gitea, secrets: ["file:open.secret"] }
        listeners:
          event-log: { on: ["push", "pull_request.merged"], where: { actor.isBot: perhaps } }
          deploy: { command: [/no/such/program] }

        """

    /// The beginnings of the warnings, each in the line where it stands.
    private static let warnings = [
        "forgewire.yml:5:40: warning: sources.short.secrets: env:SHORT: is shorter than 16 bytes",
        "forgewire.yml:6:38: warning: sources.open.secrets: file:open.secret: every user can read the file",
        "forgewire.yml:8:29: warning: listeners.event-log.on[1]: no forge gives \"pull_request.merged\": say",
        "forgewire.yml:8:75: warning: listeners.event-log.where.actor.isBot[0]: \"perhaps\" is neither",
        "forgewire.yml:9:23: warning: listeners.deploy.command: the program \"/no/such/program\" is not",
    ]

    private func setup() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(Self.doubtful)
        let secret = folder.path("open.secret")
        try Data("0123456789abcdef\n".utf8).write(to: URL(fileURLWithPath: secret))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: secret)
        return folder
    }

    private func check(
        _ environment: [String: String],
        in folder: TemporaryFolder
    ) async throws -> Executable.Outcome {
        let arguments = ["check", "--config", "forgewire.yml"]
        return try await Executable.run(arguments, environment: environment, in: folder)
    }

    @Test("check tells what is hardly meant, with its place and without the secret, and is content")
    func doubts() async throws {
        let outcome = try await check(["SHORT": "hunter2"], in: setup())
        #expect(outcome.status == 0)
        let lines = outcome.text.split(separator: "\n").map(String.init)
        for warning in Self.warnings { #expect(lines.contains { $0.hasPrefix(warning) }, "\(warning)") }
        #expect(lines.count { $0.contains("warning: ") } == Self.warnings.count)
        #expect(!outcome.text.contains("hunter2") && !outcome.text.contains("0123456789abcdef"))
    }

    @Test("serve warns of the same, and serves")
    func served() async throws {
        let daemon = try await DaemonProcess(in: setup(), environment: ["SHORT": "hunter2"])
        for warning in Self.warnings {
            let escaped = warning.replacing("\"", with: "\\\"")
            let line = try await daemon.log.line(containing: escaped)
            #expect(line.contains(" warning The configuration has a weak point "))
        }
    }

    @Test("A long secret that is short without the white space around it is told")
    func padded() async throws {
        let outcome = try await check(["SHORT": "hunter2" + String(repeating: " ", count: 20)], in: setup())
        #expect(outcome.text.contains("env:SHORT: is shorter than 16 bytes"))
    }

    @Test("A credential is a warning in check without systemd's folder, and stops serve")
    func credentials() async throws {
        let folder = try TemporaryFolder()
        let source = "github: { provider: github, secrets: [\"credential:github\"] }"
        try folder.writeConfiguration(DaemonProcess.configuration(sources: source))
        let missing = "sources.github.secrets: credential:github: $CREDENTIALS_DIRECTORY is not set"
        let outcome = try await check([:], in: folder)
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("warning: \(missing)"))
        let served = try await Executable.run(["serve", "--config", "forgewire.yml"], in: folder)
        #expect(served.status == 78)
        #expect(served.errors.contains(missing))
        let empty = try await check(["CREDENTIALS_DIRECTORY": folder.path("none")], in: folder)
        #expect(empty.status == 78)
    }

    @Test("A name with a control character is refused by check and serve, and shown without it")
    func controlName() async throws {
        let folder = try TemporaryFolder()
        for name in [#""c\0""#, #""c\x9b""#, #""c\e[2J""#] {
            let listeners = "event-log: {}, \(name): { command: [sh] }"
            try folder.writeConfiguration(DaemonProcess.configuration(listeners: listeners))
            for command in ["check", "serve"] {
                let outcome = try await Executable.run(
                    [command, "--config", "forgewire.yml"],
                    environment: ["SECRET": DaemonProcess.secret],
                    in: folder
                )
                #expect(outcome.status == 78)
                let text = outcome.text + outcome.errors
                #expect(text.contains("does not match [a-z0-9][a-z0-9_-]{0,62}"))
                #expect(
                    !text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" }
                )
            }
        }
    }

    @Test("A line feed behind a secret in a variable leaves deliveries authentic")
    func lineFeed() async throws {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(DaemonProcess.configuration())
        let environment = ["SECRET": "\u{FEFF} \(DaemonProcess.secret)\r\n"]
        let daemon = try await DaemonProcess(in: folder, environment: environment)
        let body = Array(#"{"zen":"x"}"#.utf8)
        #expect(try await daemon.post(body, event: "ping").status == 202)
        let sent = try await Executable.run(
            [
                "send", "--source", "github", "--sample", "ping", "--url", daemon.ingest,
                "--config", "forgewire.yml",
            ],
            environment: environment,
            in: folder
        )
        #expect(sent.status == 0)
    }
}
