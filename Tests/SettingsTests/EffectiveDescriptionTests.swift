import Testing

@testable import Settings

@Suite("The effective configuration")
struct EffectiveDescriptionTests {
    private static let full = """
        ingest:
          listen: ["[::1]:0", "unix:/run/a b.sock"]
          trustedProxies: [unix, "10.0.0.0/8", "fd00::/8"]
          forwardedHeader: forwarded
          maxBodyBytes: 1025
          limits: {idleTimeout: 90s, bodyMinRate: 3KiB}
        admin: {listen: "unix:/a\\"b"}
        outbox: {path: "ü/\\U0001F600 \\\\ db", lockWait: 0s, retention: {delivered: 36h, dead: 1500ms}}
        dispatcher: {defaults: {retry: {factor: 1.25}, ordering: repository}}
        daemon: {coreDumps: true}
        sources:
          on: {provider: gitlab, secrets: ["env:A", "file:/x y", "credential:c"], requireSignature: true}
          123: {provider: gitea, allowUnsigned: true, tolerance: 61s}
        listeners:
          event-log:
          check-failures: {enabled: false, on: check_run.completed, timeout: 1ms}
          no:
            command: ["/bin/x", "", "a: b # c", "line\\nbreak\\ttab \\u200B", "'\\"'"]
            on: [push, "unknown.x y", "*"]
            repositories: ["acme/*", "b/**"]
            sources: ["on", "123"]
            percent: 0
            payload: true
            workingDirectory: "/srv/\\u00e4 \\\"b"
            environment: {A: "env:A", no: "file:/a b"}
            where:
              actor.isBot: no
              actor.username: [octocat, "null", null]
              pullRequest.base.ref: {glob: ["release/*", "\\\"?"]}
              pullRequest.number: {in: [7, "08"]}
              pullRequest.label: null
          chat:
            url: "https://chat.example/?a=b&c"
            signingSecret: "env:S"
            allowAddresses: ["10.0.0.1", "fc00::/7"]
            headers: {Authorization: "env:T", x-y: "credential:y"}
            caFile: "/etc/ca b.pem"
            rateLimit: 1000/h
        """

    private static let golden = """
        ingest:
          listen: ["127.0.0.1:8787"]
          trustedProxies: []
          forwardedHeader: x-forwarded-for
          maxBodyBytes: 25MiB
          limits:
            headerBytes: 32KiB
            headerTimeout: 10s
            bodyTimeout: 30s
            idleTimeout: 75s
            bodyMinRate: 16KiB
            connections: 2048
            connectionsPerAddress: 1024
            inFlightBytes: 256MiB
        admin:
          listen: "127.0.0.1:8788"
        outbox:
          path: ".forgewire/outbox.db"
          lockWait: 30s
          retention:
            delivered: 30d
            dead: 90d
        dispatcher:
          threads: 4
          extraThreads: 64
          drain: 20s
          defaults:
            timeout: 10s
            concurrency: 4
            ordering: subject
            hold: 1m
            retry:
              maxAttempts: 18
              initial: 5s
              factor: 3
              max: 10h
            breaker:
              failures: 100
              for: 1h
              probe: 1m
        daemon:
          coreDumps: false
        sources:
          hub:
            provider: github
            secrets: ["env:HUB"]
            tolerance: 5m
            requireSignature: false
            allowUnsigned: false
        listeners:
          check-failures:
            enabled: true
            on: ["check_run"]
            repositories: ["*"]
            sources: ["*"]
            where: {}
            percent: 100
            timeout: 10s
            concurrency: 4
            ordering: subject
            hold: 1m
            retry:
              maxAttempts: 18
              initial: 5s
              factor: 3
              max: 10h
            breaker:
              failures: 100
              for: 1h
              probe: 1m

        """

    @Test("Reading it again gives the same values", arguments: ["", Subject.source, full])
    func roundTrip(text: String) throws {
        let configuration = try Subject.configuration(text)
        let again = try Subject.configuration(configuration.effectiveDescription)
        #expect(again == configuration)
        #expect(again.effectiveDescription == configuration.effectiveDescription)
    }

    @Test("It shows every default, units, and references to secrets")
    func golden() throws {
        let text = "sources: {hub: {provider: github, secrets: env:HUB}}\nlisteners: {check-failures: }\n"
        #expect(try Subject.configuration(text).effectiveDescription == Self.golden)
    }

    @Test("It shows what commands, endpoints and conditions have, but no value of a header or a variable")
    func listeners() throws {
        let text = """
            listeners:
              deploy:
                command: [x]
                environment: {A: hunter2, B: "env:B"}
                where: {actor.isBot: off, pullRequest.label: {glob: "a*"}, action: [opened, null]}
              chat: {url: "https://a/", headers: {x-key: hunter2, y: "env:Y"}, rateLimit: 5/s}

            """
        let description = try Subject.configuration(text + Subject.source).effectiveDescription
        #expect(!description.contains("hunter2"))
        for lines in [
            """
                where:
                  actor.isBot: ["false"]
                  pullRequest.label: { glob: ["a*"] }
                  action: ["opened", null]
                percent: 100
                command: ["x"]
                workingDirectory: null
                environment:
                  "A": "(set)"
                  "B": "env:B"
                payload: false

            """,
            """
                where: {}
                percent: 100
                url: "https://a/"
                signingSecrets: []
                headers:
                  "x-key": "(set)"
                  "y": "env:Y"
                caFile: null
                allowAddresses: []
                rateLimit: 5/s
                payload: false

            """,
        ] {
            #expect(description.contains(lines), "\(description)")
        }
    }

    @Test("Names that YAML 1.1 would misread are quoted for other tools")
    func quotedNames() throws {
        let description = try Subject.configuration(Self.full).effectiveDescription
        #expect(description.contains("  \"on\":\n"))
        #expect(description.contains("  \"123\":\n"))
        #expect(description.contains("  \"no\":\n"))
        #expect(description.contains("  chat:\n"))
    }
}
