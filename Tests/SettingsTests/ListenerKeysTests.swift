import Testing

@testable import Settings

@Suite("Keys of listeners")
struct ListenerKeysTests {
    @Test("Every key of a command is read")
    func command() throws {
        let listener = try #require(
            try Subject.listener(
                "command: [/bin/deploy, '', \"a\\nb\"], enabled: false, on: [pull_request.closed, push], "
                    + "repositories: acme/*, percent: 10, payload: true, timeout: 2m, retry: {max: 1h}, "
                    + "workingDirectory: /srv/a b, environment: {LOG_LEVEL: info, _t: 'env:T', E: ''}, "
                    + "where: {actor.isBot: false}",
                name: "deploy"
            )
        )
        var command = CommandConfiguration(words: ["/bin/deploy", "", "a\nb"])
        command.workingDirectory = "/srv/a b"
        command.environment = [
            NamedValue("LOG_LEVEL", .text("info")), NamedValue("_t", .reference(.environment("T"))),
            NamedValue("E", .text("")),
        ]
        var expected = ListenerConfiguration(name: "deploy", target: .command(command))
        expected.enabled = false
        expected.filter = EventFilter(
            on: [.action(kind: "pull_request", action: "closed"), .kind("push")],
            repositories: [RepositoryPattern("acme/*")],
            conditions: [FieldCondition(FieldPath("actor.isBot"), anyOf: [.text("false")])],
            percent: 10
        )
        expected.payload = true
        expected.policy.timeout = .seconds(120)
        expected.policy.retry.max = .seconds(3600)
        #expect(listener == expected)
    }

    @Test("Every key of an endpoint is read")
    func endpoint() throws {
        let listener = try #require(
            try Subject.listener(
                "url: 'https://chat.example/hooks', signingSecrets: [env:A, file:/b], "
                    + "allowAddresses: [10.1.0.0/16], caFile: ca.pem, rateLimit: 100/m, "
                    + "headers: {Authorization: 'file:/t', x-team: a b}",
                name: "chat"
            )
        )
        var endpoint = EndpointConfiguration(url: "https://chat.example/hooks")
        endpoint.signingSecrets = [.environment("A"), .file("/b")]
        endpoint.headers = [
            NamedValue("Authorization", .reference(.file("/t"))), NamedValue("x-team", .text("a b")),
        ]
        endpoint.caFile = "ca.pem"
        endpoint.rateLimit = RateLimitSetting(attempts: 100, per: .minute)
        endpoint.allowAddresses = [try ValueParser<AddressRange>.addressRange.parse("10.1.0.0/16")]
        #expect(listener == ListenerConfiguration(name: "chat", target: .endpoint(endpoint)))
    }

    @Test("signingSecret is a list of one")
    func signingSecret() throws {
        let listener = try Subject.listener("url: 'https://a/', signingSecret: env:A", name: "chat")
        var endpoint = EndpointConfiguration(url: "https://a/")
        endpoint.signingSecrets = [.environment("A")]
        #expect(listener?.target == .endpoint(endpoint))
    }

    @Test("A Swift listener takes the kinds of its type unless on narrows them")
    func swift() throws {
        #expect(try Subject.listener("", name: "check-failures")?.filter.on == [.kind("check_run")])
        #expect(try Subject.listener("on: '*'", name: "check-failures")?.filter.on == [.kind("check_run")])
        let narrowed = try Subject.listener("on: check_run.completed", name: "check-failures")
        #expect(narrowed?.filter.on == [.action(kind: "check_run", action: "completed")])
        #expect(narrowed?.target == .swift)
    }

    @Test("A listener takes over the defaults and changes what it says itself")
    func policy() throws {
        let text = """
            dispatcher: {defaults: {timeout: 1s, retry: {maxAttempts: 3, factor: 2}}}
            listeners: {event-log: {timeout: 5s, retry: {factor: 4}}, check-failures: }

            """
        let listeners = try Subject.configuration(text + Subject.source).listeners
        #expect(listeners.map(\.policy.timeout) == [.seconds(5), .seconds(1)])
        #expect(listeners.map(\.policy.retry.maxAttempts) == [3, 3])
        #expect(listeners.map(\.policy.retry.factor) == [4, 2])
    }

    static let bad: [(String, String, String)] = [
        (
            "event-lgo", "",
            "1:13: listeners.event-lgo: no Swift listener of this name is registered, and there is no "
                + "command or url; did you mean \"event-log\"?"
        ),
        (
            "deploy", "",
            "1:13: listeners.deploy: no Swift listener of this name is registered, and there is no command "
                + "or url; registered are: check-failures, event-log"
        ),
        (
            "event-log", "command: [x]",
            "1:13: listeners.event-log: event-log is a registered Swift listener; a command "
                + "or url needs another name"
        ),
        (
            "event-log", "url: 'http://a/'",
            "1:13: listeners.event-log: event-log is a registered Swift listener; a "
                + "command or url needs another name"
        ),
        ("a", "command: [x], url: 'http://a/'", "1:31: listeners.a: command and url exclude each other"),
        ("a", "command: []", "1:17: listeners.a: command has no words"),
        ("a", "command: ['']", "1:17: listeners.a: command begins with an empty word"),
        (
            "a", "command: deploy --now",
            "1:17: listeners.a: command is not run by a shell: write a list of words; did "
                + "you mean \"[deploy, --now]\"?"
        ),
        ("a", "command: [\"\\0\"]", "1:27: listeners.a.command[0]: holds a zero byte"),
        (
            "a", "command: [x], signingSecrets: [env:A]",
            "1:31: listeners.a: signingSecrets has a meaning only with "
                + "url"
        ),
        (
            "a", "command: [x], allowAddresses: [10.0.0.0/8]",
            "1:31: listeners.a: allowAddresses has a meaning only "
                + "with url"
        ),
        (
            "event-log", "signingSecret: env:A",
            "1:25: listeners.event-log: signingSecret has a meaning only with url"
        ),
        (
            "event-log", "payload: true",
            "1:25: listeners.event-log: payload has a meaning only with command or url"
        ),
        ("a", "url: ftp://x", "1:22: listeners.a.url: not a URL that begins with http:// or https://"),
        (
            "a", "url: 'http://a/', signingSecret: env:A, signingSecrets: [env:A]",
            "1:35: listeners.a: signingSecret "
                + "and signingSecrets exclude each other"
        ),
        (
            "a", "url: 'http://a/', workingDirectory: b",
            "1:35: listeners.a: workingDirectory has a meaning "
                + "only with command"
        ),
        (
            "event-log", "environment: {A: b}",
            "1:25: listeners.event-log: environment has a meaning only with "
                + "command"
        ),
        ("a", "command: [x], headers: {a: b}", "1:31: listeners.a: headers has a meaning only with url"),
        ("a", "command: [x], caFile: b", "1:31: listeners.a: caFile has a meaning only with url"),
        ("a", "command: [x], rateLimit: 1/s", "1:31: listeners.a: rateLimit has a meaning only with url"),
        ("a", "url: 'http://a/', caFile: b", "1:35: listeners.a: caFile has a meaning only with https"),
        (
            "a", "url: 'http://a/', allowAddresses: [10.0.0.0/33]",
            "1:52: listeners.a.allowAddresses[0]: \"33\" is not "
                + "between 0 and 32"
        ),
        (
            "event-log", "on: [push, pul_request.opened]",
            "1:36: listeners.event-log.on[1]: unknown kind "
                + "\"pul_request\"; did you mean \"pull_request.opened\"?"
        ),
        (
            "event-log", "on: tag",
            "1:29: listeners.event-log.on[0]: unknown kind \"tag\"; the kinds are check_run, "
                + "check_suite, comment, pull_request, pull_request_review, push or unknown"
        ),
        ("event-log", "on: push.", "1:29: listeners.event-log.on[0]: no action behind the dot"),
        (
            "event-log", "on: []",
            "1:25: listeners.event-log: on is an empty list and takes nothing; leave it out"
        ),
        (
            "check-failures", "on: [check_run, push]",
            "1:46: listeners.check-failures.on[1]: this listener takes "
                + "check_run, never push"
        ),
        (
            "event-log", "repositories: []",
            "1:25: listeners.event-log: repositories is an empty list and takes "
                + "nothing; leave it out"
        ),
        ("event-log", "repositories: ['']", "1:40: listeners.event-log.repositories[0]: is empty"),
        ("event-log", "percent: 101", "1:34: listeners.event-log.percent: \"101\" is not between 0 and 100"),
        ("event-log", "percent: 10%", "1:34: listeners.event-log.percent: \"10%\" is not a whole number"),
        (
            "event-log", "enabled: maybe",
            "1:34: listeners.event-log.enabled: \"maybe\" is neither true nor false"
        ),
        (
            "event-log", "timeuot: 5s",
            "1:25: listeners.event-log: unknown key \"timeuot\"; did you mean \"timeout\"?"
        ),
    ]

    @Test("A wrong key or value is reported with its place", arguments: bad)
    func wrong(name: String, lines: String, problem: String) {
        let text = "listeners: {\(name): {\(lines)}}\n"
        #expect(Subject.problems(withSource: text) == ["f.yml:" + problem])
    }

    @Test(
        "What is probably a mistake is a warning",
        arguments: [
            (
                "on: pull_request.close",
                "1:29: warning: listeners.event-log.on[0]: no forge gives \"pull_request.close\"; "
                    + "did you mean \"pull_request.closed\"?"
            ),
            (
                "on: [push, pull_request.merged]",
                "1:36: warning: listeners.event-log.on[1]: no forge gives \"pull_request.merged\": say "
                    + "pull_request.closed with where: { pullRequest.merged: true }"
            ),
            (
                "on: pull_request.approved",
                "1:29: warning: listeners.event-log.on[0]: no forge gives \"pull_request.approved\"; the "
                    + "actions are closed, opened or synchronize"
            ),
            (
                "repositories: [a/b, app]",
                "1:45: warning: listeners.event-log.repositories[1]: \"app\" takes nothing: "
                    + "a full name has a slash; did you mean \"*/app\"?"
            ),
        ]
    )
    func doubtful(lines: String, problem: String) {
        let report = Subject.report("listeners: {event-log: {\(lines)}}\n" + Subject.source)
        #expect(report.problems.map(\.description) == ["f.yml:" + problem])
        #expect(report.errors.isEmpty)
    }

    @Test("Of what has no neutral event, every action passes without a warning")
    func ownAction() {
        #expect(Subject.problems(withSource: "listeners: {event-log: {on: unknown.a.b}}\n").isEmpty)
    }

    @Test("Sources and listeners may share a name, and the order of the file is kept")
    func order() throws {
        let text = "listeners: {z: {command: [x]}, a: {command: [x]}, hub: {command: [x]}}\n"
        #expect(try Subject.configuration(text + Subject.source).listeners.map(\.name) == ["z", "a", "hub"])
    }
}
