import Foundation
import GRDB
import NIOHTTP1
import TestKit
import Testing

@Suite("Attempts that fail", .timeLimit(.minutes(10)))
struct RetryTests {
    @Test("A command that fails twice is tried a third time, and every attempt is a row")
    func thirdAttempt() async throws {
        let folder = try TemporaryFolder()
        let flaky = try folder.command("[ $FORGEWIRE_ATTEMPT -ge 3 ] || { echo not yet >&2; exit 1; }")
        try folder.configure("flaky: \(flaky)")
        let daemon = try await DaemonProcess(in: folder)
        let event = try await daemon.deliver(1)
        let count = #"forgewire_dispatches_total{listener="flaky",outcome="#
        try await daemon.metrics(show: count + #""delivered"} 1"#)
        try await daemon.metrics(show: count + #""failed"} 2"#)
        try await daemon.stop()
        let expected = DispatchRow(
            state: "delivered",
            attempts: 3,
            reason: nil,
            outcomes: ["failed", "failed", "delivered"]
        )
        #expect(try folder.dispatch(event, "flaky") == expected)
        let errors = try folder.query("SELECT error FROM attempts ORDER BY attempt").map { $0[0] as String? }
        #expect(errors == ["exit code 1: not yet", "exit code 1: not yet", nil])
    }

    /// An end that makes dead letters.
    struct FatalEnd: CustomTestStringConvertible, Sendable {
        let script: String
        let outcomes: [String]
        let reason: String
        var testDescription: String { script }
    }

    @Test(
        "A dispatch is dead at once when trying again cannot help, else when its attempts are used up",
        arguments: [
            FatalEnd(script: "exit 65", outcomes: ["permanent"], reason: "permanent"),
            FatalEnd(script: "exit 3", outcomes: ["failed", "failed"], reason: "exhausted"),
            FatalEnd(script: "kill -SEGV $$", outcomes: ["crashed", "crashed"], reason: "exhausted"),
        ]
    )
    func dead(_ end: FatalEnd) async throws {
        let folder = try TemporaryFolder()
        let broken = try folder.command(end.script, "retry: { initial: 10ms, maxAttempts: 2 }")
        try folder.configure("broken: \(broken)", "event-log: {}")
        let daemon = try await DaemonProcess(in: folder)
        let event = try await daemon.deliver(1)
        try await daemon.died()
        try await daemon.metrics(show: #"forgewire_dispatches_total{listener="broken",outcome="dead"} 1"#)
        try await daemon.stop()
        let dispatch = try folder.dispatch(event, "broken")
        #expect(dispatch.state == "dead")
        #expect(dispatch.outcomes == end.outcomes)
        let letters = try await folder.json("dead")
        let letter = try #require(letters.first)
        #expect(letters.count == 1)
        #expect(Set(letter.keys) == ["event", "listener", "reason", "error", "attempts", "finishedAt"])
        #expect(letter["event"] as? Int64 == event)
        #expect(letter["listener"] as? String == "broken")
        #expect(letter["reason"] as? String == end.reason)
        #expect(letter["attempts"] as? Int == end.outcomes.count)
        #expect(try await folder.json("dead", "--listener", "event-log").isEmpty)
    }

    @Test("An endpoint that says when to come back is not asked sooner")
    func retryAfter() async throws {
        let folder = try TemporaryFolder()
        let endpoint = try await LoopbackEndpoint { request in
            guard request.ordinal == 1 else { return .ok }
            return .init(status: .serviceUnavailable, headers: ["Retry-After": "1"])
        }
        try folder.configure("hook: \(endpoint.listener("retry: { initial: 10ms, max: 1m }"))")
        let daemon = try await DaemonProcess(in: folder)
        let event = try await daemon.deliver(1)
        try await daemon.delivered(1, by: "hook")
        try await daemon.stop()
        #expect(try folder.dispatch(event, "hook").outcomes == ["failed", "delivered"])
        let times = try folder.query("SELECT started_at, duration_ms FROM attempts ORDER BY attempt")
        let (first, second) = (try #require(times.first), try #require(times.last))
        let wait = (second[0] as Int64) - (first[0] as Int64) - (first[1] as Int64)
        #expect(wait >= 1000)
    }

    @Test("Nobody is waited for longer than the listener's longest wait")
    func boundedRetryAfter() async throws {
        let folder = try TemporaryFolder()
        let endpoint = try await LoopbackEndpoint { request in
            guard request.ordinal == 1 else { return .ok }
            return .init(status: .tooManyRequests, headers: ["Retry-After": "86400"])
        }
        try folder.configure("hook: \(endpoint.listener("retry: { initial: 10ms, max: 50ms }"))")
        let daemon = try await DaemonProcess(in: folder)
        let event = try await daemon.deliver(1)
        try await daemon.delivered(1, by: "hook")
        try await daemon.stop()
        #expect(try folder.dispatch(event, "hook").outcomes == ["failed", "delivered"])
    }
}
