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
    private func resolve(
        _ text: String,
        _ environment: [String: String] = ["A": "a"],
        files: [String: [UInt8]] = [:]
    ) -> SecretResolution {
        let resolver = SecretResolver(environment: environment, files: Subject.files(files))
        return Subject.report(text).draft.resolveSecrets(with: resolver) { secret in
            secret.bytes == Array("bad".utf8) ? "cannot sign" : nil
        } fault: { _, _ in
            nil
        }
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
        #expect(resolution.listeners["chat"]?.signingSecrets.map(\.bytes) == [Array("a".utf8)])
    }

    @Test("A secret that cannot sign counts as none")
    func signingFault() {
        let environment = ["A": "a", "B": "bad"]
        let alone = resolve("listeners: {chat: {url: \"http://a/\", signingSecrets: [env:B]}}", environment)
        #expect(
            alone.errors.map(\.description)
                == ["f.yml:1:55: listeners.chat.signingSecrets: env:B: cannot sign"]
        )
        let two = resolve(
            "listeners: {chat: {url: \"http://a/\", signingSecrets: [env:B, env:A]}}",
            environment
        )
        #expect(two.errors.isEmpty && two.problems.count == 1)
        #expect(two.listeners["chat"]?.signingSecrets.map(\.reference) == [.environment("A")])
    }

    @Test("Headers and variables are resolved in the order of the file")
    func values() {
        let text = """
            listeners:
              chat: {url: "https://a/", headers: {Authorization: "env:A", x-team: core}}
              deploy: {command: [x], environment: {Z: "file:/z", B: "", N: }}
              off: {command: [x], environment: {B: "env:NONE"}, enabled: false}
            """
        let resolution = resolve(text, files: ["/z": Array("one\ntwo\n".utf8)])
        #expect(resolution.problems.isEmpty)
        #expect(
            resolution.listeners["chat"]?.headers == [
                ResolvedValue(name: "Authorization", text: "a", isSecret: true),
                ResolvedValue(name: "x-team", text: "core", isSecret: false),
            ]
        )
        #expect(
            resolution.listeners["deploy"]?.environment == [
                ResolvedValue(name: "Z", text: "one\ntwo", isSecret: true),
                ResolvedValue(name: "B", text: "", isSecret: false),
            ]
        )
        #expect(resolution.listeners["off"] == nil)
        #expect(!"\(resolution)".contains("core"))
    }

    @Test(
        "A header or variable that cannot be resolved is an error at its place, and never shown",
        arguments: [
            (
                "{url: 'https://a/', headers: {x: 'env:NONE'}}",
                "46: listeners.a.headers.x: env:NONE: the variable "
                    + "is not set"
            ),
            (
                "{url: 'https://a/', headers: {x: 'file:/two'}}",
                "46: listeners.a.headers.x: file:/two: holds a "
                    + "control character, which a header field must not"
            ),
            (
                "{url: 'https://a/', headers: {x: 'file:/space'}}",
                "46: listeners.a.headers.x: file:/space: begins "
                    + "or ends with white space, which a header field does not keep"
            ),
            (
                "{url: 'https://a/', headers: {x: 'file:/binary'}}",
                "46: listeners.a.headers.x: file:/binary: is "
                    + "not UTF-8 text"
            ),
            (
                "{command: [x], environment: {x: 'file:/zero'}}",
                "45: listeners.a.environment.x: file:/zero: holds "
                    + "a zero byte"
            ),
            (
                "{command: [x], environment: {x: 'env:EMPTY'}}",
                "45: listeners.a.environment.x: env:EMPTY: is empty"
            ),
            (
                "{url: 'https://a/', caFile: /none}",
                "36: listeners.a.caFile: \"/none\": there is no such file"
            ),
        ]
    )
    func unresolved(listener: String, problem: String) {
        let files: [String: [UInt8]] = [
            "/two": Array("a\nhunter2".utf8), "/space": Array("hunter2 ".utf8), "/binary": [0xFF, 0x61],
            "/zero": Array("hunter2\0".utf8),
        ]
        let resolution = resolve("listeners: {a: \(listener)}", ["EMPTY": ""], files: files)
        #expect(resolution.errors.map(\.description) == ["f.yml:1:" + problem])
    }

    @Test("A file of authorities that can be read is no problem")
    func authorities() {
        let text = "listeners: {a: {url: 'https://a/', caFile: /ca.pem}}"
        #expect(resolve(text, files: ["/ca.pem": [0x2D]]).problems.isEmpty)
    }
}
