import Foundation
import TestKit
import Testing

@testable import Settings

@Suite("Secret resolution")
struct SecretResolverTests {
    private static let environment = [
        "HUB": "hunter2\n", "AROUND": "\u{FEFF}\thunter2 \r\n", "MARK": "\u{FEFF}", "EMPTY": "",
        "BLANK": " \t", "CREDENTIALS_DIRECTORY": "/c",
    ]
    private static let files: [String: [UInt8]] = [
        "/s": Array("hunter2\n".utf8), "/two": Array("a\n\n".utf8), "/crlf": Array("a\r\n".utf8),
        "/cr": Array("a\r".utf8), "/bare": Array("a".utf8), "/binary": [0, 255, 10], "/empty": [],
        "/newline": [10], "/large": [UInt8](repeating: 65, count: 65_537),
        "/c/hub": Array("credential\n".utf8),
        "/around": Array("\u{FEFF} \t\r\n\u{0B}\u{0C}a b\n\n \u{FEFF}\r\n".utf8),
        "/bom": [0xEF, 0xBB, 0xBF], "/c/blank": Array("\u{FEFF}\r\n".utf8),
        "/half": [0xEF, 0xBB, 0x61, 0xBB, 0xBF],
    ]

    private func resolver(_ environment: [String: String] = environment) -> SecretResolver {
        SecretResolver(environment: environment, files: Subject.files(Self.files))
    }

    @Test(
        "White space around a secret is no part of it, for every kind of reference, and everything else is",
        arguments: [
            ("file:/s", Array("hunter2".utf8)), ("file:/two", Array("a".utf8)),
            ("file:/crlf", Array("a".utf8)), ("file:/around", Array("a b".utf8)),
            ("file:/cr", Array("a".utf8)), ("file:/bare", Array("a".utf8)), ("file:/binary", [0, 255]),
            ("file:/half", [0xEF, 0xBB, 0x61, 0xBB, 0xBF]),
            ("credential:hub", Array("credential".utf8)), ("env:HUB", Array("hunter2".utf8)),
            ("env:AROUND", Array("hunter2".utf8)),
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
            ("file:/newline", "file:/newline: is nothing but white space"),
            ("file:/bom", "file:/bom: is nothing but white space"),
            ("env:MARK", "env:MARK: is nothing but white space"),
            ("credential:blank", "credential:blank: is nothing but white space"),
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
        files: [String: [UInt8]] = [:],
        isTrial: Bool = false
    ) -> SecretResolution {
        let resolver = SecretResolver(environment: environment, files: Subject.files(files))
        return Subject.report(text).draft.resolveSecrets(with: resolver, isTrial: isTrial) { secret in
            secret.bytes == Array("bad".utf8) ? "cannot sign" : nil
        } fault: { _, _ in
            nil
        } doubt: { secret, source in
            secret.bytes == Array("weak".utf8) ? "is weak for \(source?.name ?? "requests")" : nil
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
            "/two": Array("a\nhunter2".utf8), "/binary": [0xFF, 0x61],
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

    @Test("A doubtful secret is used, and a warning at its place that never shows it")
    func doubtful() {
        let text =
            "sources: {hub: {provider: github, secrets: [env:W, env:A]}}\n"
            + "listeners: {chat: {url: \"http://a/\", signingSecret: env:W}}"
        let resolution = resolve(text, ["A": "a", "W": "weak\n"])
        #expect(
            resolution.problems.map(\.description) == [
                "f.yml:1:45: warning: sources.hub.secrets: env:W: is weak for hub",
                "f.yml:2:53: warning: listeners.chat.signingSecrets: env:W: is weak for requests",
            ]
        )
        #expect(resolution.sources["hub"]?.count == 2)
    }

    @Test("A secret in a file that every user can read is a warning, whatever it is for")
    func exposed() {
        let reader = FileReader { _, _ in
            Array("a".utf8)
        } isReadableByAll: {
            $0 != "/closed"
        }
        let text = """
            sources: {hub: {provider: github, secrets: [file:/open, file:/closed, credential:c]}}
            listeners: {chat: {url: "http://a/", headers: {Authorization: "file:/open", x: "file:/closed"}}}
            """
        let resolver = SecretResolver(environment: ["CREDENTIALS_DIRECTORY": "/c"], files: reader)
        let resolution = Subject.report(text).draft.resolveSecrets(with: resolver) { _, _ in nil }
        #expect(
            resolution.problems.map(\.description) == [
                "f.yml:1:45: warning: sources.hub.secrets: file:/open: every user can read the file: "
                    + "`chmod o-r` keeps others out",
                "f.yml:2:48: warning: listeners.chat.headers.Authorization: file:/open: every user can read "
                    + "the file: `chmod o-r` keeps others out",
            ]
        )
    }

    @Test("Whoever may read a file is looked at behind links")
    func permissions() throws {
        let folder = try TemporaryFolder()
        let (file, link) = (folder.path("secret"), folder.path("link"))
        #expect(FileManager.default.createFile(atPath: file, contents: Data("a".utf8)))
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        for (mode, isReadable) in [(0o600, false), (0o640, false), (0o644, true), (0o604, true)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
            #expect(FileReader.disk.isReadableByAll(file) == isReadable)
            #expect(FileReader.disk.isReadableByAll(link) == isReadable)
        }
        #expect(!FileReader.disk.isReadableByAll(folder.path("none")))
    }

    @Test("Credentials that only the service manager gives are a warning in a trial, and an error in earnest")
    func credentials() {
        let text = """
            sources: {hub: {provider: github, secrets: [env:NONE, credential:c]}}
            listeners: {a: {command: [x], environment: {T: "credential:t"}}}
            """
        let missing = "credential:c: $CREDENTIALS_DIRECTORY is not set"
        let trial = resolve(text, [:], isTrial: true)
        #expect(trial.errors.isEmpty && trial.problems.count == 3)
        #expect(trial.problems.contains { $0.message.hasSuffix(missing) })
        #expect(resolve(text, [:]).errors.count == 3)
        // Where the folder is given, a credential that is missing is one.
        #expect(resolve(text, ["CREDENTIALS_DIRECTORY": "/c"], isTrial: true).errors.count == 3)
    }
}
