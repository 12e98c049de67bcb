import Foundation
import TestKit
import Testing

@Suite("What a forge sends, on a terminal", .timeLimit(.minutes(10)))
struct TerminalTests {
    /// What clears a screen in C0 and in C1, turns the direction of writing, and breaks a line.
    private static let title = "a\u{1B}[2Jb\u{9B}2Jc\u{202E}d\u{2066}e\u{85}f\u{2028}g\u{7F}h\u{200F}i"

    private func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: scalar != "\n"
        default: false
        }
    }

    @Test("No command, listener or log line passes on what steers a terminal, and JSON keeps it all")
    func pullRequest() async throws {
        let folder = try TemporaryFolder()
        let failing = #"loud: { command: [sh, -c, "cat >&2; exit 65"] }"#
        try folder.writeConfiguration(DaemonProcess.configuration(listeners: "event-log: {}, " + failing))
        let daemon = try await DaemonProcess(in: folder)
        let json: [String: Any] = [
            "action": "opened", "number": 7,
            "repository": ["id": 1, "full_name": "acme/\u{9B}app\u{202E}"],
            "pull_request": [
                "id": 3, "number": 7, "title": Self.title, "state": "open",
                "head": ["ref": "x\u{202E}y", "sha": "ec26c3e57ca3a959ca5aad62de7213c562f8c821"],
                "base": ["ref": "main", "sha": "f95f852bd8fca8fcc58a9a2d6c842781e32a215e"],
            ],
        ]
        let body = Array(try JSONSerialization.data(withJSONObject: json))
        let answer = try await daemon.post(body, event: "pull_request", deliveryID: "id-\u{FEFF}1")
        #expect(answer.status == 202)
        let printed = try await daemon.output.line(containing: #""kind":"pull_request""#)
        let logged = try await daemon.log.line(containing: "listener.name=loud")
        let dead = try await daemon.log.line(containing: " error ")
        for line in [printed, logged, dead] { #expect(!line.unicodeScalars.contains(where: isHarmful)) }
        for arguments in [
            ["events"], ["show", "1"], ["show", "1", "--json"], ["events", "--json"], ["dead"],
            ["dead", "--json"],
            ["listeners"], ["replay", "--listener", "nobody\u{9B}\u{202E}"],
        ] {
            let outcome = try await Executable.run(
                arguments + ["--config", "forgewire.yml"],
                environment: ["SECRET": DaemonProcess.secret],
                in: folder
            )
            let text = outcome.text + outcome.errors
            #expect(!text.isEmpty && !text.unicodeScalars.contains(where: isHarmful), "\(arguments)")
            guard arguments == ["events", "--json"] else { continue }
            let event = try #require(
                try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
            )
            #expect((event["pullRequest"] as? [String: Any])?["title"] as? String == Self.title)
        }
    }

    @Test("What somebody else answers to send is shown without what steers a terminal")
    func answers() async throws {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(DaemonProcess.configuration())
        let endpoint = try await LoopbackEndpoint(other: .init(body: "x\u{1B}[2J\u{9B}\u{202E}y"))
        let command = [
            "send", "--source", "github", "--sample", "ping", "--url", endpoint.url, "--config",
            "forgewire.yml",
        ]
        let send = {
            try await Executable.run(command, environment: ["SECRET": DaemonProcess.secret], in: folder)
        }
        var sent = try await send()
        // `send` waits some seconds for an answer, which this busy process may take longer to give.
        for _ in 0..<5 where sent.status != 0 { sent = try await send() }
        #expect(sent.status == 0 && sent.text.hasPrefix("200 x") && sent.text.hasSuffix("y\n"))
        #expect(!sent.text.unicodeScalars.contains(where: isHarmful))
    }
}
