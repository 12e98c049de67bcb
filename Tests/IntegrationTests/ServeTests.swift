import Foundation
import GRDB
import NIOHTTP1
import Providers
import TestKit
import Testing

@Suite("The daemon", .timeLimit(.minutes(10)))
struct ServeTests {
    private func sample(_ name: String) throws -> [UInt8] {
        try #require(GitHub().samples.first { $0.name == name }).body
    }

    private func setup(
        _ configuration: String = DaemonProcess.configuration(listeners: "event-log: {}, check-failures: {}")
    ) async throws -> (TemporaryFolder, DaemonProcess) {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(configuration)
        return (folder, try await DaemonProcess(in: folder))
    }

    @Test("A delivery is on disk before its answer, readable for people, and reaches the listeners")
    func delivery() async throws {
        let (folder, daemon) = try await setup()
        let answer = try await daemon.post(try sample("pull_request.opened"), deliveryID: "one")
        #expect(answer.status == 202)
        #expect(answer.body == #"{"status":"accepted","delivery":1,"events":[1]}"#)
        let event = try #require(try folder.query("SELECT * FROM recent_events").first)
        #expect(event["what"] == "pull_request.opened")
        #expect(event["repository"] == "acme/app")
        #expect(event["subject"] == "pull_request/42")
        #expect((event["received_at"] as String).hasSuffix("Z"))
        let line = try await daemon.output.line(containing: #""kind":"pull_request""#)
        #expect(line.hasPrefix(#"{"id":1,"schema":1,"kind":"pull_request","action":"opened""#))

        let again = try await daemon.post(try sample("push"), event: "push", deliveryID: "one")
        #expect(again.status == 202)
        #expect(again.body == #"{"status":"duplicate","delivery":1,"events":[1]}"#)
        #expect(try folder.count("SELECT count(*) FROM deliveries") == 1)
    }

    @Test("A failed check is printed with repository, name and page")
    func checkFailure() async throws {
        let (_, daemon) = try await setup()
        _ = try await daemon.post(try sample("check_run.completed"), event: "check_run")
        let line = try await daemon.output.line(containing: "check failed:")
        #expect(line.contains("acme/app") && line.contains("failure") && line.contains("https://"))
    }

    @Test("Whoever cannot sign gets 401 and leaves no row")
    func unauthenticated() async throws {
        let (folder, daemon) = try await setup()
        let body = try sample("push")
        let wrong = try await daemon.post(body, to: .init(secret: "another"))
        #expect(wrong.status == 401)
        #expect(wrong.body == #"{"error":"unauthenticated"}"#)
        let unsigned = try await daemon.post(body, headers: ["X-Hub-Signature-256": ""])
        #expect(unsigned.status == 401)
        #expect(unsigned.body == wrong.body)
        #expect(try folder.count("SELECT count(*) FROM deliveries") == 0)
    }

    @Test("Routes, methods and media types are answered as documented")
    func routes() async throws {
        let (_, daemon) = try await setup()
        let hook = daemon.ingest + "/webhooks/github"
        let missing = try await daemon.request("POST", daemon.ingest + "/webhooks/none", body: [])
        #expect(missing.status == 404)
        #expect(missing.body == #"{"error":"not_found"}"#)
        let get = try await daemon.request("GET", hook)
        #expect(get.status == 405)
        #expect(get.headers["allow"] == ["POST"])
        let text = try await daemon.post(Array("hello".utf8), headers: ["Content-Type": "text/plain"])
        #expect(text.status == 415)
        let broken = try await daemon.post(Array("{".utf8))
        #expect(broken.status == 202)
    }

    @Test("Health, readiness and metrics have an address of their own that answers GET only")
    func admin() async throws {
        let (_, daemon) = try await setup()
        _ = try await daemon.post(try sample("push"), event: "push")
        #expect(try await daemon.request("GET", daemon.admin + "/healthz").status == 200)
        #expect(try await daemon.request("GET", daemon.admin + "/readyz").status == 200)
        #expect(try await daemon.request("POST", daemon.admin + "/readyz", body: []).status == 405)
        let metrics = try await daemon.request("GET", daemon.admin + "/metrics").body
        #expect(metrics.contains(#"forgewire_ingest_requests_total{outcome="accepted",source="github"} 1"#))
        #expect(metrics.contains(#"forgewire_events_total{action="pushed",kind="push",source="github"} 1"#))
        #expect(metrics.contains(#"forgewire_pending{listener="event-log"}"#))
    }

    @Test("During a rotation either secret proves a delivery, and the row says which did")
    func rotation() async throws {
        let folder = try TemporaryFolder()
        let sources = #"github: { provider: github, secrets: ["env:OLD", "env:NEW"] }"#
        try folder.writeConfiguration(DaemonProcess.configuration(sources: sources))
        let daemon = try await DaemonProcess(in: folder, environment: ["OLD": "old-one", "NEW": "new-one"])
        #expect(
            try await daemon.post(try sample("push"), event: "push", to: .init(secret: "new-one")).status
                == 202
        )
        #expect(
            try await daemon.post(try sample("push"), event: "push", to: .init(secret: "old-one")).status
                == 202
        )
        let verified = try folder.query("SELECT verified_by FROM deliveries ORDER BY id").map {
            $0[0] as String
        }
        #expect(verified == ["hub-sha256 env:NEW", "hub-sha256 env:OLD"])
        #expect(!daemon.log.lines.contains { $0.contains("new-one") || $0.contains("old-one") })
    }

    @Test("SIGHUP takes a new source over, and refuses a file with errors whole")
    func reload() async throws {
        let (folder, daemon) = try await setup()
        let body = try sample("push")
        #expect(try await daemon.post(body, event: "push", to: .init(source: "second")).status == 404)
        let both = """
            github: { provider: github, secrets: ["env:SECRET"] }, \
            second: { provider: github, secrets: ["env:SECRET"] }
            """
        let listeners = "event-log: {}, check-failures: {}"
        try folder.writeConfiguration(DaemonProcess.configuration(sources: both, listeners: listeners))
        daemon.signal(SIGHUP)
        _ = try await daemon.log.line(containing: "The configuration was read again")
        #expect(try await daemon.post(body, event: "push", to: .init(source: "second")).status == 202)
        try folder.writeConfiguration(DaemonProcess.configuration(sources: "x: { provider: githup }"))
        daemon.signal(SIGHUP)
        _ = try await daemon.log.line(containing: "The configuration was not taken; the old one stays")
        #expect(try await daemon.post(body, event: "push", to: .init(source: "second")).status == 202)
    }

    @Test("SIGHUP takes listeners over: one that is gone gets nothing more, one that is new gets what comes")
    func reloadListeners() async throws {
        let (folder, daemon) = try await setup(DaemonProcess.configuration(listeners: "event-log: {}"))
        _ = try await daemon.post(try sample("check_run.completed"), event: "check_run", deliveryID: "1")
        _ = try await daemon.output.line(containing: #""kind":"check_run""#)
        try folder.writeConfiguration(DaemonProcess.configuration(listeners: "check-failures: {}"))
        daemon.signal(SIGHUP)
        _ = try await daemon.log.line(containing: "The configuration was read again")
        _ = try await daemon.post(try sample("check_run.completed"), event: "check_run", deliveryID: "2")
        _ = try await daemon.output.line(containing: "check failed:")
        let listeners = try folder.query("SELECT event, listener FROM dispatches ORDER BY event")
            .map { "\($0[0] as Int64) \($0[1] as String)" }
        #expect(listeners == ["1 event-log", "2 check-failures"])
        #expect(daemon.output.lines.count == 2)
    }

    @Test("Which secret verified deliveries can be seen in the metrics, by its reference")
    func verifiedMetric() async throws {
        let (_, daemon) = try await setup()
        _ = try await daemon.post(try sample("push"), event: "push")
        let metrics = try await daemon.request("GET", daemon.admin + "/metrics").body
        let labels = #"{source="github",verified_by="hub-sha256 env:SECRET"}"#
        #expect(metrics.contains("forgewire_ingest_verified_total\(labels) 1"))
    }

    @Test(
        "An address that is taken ends the start with 1 and says which it is",
        arguments: ["ingest", "admin"]
    )
    func takenAddress(section: String) async throws {
        let (_, daemon) = try await setup()
        let taken = (section == "ingest" ? daemon.ingest : daemon.admin).dropFirst("http://".count)
        let folder = try TemporaryFolder()
        let free = #""127.0.0.1:0""#
        try folder.writeConfiguration(
            """
            ingest: { listen: \(section == "ingest" ? "\"\(taken)\"" : free) }
            admin: { listen: \(section == "admin" ? "\"\(taken)\"" : free) }
            outbox: { path: outbox.db }
            sources: { github: { provider: github, secrets: ["env:SECRET"] } }
            listeners: { event-log: {} }
            """
        )
        let outcome = try await Executable.run(
            ["serve", "--config", "forgewire.yml"],
            environment: ["SECRET": DaemonProcess.secret],
            in: folder
        )
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains(taken))
    }

    @Test("SIGTERM ends the daemon with 0, and the next start goes on where it stopped")
    func restart() async throws {
        let (folder, daemon) = try await setup()
        #expect(try await daemon.post(try sample("push"), event: "push").events == [1])
        daemon.signal(SIGTERM)
        #expect(try await daemon.exit() == 0)
        let next = try await DaemonProcess(in: folder)
        #expect(try await next.post(try sample("push"), event: "push").events == [2])
    }

    @Test("A second daemon on the same outbox is refused and told who holds it")
    func secondDaemon() async throws {
        let (folder, daemon) = try await setup()
        let second = try await Executable.run(
            ["serve", "--config", "forgewire.yml"],
            environment: ["SECRET": DaemonProcess.secret],
            in: folder
        )
        #expect(second.status == 1)
        #expect(second.errors.contains("outbox.db is in use by process"))
        #expect(try await daemon.request("GET", daemon.admin + "/readyz").status == 200)
    }

    @Test("When the disk takes no more, deliveries get 503 and nothing that was answered with 202 is lost")
    func fullDisk() async throws {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(DaemonProcess.configuration())
        // A file size limit makes writes fail as a full disk does; without the signal they return an error.
        let daemon = try await DaemonProcess(in: folder, limits: "trap '' XFSZ; ulimit -f 2000;")
        let body = try sample("push") + Array(repeating: UInt8(ascii: " "), count: 100_000)
        var accepted: [Int64] = []
        var refused: DaemonProcess.Answer?
        for _ in 0..<100 where refused == nil {
            let answer = try await daemon.post(body, event: "push")
            if answer.status == 202 { accepted += answer.events } else { refused = answer }
        }
        _ = try await daemon.log.line(containing: "The outbox cannot commit")
        let answer = try #require(refused)
        #expect(answer.status == 503)
        #expect(answer.headers.contains(name: "Retry-After"))
        #expect(!accepted.isEmpty)
        // Being asked, the daemon probes with small writes, which may still fit; the limit ends that, too.
        var isReady = true
        for _ in 0..<100 where isReady {
            isReady = try await daemon.request("GET", daemon.admin + "/readyz").status == 200
            let small = try await daemon.post(try sample("push"), event: "push")
            if small.status == 202 { accepted += small.events }
        }
        #expect(!isReady)
        daemon.signal(SIGKILL)
        _ = try await daemon.exit()
        let next = try await DaemonProcess(in: folder)
        #expect(try await next.request("GET", next.admin + "/readyz").status == 200)
        let stored = try folder.query("SELECT id FROM events ORDER BY id").map { $0[0] as Int64 }
        #expect(stored == accepted)
    }
}
