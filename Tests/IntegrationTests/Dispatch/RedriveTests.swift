import Foundation
import NIOHTTP1
import TestKit
import Testing

@Suite("Dispatches that an operator queues again", .timeLimit(.minutes(10)))
struct RedriveTests {
    /// Fails as long as there is a file `broken`, and keeps which attempt of which event it was.
    private static let script = """
        echo "$FORGEWIRE_EVENT_ID $FORGEWIRE_ATTEMPT" >> runs
        [ ! -e broken ]
        """

    @Test("A redrive gives all attempts again, numbered on, to one dead letter or to all")
    func redrive() async throws {
        let folder = try TemporaryFolder()
        let script = try folder.command(Self.script, "retry: { initial: 10ms, maxAttempts: 2 }")
        try folder.configure("script: \(script)")
        try folder.touch("broken")
        let daemon = try await DaemonProcess(in: folder)
        for number in 1...3 { _ = try await daemon.deliver(number) }
        try await daemon.died(3)
        try await daemon.settle { try folder.states(of: "script") == ["dead": 3] }
        try await folder.forgewire("redrive", "1", "--listener", "script")
        try await daemon.died(4)
        try await daemon.settle { try folder.states(of: "script") == ["dead": 3] }
        let failed = Array(repeating: "failed", count: 4)
        let again = DispatchRow(state: "dead", attempts: 4, reason: "exhausted", outcomes: failed)
        #expect(try folder.dispatch(1, "script") == again)

        try FileManager.default.removeItem(atPath: folder.path("broken"))
        try await folder.forgewire("redrive", "--all")
        try await daemon.delivered(3, by: "script")
        try await daemon.stop()
        #expect(try folder.states(of: "script") == ["delivered": 3])
        #expect(try folder.dispatch(1, "script").outcomes == failed + ["delivered"])
        let runs = Dictionary(grouping: try folder.lines(of: "runs")) { $0.prefix(1) }
        #expect(runs["1"] == (1...5).map { "1 \($0)" })
        #expect(runs["2"] == (1...3).map { "2 \($0)" })
        #expect(try await folder.json("dead").isEmpty)
    }

    @Test("What is discarded is given up for good, be it dead or pending; the rest stays")
    func discard() async throws {
        let folder = try TemporaryFolder()
        let script = try folder.command("exit 65")
        let pending = try folder.command("exit 1", "retry: { initial: 1h, max: 1h }")
        try folder.configure("dying: \(script)", "waiting: \(pending)")
        let daemon = try await DaemonProcess(in: folder)
        for number in 1...3 { _ = try await daemon.deliver(number) }
        try await daemon.settle { try folder.states(of: "dying") == ["dead": 3] }
        let failures = "SELECT count(*) FROM attempts WHERE listener = 'waiting'"
        try await daemon.settle { try folder.count(failures) == 3 }
        try await folder.forgewire("discard", "2", "--listener", "dying")
        try await folder.forgewire("discard", "--all", "--listener", "waiting")
        #expect(try folder.states(of: "dying") == ["dead": 2, "discarded": 1])
        #expect(try folder.states(of: "waiting") == ["discarded": 3])
        try await folder.forgewire("redrive", "--all")
        try await daemon.died(5)
        try await daemon.stop()
        #expect(try folder.states(of: "dying") == ["dead": 2, "discarded": 1])
        #expect(try folder.dispatch(2, "dying").outcomes == ["permanent"])
    }

    @Test("A replay gives a new listener what is stored, after a dry run that changes nothing")
    func replay() async throws {
        let folder = try TemporaryFolder()
        try folder.configure("event-log: {}")
        let daemon = try await DaemonProcess(in: folder)
        for number in 1...3 { _ = try await daemon.deliver(number) }
        _ = try await daemon.deliver(4, in: "other/site")
        try await daemon.delivered(4, by: "event-log")
        let late = try folder.command(Self.script, "repositories: [\"acme/*\"]", "percent: 0")
        try folder.configure("event-log: {}", "late: \(late)")
        daemon.signal(SIGHUP)
        _ = try await daemon.log.line(containing: "The configuration was read again")
        let which = ["replay", "--listener", "late", "--kind", "pull_request", "--since", "1h"]
        let dry = try await folder.outcome(of: which + ["--dry-run"])
        #expect(dry.status == 0)
        #expect(dry.text.contains("3"))
        #expect(try folder.states(of: "late") == [:])
        try await folder.forgewire("replay", "--listener", "late", "--since", "1h")
        try await daemon.delivered(3, by: "late")
        try await daemon.stop()
        #expect(try folder.states(of: "late") == ["delivered": 3])
        #expect(try folder.lines(of: "runs").sorted() == ["1 1", "2 1", "3 1"])
    }

    @Test("A replay of what was delivered says so to the endpoint: same id, and out of order where it is")
    func replayOfDelivered() async throws {
        let folder = try TemporaryFolder()
        let endpoint = try await LoopbackEndpoint()
        try folder.configure("hook: \(endpoint.listener())")
        let daemon = try await DaemonProcess(in: folder)
        for _ in 1...2 { _ = try await daemon.deliver(1) }
        try await daemon.delivered(2, by: "hook")
        try await daemon.settle { try folder.states(of: "hook") == ["delivered": 2] }
        try await folder.forgewire("replay", "--listener", "hook")
        try await daemon.delivered(4, by: "hook")
        try await daemon.stop()
        #expect(endpoint.requests.map(\.event) == [1, 2, 1, 2])
        let flags = endpoint.requests.map { $0.headers["forgewire-out-of-order"] }
        // The first one runs after the second one has run; the second one is the last again.
        #expect(flags == [[], [], ["1"], []])
        let ids = endpoint.requests.map { $0.headers["webhook-id"] }
        #expect(ids[0] == ids[2] && ids[1] == ids[3] && ids[0] != ids[1])
        #expect(try folder.dispatch(1, "hook").attempts == 2)
    }

    @Test("What is left of a listener that was renamed can be adopted, and keeps its webhook-id")
    func adopt() async throws {
        let folder = try TemporaryFolder()
        let endpoint = try await LoopbackEndpoint { $0.ordinal == 1 ? .failure : .ok }
        try folder.configure("before: \(endpoint.listener("retry: { maxAttempts: 1 }"))")
        let daemon = try await DaemonProcess(in: folder)
        for number in 1...2 { _ = try await daemon.deliver(number) }
        try await daemon.died(2)
        try await daemon.settle { try folder.states(of: "before") == ["dead": 2] }
        try folder.configure("after: \(endpoint.listener())")
        daemon.signal(SIGHUP)
        _ = try await daemon.log.line(containing: "The configuration was read again")
        try await folder.forgewire("adopt", "before", "after")
        #expect(try folder.states(of: "before") == [:])
        #expect(try folder.states(of: "after") == ["dead": 2])
        try await folder.forgewire("redrive", "--all", "--listener", "after")
        try await daemon.delivered(2, by: "after")
        try await daemon.stop()
        #expect(try folder.dispatch(1, "after").outcomes == ["failed", "delivered"])
        let byEvent = Dictionary(grouping: endpoint.requests) { $0.event }
        #expect(byEvent.values.allSatisfy { Set($0.map { $0.headers["webhook-id"] }).count == 1 })
        #expect(Set(endpoint.requests.map { $0.headers["webhook-id"] }).count == 2)
    }
}
