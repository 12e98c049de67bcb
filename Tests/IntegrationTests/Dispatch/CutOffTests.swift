import Foundation
import TestKit
import Testing

@Suite("Work that is cut off", .timeLimit(.minutes(10)))
struct CutOffTests {
    /// Starts a child in the background, keeps the ids of both, and waits longer than any test.
    private static let parentAndChild = """
        sleep 1000 &
        echo "$$ $!" >> processes
        echo has-begun
        wait
        sleep 1000
        """

    @Test(
        "At its deadline a command ends with all that it started, also if it ignores SIGTERM",
        arguments: ["", "trap '' TERM\n"]
    )
    func deadline(trap: String) async throws {
        let folder = try TemporaryFolder()
        let limits = "timeout: 3s, retry: { maxAttempts: 1 }"
        let slow = try folder.command(trap + Self.parentAndChild, limits)
        try folder.configure("slow: \(slow)")
        let daemon = try await DaemonProcess(in: folder)
        let event = try await daemon.deliver(1)
        try await daemon.died()
        #expect(try folder.lines(of: "processes").count == 1)
        #expect(try folder.runningProcesses(in: "processes").isEmpty)
        try await daemon.stop()
        let expected = DispatchRow(state: "dead", attempts: 1, reason: "exhausted", outcomes: ["timed_out"])
        #expect(try folder.dispatch(event, "slow") == expected)
    }

    @Test("SIGTERM lets work end in time, cuts off the rest without counting it, and ends with 0")
    func drain() async throws {
        let folder = try TemporaryFolder()
        let waiting = "echo has-begun; while [ ! -e gate ]; do sleep 0.02; done"
        let gate = Gate()
        let endpoint = try await LoopbackEndpoint { _ in
            await gate.pass()
            return .ok
        }
        try folder.configure(
            "quick: \(try folder.command(waiting))",
            "stuck: \(try folder.command(Self.parentAndChild, "timeout: 1h"))",
            "silent: \(endpoint.listener("timeout: 1h"))",
            drain: "5s"
        )
        let daemon = try await DaemonProcess(in: folder)
        let event = try await daemon.deliver(1)
        try await daemon.log.wait(for: 2, "output.line=has-begun")
        try await endpoint.wait(forRequests: 1)
        daemon.signal(SIGTERM)
        _ = try await daemon.log.line(containing: "Forgewire stops")
        try folder.touch("gate")
        #expect(try await daemon.exit() == 0)
        gate.open()
        let done = DispatchRow(state: "delivered", attempts: 1, reason: nil, outcomes: ["delivered"])
        let cutOff = DispatchRow(state: "pending", attempts: 0, reason: nil, outcomes: ["interrupted"])
        #expect(try folder.dispatch(event, "quick") == done)
        #expect(try folder.dispatch(event, "stuck") == cutOff)
        #expect(try folder.dispatch(event, "silent") == cutOff)
        #expect(try folder.runningProcesses(in: "processes").isEmpty)
    }

    @Test("A Swift listener that never returns does not hold up the end, and has its event again")
    func stubbornListener() async throws {
        let folder = try TemporaryFolder()
        try folder.configure("blocking: {}", drain: "1s")
        let daemon = try await MisbehavingDaemon.start(in: folder)
        let event = try await daemon.deliver(1)
        _ = try await daemon.output.line(containing: "blocking has begun \(event)")
        try await daemon.stop()
        let cutOff = DispatchRow(state: "pending", attempts: 0, reason: nil, outcomes: ["interrupted"])
        #expect(try folder.dispatch(event, "blocking") == cutOff)
        try folder.touch(MisbehavingDaemon.gate)
        let next = try await MisbehavingDaemon.start(in: folder)
        try await next.delivered(1, by: "blocking")
        try await next.stop()
        #expect(try folder.dispatch(event, "blocking").outcomes == ["interrupted", "delivered"])
    }
}
