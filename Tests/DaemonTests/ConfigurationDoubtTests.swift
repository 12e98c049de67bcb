import Foundation
import Settings
import TestKit
import Testing

@testable import Daemon

@Suite("What is no error, but hardly meant")
struct ConfigurationDoubtTests {
    private func problems(
        _ listener: String,
        _ environment: [String: String] = ["PATH": "/nowhere:/bin"]
    ) throws -> [String] {
        let file = try ConfigurationFile(
            "sources:\n\(ConfigurationFile.source)\nlisteners:\n  deploy: {\(listener)}\n"
        )
        let all = ConfigurationFile.environment.merging(environment) { $1 }
        let check = try file.check(environment: all)
        #expect(check.plan != nil)
        return check.problems.map { $0.description.replacing(file.path, with: "f.yml") }
    }

    @Test(
        "A program or folder that is not there is a warning at its place",
        arguments: [
            (
                "command: [/no/such]",
                "22: warning: listeners.deploy.command: the program \"/no/such\" is not there"
            ),
            (
                "command: [no-such, x]",
                "22: warning: listeners.deploy.command: the program \"no-such\" is not in PATH"
            ),
            ("command: /etc", "21: warning: listeners.deploy.command: the program \"/etc\" is not there"),
            (
                "command: /etc/passwd",
                "21: warning: listeners.deploy.command: the program \"/etc/passwd\" is not "
                    + "executable: chmod +x /etc/passwd"
            ),
            (
                "command: sh, environment: {PATH: /no}",
                "21: warning: listeners.deploy.command: the program \"sh\" is not in PATH"
            ),
            (
                "command: sh, workingDirectory: /no",
                "3: warning: listeners.deploy.workingDirectory: there is no folder"
            ),
        ]
    )
    func missing(listener: String, problem: String) throws {
        let problems = try problems(listener)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("f.yml:4:" + problem) == true)
    }

    @Test(
        "What is there is none, nor what does not run",
        arguments: [
            "command: sh", "command: [/bin/sh, -c, x]", "command: sh, workingDirectory: /tmp",
            "command: sh, environment: {PATH: '/no:/bin'}", "command: /no/such, enabled: false",
        ]
    )
    func present(listener: String) throws {
        #expect(try problems(listener) == [])
        #expect(try problems(listener, ["PATH": ""]) == [])
    }

    @Test(
        "A short secret is a warning, by what has to be guessed of it, and never shown",
        arguments: [
            ("github", "0123456789abcde", true), ("github", "0123456789abcdef", false),
            ("github", " 0123456789abcde\n", true), ("azure-devops", "a-long-user-name:hunter2", true),
            ("azure-devops", ":0123456789abcdef", false),
            ("standard-webhooks", "whsec_MfKQ9r8GKYqrTw==", true),
            ("standard-webhooks", "whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=", false),
            ("gitlab", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", false),
        ]
    )
    func short(provider: String, secret: String, isShort: Bool) throws {
        let file = try ConfigurationFile("sources:\n  a: {provider: \(provider), secrets: env:A}\n")
        let check = try file.check(environment: ["A": secret])
        #expect(check.plan != nil)
        let texts = check.problems.map(\.description)
        #expect(texts.count == (isShort ? 1 : 0))
        #expect(texts.allSatisfy { $0.contains("env:A: is shorter than 16 bytes") })
        #expect(!texts.joined().contains(secret))
    }

    @Test("Without systemd's folder a credential is a warning in a trial alone")
    func credentials() throws {
        let file = try ConfigurationFile("sources:\n  a: {provider: github, secrets: credential:a}\n")
        let trial = try ServicePlan.check(path: file.path, environment: [:], isTrial: true, registry: .stub())
        #expect(trial.plan != nil && trial.problems.map(\.severity) == [.warning])
        #expect(try file.check(environment: [:]).plan == nil)
        #expect(throws: ConfigurationError.self) { try file.load(environment: [:]) }
    }
}
