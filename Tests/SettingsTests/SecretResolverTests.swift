import Testing

@testable import Settings

@Suite("Secret resolution")
struct SecretResolverTests {
    private static let environment = [
        "HUB": "hunter2\n", "EMPTY": "", "BLANK": " \t", "CREDENTIALS_DIRECTORY": "/c",
    ]
    private static let files: [String: [UInt8]] = [
        "/s": Array("hunter2\n".utf8), "/two": Array("a\n\n".utf8), "/crlf": Array("a\r\n".utf8),
        "/cr": Array("a\r".utf8), "/bare": Array("a".utf8), "/binary": [0, 255, 10], "/empty": [],
        "/newline": [10], "/large": [UInt8](repeating: 65, count: 65_537),
        "/c/hub": Array("credential\n".utf8),
    ]

    private func resolver(_ environment: [String: String] = environment) -> SecretResolver {
        SecretResolver(environment: environment, files: Subject.files(Self.files))
    }

    @Test(
        "A file's final line feed is no part of the secret, and everything else is",
        arguments: [
            ("file:/s", Array("hunter2".utf8)), ("file:/two", Array("a\n".utf8)),
            ("file:/crlf", Array("a\r".utf8)),
            ("file:/cr", Array("a\r".utf8)), ("file:/bare", Array("a".utf8)), ("file:/binary", [0, 255]),
            ("credential:hub", Array("credential".utf8)), ("env:HUB", Array("hunter2\n".utf8)),
        ]
    )
    func usable(text: String, bytes: [UInt8]) throws {
        let reference = try #require(SecretReference(text))
        #expect(try resolver().resolve(reference).bytes == bytes)
    }

    @Test(
        "An unusable secret says what is wrong and where",
        arguments: [
            ("env:NONE", "env:NONE: the variable is not set"),
            ("env:EMPTY", "env:EMPTY: is empty"),
            ("env:BLANK", "env:BLANK: is nothing but white space"),
            ("file:/none", "file:/none: there is no such file"),
            ("file:/empty", "file:/empty: is empty"),
            ("file:/newline", "file:/newline: is empty"),
            ("file:/large", "file:/large: larger than 64KiB"),
            ("credential:none", "credential:none: there is no such file"),
        ]
    )
    func unusable(text: String, message: String) throws {
        let reference = try #require(SecretReference(text))
        let error = #expect(throws: SecretError.self) { try resolver().resolve(reference) }
        #expect(error?.description == message)
    }

    @Test("A credential needs systemd's folder", arguments: [[:], ["CREDENTIALS_DIRECTORY": ""]])
    func credentialWithoutFolder(environment: [String: String]) throws {
        let error = #expect(throws: SecretError.self) {
            try resolver(environment).resolve(.credential("hub"))
        }
        #expect(error?.description == "credential:hub: $CREDENTIALS_DIRECTORY is not set")
    }

    @Test("A resolved secret shows its reference alone")
    func redaction() throws {
        let secret = try resolver().resolve(.file("/s"))
        #expect("\(secret)" == "ResolvedSecret(file:/s)")
        #expect(String(reflecting: secret) == "ResolvedSecret(file:/s)")
    }
}

@Suite("Secrets of a configuration")
struct ConfigurationSecretsTests {
    private func resolve(_ text: String, _ environment: [String: String] = ["A": "a"]) -> SecretResolution {
        let resolver = SecretResolver(environment: environment, files: Subject.files([:]))
        return Subject.report(text).draft.resolveSecrets(with: resolver) { _, _ in nil }
    }

    @Test("A source without a usable secret is an error at each of its references")
    func sourceWithout() {
        let resolution = resolve(
            "sources:\n  hub:\n    provider: github\n    secrets: [\"env:X\", \"file:/y\"]\n"
        )
        #expect(
            resolution.errors.map(\.description) == [
                "f.yml:4:15: sources.hub.secrets: env:X: the variable is not set",
                "f.yml:4:24: sources.hub.secrets: file:/y: there is no such file",
            ]
        )
        #expect(resolution.sources["hub"]?.isEmpty == true)
    }

    @Test("One usable secret is enough, and the others are warnings")
    func rotation() {
        let resolution = resolve("sources: {hub: {provider: github, secrets: [\"env:X\", \"env:A\"]}}")
        #expect(resolution.errors.isEmpty)
        #expect(
            resolution.problems.map(\.description)
                == ["f.yml:1:45: warning: sources.hub.secrets: env:X: the variable is not set"]
        )
        #expect(resolution.sources["hub"]?.map(\.reference) == [.environment("A")])
    }

    @Test("allowUnsigned turns unusable secrets into warnings")
    func unsigned() {
        let resolution = resolve(
            "sources: {hub: {provider: github, secrets: [\"env:X\"], allowUnsigned: true}}"
        )
        #expect(resolution.errors.isEmpty)
        #expect(resolution.problems.count == 1)
    }

    @Test("A place is right even behind a wrong reference")
    func placeBehindWrong() {
        let resolution = resolve("sources: {hub: {provider: github, secrets: [wrong, \"env:X\"]}}")
        #expect(resolution.errors.map(\.location?.column) == [52])
    }

    @Test("A single reference is located like a list of one")
    func single() {
        let resolution = resolve("sources: {hub: {provider: github, secrets: env:X}}")
        #expect(resolution.errors.map(\.location?.column) == [44])
    }

    @Test("An endpoint whose signing secrets are all unusable is an error")
    func endpoint() {
        let resolution = resolve("listeners: {chat: {url: \"http://a/\", signingSecret: env:X}}")
        #expect(
            resolution.errors.map(\.description)
                == ["f.yml:1:53: listeners.chat.signingSecrets: env:X: the variable is not set"]
        )
    }

    @Test("An endpoint without signing secrets needs none, and a disabled one is left out")
    func withoutSigning() {
        #expect(resolve("listeners: {chat: {url: \"http://a/\"}}").problems.isEmpty)
        let disabled = resolve(
            "listeners: {chat: {url: \"http://a/\", signingSecret: env:X, enabled: false}}"
        )
        #expect(disabled.problems.isEmpty)
        #expect(disabled.listeners.isEmpty)
    }

    @Test("Resolved secrets come with their source and listener")
    func resolved() {
        let text =
            "sources: {hub: {provider: github, secrets: env:A}}\n"
            + "listeners: {chat: {url: \"http://a/\", signingSecrets: [\"env:A\"]}}"
        let resolution = resolve(text)
        #expect(resolution.problems.isEmpty)
        #expect(resolution.sources["hub"]?.map(\.bytes) == [Array("a".utf8)])
        #expect(resolution.listeners["chat"]?.map(\.bytes) == [Array("a".utf8)])
    }
}
