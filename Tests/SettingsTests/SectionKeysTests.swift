import Testing

@testable import Settings

@Suite("Keys of ingest, admin, outbox and dispatcher")
struct SectionKeysTests {
    @Test("Every key of ingest and admin is read")
    func ingest() throws {
        let text = """
            ingest:
              listen: ["0.0.0.0:80", "[::]:80", "unix:/run/f.sock"]
              maxBodyBytes: 1MiB
              limits: { headerBytes: 8KiB, headerTimeout: 1s, bodyTimeout: 2s, idleTimeout: 3s,
                        connections: 4, connectionsPerAddress: 5, inFlightBytes: 6MiB }
            admin: { listen: "unix:/run/admin.sock" }

            """
        let configuration = try Subject.configuration(text + Subject.source)
        var ingest = IngestConfiguration()
        ingest.listen = [
            .tcp(host: "0.0.0.0", port: 80), .tcp(host: "::", port: 80), .unix(path: "/run/f.sock"),
        ]
        ingest.maxBodyBytes = 1_048_576
        ingest.limits.headerBytes = 8192
        ingest.limits.headerTimeout = .seconds(1)
        ingest.limits.bodyTimeout = .seconds(2)
        ingest.limits.idleTimeout = .seconds(3)
        ingest.limits.connections = 4
        ingest.limits.connectionsPerAddress = 5
        ingest.limits.inFlightBytes = 6_291_456
        #expect(configuration.ingest == ingest)
        #expect(configuration.admin.listen == .unix(path: "/run/admin.sock"))
    }

    @Test("Every key of outbox and dispatcher is read")
    func dispatcher() throws {
        let text = """
            outbox: { path: /var/lib/f.db, lockWait: 2m, retention: { delivered: 1d, dead: 0s } }
            dispatcher:
              threads: 2
              extraThreads: 0
              drain: 0s
              defaults: { timeout: 1s, concurrency: 2, ordering: none, hold: 3s,
                          retry: { maxAttempts: 4, initial: 5ms, factor: 1.5, max: 6s },
                          breaker: { failures: 7, for: 8s, probe: 9s } }

            """
        let configuration = try Subject.configuration(text + Subject.source)
        var outbox = OutboxConfiguration()
        outbox.path = "/var/lib/f.db"
        outbox.lockWait = .seconds(120)
        outbox.retention.delivered = .seconds(86_400)
        outbox.retention.dead = .zero
        #expect(configuration.outbox == outbox)
        var dispatcher = DispatcherConfiguration()
        dispatcher.threads = 2
        dispatcher.extraThreads = 0
        dispatcher.drain = .zero
        dispatcher.defaults.timeout = .seconds(1)
        dispatcher.defaults.concurrency = 2
        dispatcher.defaults.ordering = .none
        dispatcher.defaults.hold = .seconds(3)
        dispatcher.defaults.retry.maxAttempts = 4
        dispatcher.defaults.retry.initial = .milliseconds(5)
        dispatcher.defaults.retry.factor = 1.5
        dispatcher.defaults.retry.max = .seconds(6)
        dispatcher.defaults.breaker.failures = 7
        dispatcher.defaults.breaker.period = .seconds(8)
        dispatcher.defaults.breaker.probe = .seconds(9)
        #expect(configuration.dispatcher == dispatcher)
    }

    @Test("A single address is a list of one, and a number of bytes needs no unit")
    func leniency() throws {
        let configuration = try Subject.configuration(
            "ingest: {listen: 'localhost:0', maxBodyBytes: 2048}\nadmin: {listen: 'localhost:0'}\n"
                + Subject.source
        )
        #expect(configuration.ingest.listen == [.tcp(host: "localhost", port: 0)])
        #expect(configuration.ingest.maxBodyBytes == 2048)
    }

    static let bad: [(String, String)] = [
        ("ingest: {lisen: x}", "1:10: ingest: unknown key \"lisen\"; did you mean \"listen\"?"),
        (
            "ingest: {foo: x}",
            """
            1:10: ingest: unknown key "foo"; the keys here are forwardedHeader, limits, listen, maxBodyBytes \
            or trustedProxies
            """
        ),
        ("igest: {}", "1:1: unknown key \"igest\"; did you mean \"ingest\"?"),
        ("ingest: {limits: 5}", "1:18: ingest.limits: is not a mapping of keys to values"),
        ("ingest: {listen: []}", "1:10: ingest: listen has no address"),
        ("ingest: {listen: [[a]]}", "1:19: ingest.listen[0] is a list, where a single value is expected"),
        ("ingest: {listen: {a: b}}", "1:18: ingest.listen[0] is a mapping, where a single value is expected"),
        ("ingest: {listen: ['a:1', 'a:1']}", "1:10: ingest: listen has an address twice"),
        (
            "ingest: {maxBodyBytes: 25m}",
            "1:24: ingest.maxBodyBytes: \"25m\" has an unknown unit; the units are "
                + "B, KiB, MiB or GiB; did you mean \"25MiB\"?"
        ),
        (
            "ingest: {maxBodyBytes: 25}",
            "1:24: ingest.maxBodyBytes: \"25\" is not between 1KiB and 1GiB "
                + "(units: B, KiB, MiB or GiB)"
        ),
        (
            "ingest: {maxBodyBytes: [1KiB]}",
            "1:24: ingest.maxBodyBytes is a list, where a single value is expected"
        ),
        (
            "ingest: {limits: {headerBytes: 2MiB}}",
            "1:32: ingest.limits.headerBytes: \"2MiB\" is not between 1KiB "
                + "and 1MiB (units: B, KiB, MiB or GiB)"
        ),
        (
            "ingest: {limits: {headerTimeout: 5}}",
            "1:34: ingest.limits.headerTimeout: \"5\" has no unit: ms, s, m, "
                + "h or d, such as 10s"
        ),
        (
            "ingest: {limits: {bodyTimeout: 0s}}",
            "1:32: ingest.limits.bodyTimeout: \"0s\" is not between 1ms and 1h"
        ),
        (
            "ingest: {limits: {idleTimeout: soon}}",
            "1:32: ingest.limits.idleTimeout: \"soon\" is not a duration: a "
                + "whole number and ms, s, m, h or d, such as 10s"
        ),
        (
            "ingest: {limits: {connections: 0}}",
            "1:32: ingest.limits.connections: \"0\" is not between 1 and 1000000"
        ),
        (
            "ingest: {limits: {connectionsPerAddress: 1e3}}",
            "1:42: ingest.limits.connectionsPerAddress: \"1e3\" is "
                + "not a whole number"
        ),
        (
            "ingest: {limits: {inFlightBytes: 99999999999GiB}}",
            "1:34: ingest.limits.inFlightBytes: "
                + "\"99999999999GiB\" is too large"
        ),
        ("admin: {listen: ['a:1']}", "1:17: admin.listen is a list, where a single value is expected"),
        ("admin: {listen: '127.0.0.1:8787'}", "1:1: ingest and admin listen on the same address"),
        ("outbox: {path: ''}", "1:16: outbox.path: is empty"),
        ("outbox: {path: \"a\\nb\"}", "1:16: outbox.path: holds a control character"),
        (
            "outbox: {retention: {delivered: 40000d}}",
            "1:33: outbox.retention.delivered: \"40000d\" is not between "
                + "0ms and 36500d"
        ),
        (
            "outbox: {retention: {dead: 5w}}",
            "1:28: outbox.retention.dead: \"5w\" has an unknown unit; the units are "
                + "ms, s, m, h or d"
        ),
        ("dispatcher: {threads: 257}", "1:23: dispatcher.threads: \"257\" is not between 1 and 256"),
        (
            "dispatcher: {extraThreads: 1025}",
            "1:28: dispatcher.extraThreads: \"1025\" is not between 0 and 1024"
        ),
        (
            "dispatcher: {drain: -1s}",
            "1:21: dispatcher.drain: \"-1s\" is not a duration: a whole number and ms, s, "
                + "m, h or d, such as 10s"
        ),
        (
            "dispatcher: {default: {}}",
            "1:14: dispatcher: unknown key \"default\"; did you mean \"defaults\"?"
        ),
    ]

    static let badDefaults: [(String, String)] = [
        ("timeout: 2d", ".timeout: \"2d\" is not between 1ms and 1d"),
        ("concurrency: 0", ".concurrency: \"0\" is not between 1 and 1024"),
        (
            "ordering: subjects",
            ".ordering: \"subjects\" is not subject, repository or none; did you mean \"subject\"?"
        ),
        ("ordering: fifo", ".ordering: \"fifo\" is not subject, repository or none"),
        ("hold: 31d", ".hold: \"31d\" is not between 0ms and 30d"),
        ("retry: {maxAttempts: 0}", ".retry.maxAttempts: \"0\" is not between 1 and 1000"),
        ("retry: {initial: 0s}", ".retry.initial: \"0s\" is not between 1ms and 30d"),
        ("retry: {factor: 0.5}", ".retry.factor: \"0.5\" is not between 1 and 100"),
        ("retry: {factor: inf}", ".retry.factor: \"inf\" is not a number"),
        ("retry: {factor: 1.2.3}", ".retry.factor: \"1.2.3\" is not a number"),
        ("retry: {max: 1}", ".retry.max: \"1\" has no unit: ms, s, m, h or d, such as 10s"),
        ("retry: {initial: 20h}", ".retry: initial (20h) is more than max (10h)"),
        ("retry: {max: 1s}", ".retry: initial (5s) is more than max (1s)"),
        ("retry: {maxAttempt: 1}", ".retry: unknown key \"maxAttempt\"; did you mean \"maxAttempts\"?"),
        ("breaker: {failures: 0}", ".breaker.failures: \"0\" is not between 1 and 1000000"),
        ("breaker: {for: 1}", ".breaker.for: \"1\" has no unit: ms, s, m, h or d, such as 10s"),
        ("breaker: {probe: 0s}", ".breaker.probe: \"0s\" is not between 1ms and 1d"),
    ]

    @Test("A wrong value is reported with its place and its range", arguments: bad)
    func wrong(text: String, problem: String) {
        #expect(Subject.problems(withSource: text + "\n") == ["f.yml:" + problem])
    }

    @Test("A wrong policy is reported alike among the defaults and under a listener", arguments: badDefaults)
    func wrongPolicy(text: String, problem: String) {
        let defaults = Subject.report("dispatcher: {defaults: {\(text)}}\n" + Subject.source)
        let listener = Subject.report("listeners: {event-log: {\(text)}}\n" + Subject.source)
        #expect(defaults.errors.map(\.text).contains("dispatcher.defaults" + problem))
        #expect(listener.errors.map(\.text) == ["listeners.event-log" + problem])
    }

    @Test("A body limit above the memory limit is a warning")
    func inFlight() {
        #expect(
            Subject.problems(withSource: "ingest: {maxBodyBytes: 2KiB, limits: {inFlightBytes: 1KiB}}\n") == [
                "f.yml:1:10: warning: ingest: maxBodyBytes is more than limits.inFlightBytes: the largest "
                    + "bodies are always refused"
            ]
        )
    }
}

extension ConfigurationProblem {
    /// The message and suggestion without the place.
    var text: String {
        ConfigurationProblem(severity: severity, location: nil, message: message, suggestion: suggestion)
            .description
    }
}
