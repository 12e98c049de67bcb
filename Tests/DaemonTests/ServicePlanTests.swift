import Dispatcher
import Events
import ListenerKit
import Providers
import Settings
import Signatures
import TestKit
import Testing

@testable import Daemon

@Suite("What a configuration comes to")
struct ServicePlanTests {
    @Test("A source has its provider, its secrets in order and its policy")
    func sources() throws {
        let file = try ConfigurationFile(
            """
            sources:
              hub:
                provider: github
                secrets: ["env:NEW_SECRET", "env:OLD_SECRET"]
                tolerance: 1m
              open: {provider: github, allowUnsigned: true}
            """
        )
        let (plan, warnings) = try file.load(environment: ["NEW_SECRET": "new", "OLD_SECRET": "old"])
        #expect(plan.sources.map(\.name) == ["hub", "open"])
        #expect(plan.sources.map(\.provider.name) == ["github", "github"])
        #expect(plan.sources[0].secrets.map(\.reference) == ["env:NEW_SECRET", "env:OLD_SECRET"])
        #expect(plan.sources[0].secrets.map(\.bytes) == [Array("new".utf8), Array("old".utf8)])
        #expect(plan.sources[0].policy == VerificationPolicy(tolerance: .seconds(60)))
        #expect(plan.sources[1].secrets.isEmpty)
        #expect(plan.sources[1].policy == VerificationPolicy(allowsUnsigned: true))
        #expect(warnings.map(\.severity) == [.warning])
        #expect(warnings.first?.description.hasPrefix("\(file.path):6:") == true)
    }

    @Test("A listener's policy is its own, over the file's defaults, over those of the format")
    func policies() throws {
        let file = try ConfigurationFile(
            """
            dispatcher: {defaults: {timeout: 7s, concurrency: 9, retry: {initial: 2s, factor: 4}}}
            sources:
            \(ConfigurationFile.source)
            listeners:
              pushes: {concurrency: 2, retry: {maxAttempts: 3, factor: 1.5}}
              everything:
            """
        )
        let plan = try file.load().plan
        let registrations = plan.registrations
        let policies = Dictionary(uniqueKeysWithValues: registrations.map { ($0.listener.name, $0.policy) })
        #expect(
            policies == [
                "pushes": ListenerPolicy(
                    timeout: .seconds(7),
                    concurrency: 2,
                    retry: .init(maxAttempts: 3, initial: .seconds(2), factor: 1.5, max: .seconds(36_000))
                ),
                "everything": ListenerPolicy(
                    timeout: .seconds(7),
                    concurrency: 9,
                    retry: .init(maxAttempts: 18, initial: .seconds(2), factor: 4, max: .seconds(36_000))
                ),
            ]
        )
        #expect(plan.listenerKinds == ["pushes": [.push], "everything": EventKind.allCases])
    }

    @Test("A listener's filters narrow its subscription")
    func filters() throws {
        let file = try ConfigurationFile(
            """
            sources:
            \(ConfigurationFile.source)
            listeners:
              everything: {on: [push, pull_request.opened], repositories: ["acme/*"]}
            """
        )
        let subscription = try #require(try file.load().plan.subscriptions.first)
        #expect(subscription.listener == "everything")
        #expect(subscription.takes(EventFactory.populated(.push)))
        #expect(!subscription.takes(EventFactory.bare(.push)))  // without a repository
        #expect(!subscription.takes(EventFactory.populated(.pullRequest)))  // edited
    }

    @Test("A listener that is disabled or not named gets nothing")
    func disabledListeners() throws {
        let source = "sources:\n\(ConfigurationFile.source)\n"
        let disabled = try ConfigurationFile(
            source + "listeners:\n  pushes:\n  everything: {enabled: false}\n"
        )
        #expect(try disabled.load().plan.registrations.map(\.listener.name) == ["pushes"])
        #expect(try disabled.load().plan.subscriptions.map(\.listener) == ["pushes"])
        let none = try ConfigurationFile(source)
        #expect(try none.load().plan.registrations.isEmpty)
        #expect(try none.load().plan.subscriptions.isEmpty)
    }

    @Test(
        "A command and a url are refused with their place",
        arguments: ["command: [\"/bin/true\"]", "url: https://chat.example/hooks"]
    )
    func unavailableTargets(target: String) throws {
        let file = try ConfigurationFile(
            "sources:\n\(ConfigurationFile.source)\nlisteners:\n  pushes:\n  deploy:\n    \(target)\n"
        )
        let check = try file.check()
        #expect(check.plan == nil)
        #expect(check.configuration.listeners.map(\.name) == ["pushes", "deploy"])
        #expect(
            check.fileProblems.map(\.description) == [
                "\(file.path):5:3: this version runs Swift listeners only, no command or url"
            ]
        )
        let error = try #require(throws: ConfigurationError.self) { try file.load() }
        #expect(error.problems == check.problems)
    }

    @Test("A source without a usable secret is refused with its place", arguments: [nil, "", " \n"])
    func missingSecret(value: String?) throws {
        let file = try ConfigurationFile("sources:\n\(ConfigurationFile.source)\n")
        var environment: [String: String] = [:]
        environment["HUB_SECRET"] = value
        let check = try file.check(environment: environment)
        #expect(check.plan == nil)
        #expect(check.fileProblems.isEmpty)
        #expect(check.secretProblems.map(\.severity) == [.error])
        let text = try #require(check.problems.first?.description)
        #expect(text.hasPrefix("\(file.path):2:37: sources.hub.secrets: env:HUB_SECRET: "))
        #expect(throws: ConfigurationError.self) { try file.load(environment: environment) }
    }

    @Test("One usable secret is enough, and the other is a warning")
    func rotation() throws {
        let file = try ConfigurationFile(
            "sources:\n  hub: {provider: github, secrets: [\"env:HUB_SECRET\", \"env:NEXT_SECRET\"]}\n"
        )
        let (plan, warnings) = try file.load()
        #expect(plan.sources[0].secrets.map(\.reference) == ["env:HUB_SECRET"])
        #expect(warnings.map(\.severity) == [.warning])
    }

    private func checkStub(_ secrets: [String: String]) throws -> ServicePlan.Check {
        let references = secrets.keys.sorted().map { "\"env:\($0)\"" }.joined(separator: ", ")
        let file = try ConfigurationFile("sources:\n  made: {provider: stub, secrets: [\(references)]}\n")
        return try ServicePlan.check(
            path: file.path,
            environment: secrets,
            registry: .stub(),
            catalog: ProviderCatalog([StubProvider()])
        )
    }

    @Test("A provider that is in the catalog is served, and no other")
    func catalog() throws {
        let source = try #require(try checkStub(["A": "stub-1"]).plan?.sources.first)
        let request = WebhookRequest(
            headers: ["Content-Type": "application/json"],
            body: Array(#"{"did":"nothing"}"#.utf8),
            receivedAt: EventFactory.receivedAt
        )
        guard case .authentic(let delivery) = source.admit(request) else {
            Issue.record("the stub takes everything")
            return
        }
        #expect(delivery.provider == "stub" && delivery.verifiedBy == "stub env:A")
        #expect(delivery.events.map(\.actionName) == ["nothing"])
        #expect(try ConfigurationFile("sources:\n  made: {provider: stub}\n").check().plan == nil)
    }

    @Test("A secret of which its provider can make no use counts as none")
    func uselessSecret() throws {
        let useless = try checkStub(["A": "other"])
        #expect(useless.plan == nil)
        #expect(useless.secretProblems.map(\.severity) == [.error])
        let text = try #require(useless.problems.first?.description)
        #expect(text.hasSuffix("sources.made.secrets: env:A: does not begin with stub-"))
        #expect(!text.contains("other"))
        let rotated = try checkStub(["A": "other", "B": "stub-2"])
        #expect(rotated.secretProblems.map(\.severity) == [.warning])
        #expect(rotated.plan?.sources.first?.secrets.map(\.reference) == ["env:B"])
    }

    @Test("Problems of the file and of the secrets are all told, and nothing is served")
    func allProblems() throws {
        let file = try ConfigurationFile(
            """
            sources:
              hub: {provider: github, secrets: ["env:NOWHERE"]}
              lab: {provider: nobody, secrets: ["env:HUB_SECRET"]}
            listeners:
              pushes: {on: [comment]}
              nobody:
            """
        )
        let check = try file.check()
        #expect(check.plan == nil)
        #expect(check.fileProblems.compactMap(\.location?.line) == [3, 5, 6])
        #expect(check.secretProblems.compactMap(\.location?.line) == [2])
        let error = try #require(throws: ConfigurationError.self) { try file.load() }
        #expect(error.problems.count == 4)
    }

    @Test("A file that is not there cannot be checked")
    func noFile() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("nowhere.yml")
        let error = try #require(throws: ConfigurationError.self) {
            try ServicePlan.check(path: path, environment: [:], registry: .stub())
        }
        #expect(error.description == "\(path): there is no such file")
    }
}
