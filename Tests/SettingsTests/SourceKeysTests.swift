import Testing

@testable import Settings

@Suite("Keys of sources")
struct SourceKeysTests {
    @Test("Every key of a source is read")
    func keys() throws {
        let text = """
            sources:
              lab:
                provider: gitlab
                secrets: ["env:A", "file:/b", "credential:c"]
                tolerance: 1m
                requireSignature: yes
                allowUnsigned: off
            """
        let source = try #require(try Subject.configuration(text).source(named: "lab"))
        var expected = SourceConfiguration(
            name: "lab",
            provider: "gitlab",
            secrets: [.environment("A"), .file("/b"), .credential("c")]
        )
        expected.tolerance = .seconds(60)
        expected.requireSignature = true
        #expect(source == expected)
    }

    @Test("Every provider is taken", arguments: Subject.vocabulary.providers)
    func providers(name: String) throws {
        let configuration = try Subject.configuration("sources: {a: {provider: \(name), secrets: env:A}}")
        #expect(configuration.source(named: "a")?.provider == name)
    }

    @Test(
        "A flag has six spellings in any case",
        arguments: [
            ("true", true), ("Yes", true), ("ON", true), ("false", false), ("no", false), ("Off", false),
        ]
    )
    func flags(word: String, value: Bool) throws {
        let text = "sources: {a: {provider: gitlab, secrets: env:A, requireSignature: \(word)}}"
        #expect(try Subject.configuration(text).source(named: "a")?.requireSignature == value)
    }

    @Test(
        "A wrong key or value is reported with its place",
        arguments: [
            (
                "provider: githb, secrets: env:A",
                "1:25: sources.a.provider: unknown provider \"githb\"; did you mean "
                    + "\"github\"?"
            ),
            (
                "provider: svn, secrets: env:A",
                "1:25: sources.a.provider: unknown provider \"svn\"; the providers are "
                    + "github, gitlab, bitbucket-cloud, bitbucket-dc, gitea, forgejo, gogs, azure-devops or "
                    + "standard-webhooks"
            ),
            (
                "secrets: env:A",
                "1:11: sources.a: provider is missing; the providers are github, gitlab, "
                    + "bitbucket-cloud, bitbucket-dc, gitea, forgejo, gogs, azure-devops or standard-webhooks"
            ),
            ("provider: github", "1:11: sources.a: no secret: name one under secrets, such as \"env:NAME\""),
            (
                "provider: github, secrets: []",
                "1:33: sources.a: no secret: name one under secrets, such as "
                    + "\"env:NAME\""
            ),
            (
                "provider: github, secrets: ~",
                "1:11: sources.a: no secret: name one under secrets, such as "
                    + "\"env:NAME\""
            ),
            (
                "provider: github, secrets: env:A, secret: env:B",
                "1:49: sources.a: unknown key \"secret\"; did you "
                    + "mean \"secrets\"?"
            ),
            (
                "provider: github, secrets: env:A, tolerance: 0s",
                "1:60: sources.a.tolerance: \"0s\" is not between "
                    + "1s and 1d"
            ),
            (
                "provider: github, secrets: env:A, requireSignature: ture",
                "1:67: sources.a.requireSignature: \"ture\" "
                    + "is neither true nor false; did you mean \"true\"?"
            ),
            (
                "provider: github, secrets: env:A, allowUnsigned: 1",
                "1:64: sources.a.allowUnsigned: \"1\" is neither "
                    + "true nor false"
            ),
        ]
    )
    func wrong(lines: String, problem: String) {
        #expect(Subject.problems("sources: {a: {\(lines)}}").map { $0 } == ["f.yml:" + problem])
    }

    @Test(
        "A name must match the pattern",
        arguments: [
            "Hub", "-hub", "_hub", "h.b", "h b", "hüb", "''", String(repeating: "a", count: 64),
            #""c\0""#, #""c\x00d""#, #""\0c""#, #""c\n""#, #""c\e""#, #""c\x9b""#, #""c\N""#, #""c\u202e""#,
            #""c\u200b""#, #""c\t""#, "'c '",
        ]
    )
    func badName(name: String) {
        let errors = Subject.report("sources:\n  \(name): {provider: github, secrets: env:A}\n").errors
        #expect(errors.count == 1)
        #expect(errors.first?.message.hasSuffix("does not match [a-z0-9][a-z0-9_-]{0,62}") == true)
        #expect(errors.first?.location == SourceLocation(file: "f.yml", line: 2, column: 3))
    }

    @Test("A listener's name must, too", arguments: [#""c\0""#, #""c\x85""#, #""c\u202e""#, "'c '", "C"])
    func badListenerName(name: String) {
        let text = "listeners:\n  \(name): {command: [x]}\n" + Subject.source
        let errors = Subject.report(text).errors
        #expect(errors.count == 1)
        #expect(errors.first?.message.hasSuffix("does not match [a-z0-9][a-z0-9_-]{0,62}") == true)
    }

    @Test("The longest name has 63 characters", arguments: ["a", "0_-", String(repeating: "a", count: 63)])
    func goodName(name: String) throws {
        let configuration = try Subject.configuration(
            "sources:\n  \(name): {provider: github, secrets: env:A}\n"
        )
        #expect(configuration.sources.map(\.name) == [name])
    }

    @Test("A source is found by its name, and its place by its path")
    func location() throws {
        let configuration = try Subject.configuration("sources:\n  hub: {provider: github, secrets: env:A}\n")
        #expect(
            configuration.location(of: "sources.hub") == SourceLocation(file: "f.yml", line: 2, column: 3)
        )
        #expect(configuration.location(of: "sources.lab") == nil)
        #expect(configuration.source(named: "lab") == nil)
    }

    @Test("A secret in place of a reference is never shown")
    func noSecretShown() {
        let texts = [
            "sources: {a: {provider: github, secrets: hunter2}}",
            "sources: {a: {provider: github, secrets: [hunter2, 'env:hunter2!']}}",
            "sources: {a: {provider: github, secrets: {hunter2: hunter2}}}",
            "sources: {a: {provider: github, secrets: [[hunter2], {hunter2: x}]}}",
            "sources: {a: {provider: github, secrets: env:A, secret: hunter2}}",
            "sources: {a: {provider: github, secret: [hunter2]}}",
            "listeners: {a: {url: 'http://a', signingSecret: hunter2, signingSecrets: [hunter2]}}",
            "sources: {a: {provider: github, secrets: [\"file:hunter2\\n\"]}}",
        ]
        for text in texts {
            let report = Subject.report(text)
            #expect(!report.errors.isEmpty)
            #expect(!report.problems.description.contains("hunter2"))
            #expect(!report.draft.effectiveDescription.contains("hunter2"))
        }
    }

    @Test("allowUnsigned is a warning, with and without secrets")
    func allowUnsigned() {
        #expect(
            Subject.problems("sources: {a: {provider: github, allowUnsigned: true}}")
                == ["f.yml:1:33: warning: sources.a: allowUnsigned: deliveries are taken unverified"]
        )
        #expect(
            Subject.problems("sources: {a: {provider: github, allowUnsigned: true, secrets: env:A}}") == [
                "f.yml:1:33: warning: sources.a: allowUnsigned: deliveries are taken unverified when no "
                    + "secret is usable"
            ]
        )
    }
}
