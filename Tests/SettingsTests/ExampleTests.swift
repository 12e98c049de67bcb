import Foundation
import Testing

@testable import Settings

@Suite("Config/forgewire.yml")
struct ExampleTests {
    private static let path = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Config/forgewire.yml").path

    private func text() throws -> String {
        String(decoding: try FileReader.disk.read(Self.path, ByteSize.mebibyte), as: UTF8.self)
    }

    /// The example with every commented key active: `# key: value` loses its `# `, sentences stay comments.
    private func uncommented() throws -> String {
        let key = /^( *)# ( *[A-Za-z_.-]+:( .*)?)$/
        return try text().split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.wholeMatch(of: key).map { "\($0.1)\($0.2)" } ?? String($0) }
            .joined(separator: "\n")
    }

    @Test("The example is valid, with one source and the two Swift listeners on")
    func valid() throws {
        let report = Subject.report(try text())
        #expect(report.problems.isEmpty)
        let configuration = try report.validated()
        #expect(configuration.sources.map(\.secrets) == [[.file(".forgewire/github.secret")]])
        #expect(configuration.listeners.map(\.name) == ["event-log", "check-failures"])
        #expect(configuration.listeners.allSatisfy { $0.enabled && $0.target == .swift })
        #expect(configuration.ingest == IngestConfiguration())
        #expect(configuration.admin == AdminConfiguration())
        #expect(configuration.outbox == OutboxConfiguration())
        #expect(!(try text()).contains("not yet:"))
    }

    @Test("Every commented key is valid and shows its default")
    func comments() throws {
        let report = Subject.report(try uncommented())
        #expect(report.problems.isEmpty)
        let configuration = try report.validated()
        #expect(configuration.ingest == IngestConfiguration())
        #expect(configuration.outbox == OutboxConfiguration())
        #expect(configuration.dispatcher == DispatcherConfiguration())
        #expect(
            configuration.listeners.map(\.name) == ["event-log", "check-failures", "deploy", "chat"]
        )
        #expect(configuration.listener(named: "check-failures")?.filter.on == [.kind("check_run")])
    }

    @Test("The commented command and endpoint show every key of theirs")
    func targets() throws {
        let configuration = try Subject.configuration(try uncommented())
        let deploy = try #require(configuration.listener(named: "deploy"))
        var command = CommandConfiguration(words: ["/usr/local/bin/deploy", "--now"])
        command.workingDirectory = "/srv/deploy"
        command.environment = [
            NamedValue("LOG_LEVEL", .text("info")),
            NamedValue("DEPLOY_TOKEN", .reference(.file("/run/secrets/deploy-token"))),
        ]
        #expect(deploy.target == .command(command))
        #expect(
            deploy.filter.conditions == [
                FieldCondition(FieldPath("actor.isBot"), anyOf: [.text("false")]),
                FieldCondition(FieldPath("repository.isPrivate"), anyOf: [.text("true"), .absent]),
                FieldCondition(FieldPath("provider"), anyOf: [.text("github"), .text("gitlab")]),
                FieldCondition(
                    FieldPath("repository.fullName"),
                    anyOf: ["acme/app-*", "acme/site"].map { .glob(TextPattern($0)) }
                ),
            ]
        )
        let chat = try #require(configuration.listener(named: "chat"))
        var endpoint = EndpointConfiguration(url: "https://chat.example/hooks")
        endpoint.signingSecrets = [.environment("CHAT_SECRET")]
        endpoint.headers = [
            NamedValue("Authorization", .reference(.environment("CHAT_AUTHORIZATION"))),
            NamedValue("X-Team", .text("platform")),
        ]
        endpoint.caFile = "/etc/ssl/chat.pem"
        endpoint.allowAddresses = [try ValueParser<AddressRange>.addressRange.parse("10.1.0.0/16")]
        endpoint.rateLimit = RateLimitSetting(attempts: 10, per: .second)
        #expect(chat.target == .endpoint(endpoint))
        #expect(chat.policy.timeout == .seconds(30))
    }

    @Test("The example names every key that the effective configuration has")
    func complete() throws {
        let key = /^ *([A-Za-z]+):/
        let lines = try Subject.configuration(try uncommented()).effectiveDescription.split(separator: "\n")
        let text = try text()
        for line in lines {
            guard let name = line.prefixMatch(of: key)?.1 else { continue }
            #expect(text.contains("\(name):"), "\(name) is missing")
        }
    }
}
