import Testing

@testable import Settings

@Suite("Mutated files")
struct FuzzTests {
    private static let text = """
        ingest: { listen: ["127.0.0.1:8787", "[::1]:1"], maxBodyBytes: 25MiB, limits: { idleTimeout: 60s } }
        outbox: &o { path: x, retention: { delivered: 30d } }
        dispatcher:
          defaults: { timeout: 10s, retry: { factor: 3, max: 10h } }
        sources:
          github: { provider: github, secrets: ["env:A", "file:/b"] }
        listeners:
          event-log: { on: ["pull_request.closed", push], repositories: ["acme/*"], percent: 10 }
          deploy: { command: [x], workingDirectory: /a, environment: { A: "env:A", B: b } }
          chat:
            url: https://chat.example/hooks
            signingSecrets: ["env:CHAT"]
            allowAddresses: ["10.1.0.0/16", "fc00::/7"]
            headers: { x: "env:X", y: z }
            rateLimit: 10/s
            where: { actor.isBot: false, pullRequest.label: [a, null], push.refs.ref: { glob: "refs/*" } }
        """

    private static let pieces: [String] = [
        "{", "}", "[", "]", ":", ": ", ",", "\"", "'", "\\", "#", "&o ", "*o", "? ", "- ", "|", ">", "%", "@",
        "!!str ",
        "---", "...", "\n", "\r\n", "\t", " ", "\u{0}", "\u{7F}", "\u{85}", "\u{2028}", "\u{FEFF}",
        "\u{E000}", "😀",
        "e\u{301}", "<<: *o", "~", "null", "9999999999999999999999", "-1", "0x10", "1e999", "on", "github",
        "env:",
        "on: ", "listen", "%%", "::", "/33", "**", "\\u0000", "\\x", "\\U00110000",
    ]

    @Test(
        "A mutated file never traps, and a valid one reads back from its description",
        arguments: UInt64(1)...40
    )
    func mutations(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for _ in 0..<50 {
            let text = mutated(&random)
            let report = Subject.report(text)
            for problem in report.problems {
                #expect(!problem.description.contains { $0.isNewline }, "seed \(seed)")
                #expect(problem.location.map { $0.line >= 1 && $0.column >= 1 } == true, "seed \(seed)")
            }
            guard report.errors.isEmpty else { continue }
            let again = Subject.report(report.draft.effectiveDescription)
            #expect(again.errors.isEmpty, "seed \(seed): \(text)")
            #expect(redacted(again.draft) == redacted(report.draft), "seed \(seed): \(text)")
        }
    }

    /// The configuration without the texts of headers and variables, which its description does not show.
    private func redacted(_ configuration: Configuration) -> Configuration {
        var configuration = configuration
        for index in configuration.listeners.indices {
            switch configuration.listeners[index].target {
            case .swift: break
            case .command(var command):
                command.environment = command.environment.map(redacted)
                configuration.listeners[index].target = .command(command)
            case .endpoint(var endpoint):
                endpoint.headers = endpoint.headers.map(redacted)
                configuration.listeners[index].target = .endpoint(endpoint)
            }
        }
        return configuration
    }

    private func redacted(_ value: NamedValue) -> NamedValue {
        if case .text = value.value { NamedValue(value.name, .text("")) } else { value }
    }

    private func mutated(_ random: inout SplitMix) -> String {
        var scalars = Array(Self.text.unicodeScalars)
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let start = Int.random(in: 0...scalars.count, using: &random)
            let end = min(scalars.count, start + Int.random(in: 0...8, using: &random))
            let piece = Self.pieces.randomElement(using: &random) ?? ""
            switch Int.random(in: 0..<4, using: &random) {
            case 0: scalars.removeSubrange(start..<end)
            case 1: scalars.insert(contentsOf: scalars[start..<end], at: start)
            case 2: scalars.insert(contentsOf: piece.unicodeScalars, at: start)
            default: scalars.replaceSubrange(start..<end, with: piece.unicodeScalars)
            }
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }
}

/// A small generator whose numbers depend on its seed alone.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
