import Dispatcher
import Events
import ListenerKit
import Outbox
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
        let (new, old) = ("a new secret of more", "an old secret of more")
        let (plan, warnings) = try file.load(environment: ["NEW_SECRET": new, "OLD_SECRET": old])
        #expect(plan.sources.map(\.name) == ["hub", "open"])
        #expect(plan.sources.map(\.provider.name) == ["github", "github"])
        #expect(plan.sources[0].secrets.map(\.reference) == ["env:NEW_SECRET", "env:OLD_SECRET"])
        #expect(plan.sources[0].secrets.map(\.bytes) == [new, old].map { Array($0.utf8) })
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
        let policies = Dictionary(
            uniqueKeysWithValues: plan.registrations().map { ($0.name, $0.policy) }
        )
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
        let kinds = Dictionary(uniqueKeysWithValues: plan.listenerRecords.map { ($0.name, $0.kinds) })
        #expect(kinds == ["pushes": [.push], "everything": EventKind.allCases])
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
        #expect(try disabled.load().plan.listeners.map(\.settings.name) == ["pushes"])
        #expect(try disabled.load().plan.subscriptions.map(\.listener) == ["pushes"])
        let none = try ConfigurationFile(source)
        #expect(try none.load().plan.listeners.isEmpty)
        #expect(try none.load().plan.subscriptions.isEmpty)
    }

    @Test("A command and an endpoint are run with what the file and its references say")
    func targets() throws {
        let file = try ConfigurationFile(
            """
            sources:
            \(ConfigurationFile.source)
            listeners:
              deploy:
                command: ["/bin/true", "now"]
                on: [push, pull_request.closed]
                ordering: repository
                hold: 5s
                breaker: {failures: 7, for: 2m, probe: 3s}
              chat: {url: "https://chat.example/hooks", signingSecret: "env:HUB_SECRET", rateLimit: 5/m}
            """
        )
        let plan = try file.load().plan
        #expect(plan.listenerRecords.map(\.name) == ["deploy", "chat"])
        #expect(plan.listenerRecords.map(\.target) == [.command, .endpoint])
        #expect(plan.listenerRecords.map(\.ordering) == [.repository, .subject])
        let kinds = plan.listenerRecords.map { Set($0.kinds) }
        #expect(kinds == [[.push, .pullRequest], Set(EventKind.allCases)])
        let policies = plan.registrations().map(\.policy)
        #expect(policies.map(\.ordering) == [.repository, .subject])
        #expect(policies.map(\.hold) == [.seconds(5), .seconds(60)])
        #expect(policies[0].breaker.failures == 7 && policies[0].breaker.period == .seconds(120))
        #expect(policies[0].breaker.probe == .seconds(3))
        #expect(policies.map(\.rate) == [nil, RateLimit(attempts: 5, period: .seconds(60))])
    }

    @Test("A target is made anew when it or a secret of it is another, and not otherwise")
    func revisions() throws {
        let revision = { (url: String, secret: String) in
            let file = try ConfigurationFile(
                """
                sources:
                \(ConfigurationFile.source)
                listeners:
                  chat: {url: "\(url)", signingSecret: "env:CHAT_SECRET"}
                """
            )
            var environment = ConfigurationFile.environment
            environment["CHAT_SECRET"] = secret
            let registration = try file.load(environment: environment).plan.registrations().first
            return registration.flatMap { registration -> String? in
                guard case .outside(let revision, _) = registration.runner else { return nil }
                return revision
            }
        }
        let first = try #require(try revision("https://chat.example/a", "one"))
        #expect(try revision("https://chat.example/a", "one") == first)
        #expect(try revision("https://chat.example/b", "one") != first)
        #expect(try revision("https://chat.example/a", "two") != first)
    }

    @Test("An endpoint whose only signing secret is of no use stops the start", arguments: ["", "whsec_%"])
    func signingSecret(value: String) throws {
        let file = try ConfigurationFile(
            """
            sources:
            \(ConfigurationFile.source)
            listeners:
              chat: {url: "https://chat.example/a", signingSecret: "env:CHAT_SECRET"}
            """
        )
        var environment = ConfigurationFile.environment
        environment["CHAT_SECRET"] = value
        let check = try file.check(environment: environment)
        #expect(check.plan == nil)
        let text = try #require(check.problems.first?.description)
        #expect(text.hasPrefix("\(file.path):4:"))
        #expect(text.contains("listeners.chat.signingSecrets: env:CHAT_SECRET"))
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
        let rotated = try checkStub(["A": "other", "B": "stub-of-16-bytes-2"])
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

extension ServicePlan {
    /// How a dispatcher runs the listeners, none of which is paused.
    fileprivate func registrations() -> [ListenerRegistration] {
        let clock = ManualClock().machineClock
        let surroundings = PlannedListener.Surroundings(
            webhookIDs: WebhookIDs(outboxID: "0", plainUntil: 0),
            userAgent: "Forgewire/0",
            variables: [:],
            clock: clock,
            room: ChildRoom(clock: clock)
        )
        return listeners.map { $0.registration(in: surroundings, pause: nil, heldUntil: nil) }
    }
}
