import Foundation
import GRDB
import TestKit
import Testing

@Suite("Daemons that die", .timeLimit(.minutes(10)))
struct CrashTests {
    /// How often the daemon is killed.
    ///
    /// Each time costs a start, so that the hundred which `FORGEWIRE_KILLS=100` asks for take longer than all
    /// other tests together.
    private static let kills =
        ProcessInfo.processInfo.environment["FORGEWIRE_KILLS"].flatMap(Int.init) ?? 50

    @Test(
        "An event that ends the process is dead after three deaths alone, and holds up nobody",
        arguments: ["crash", "exit"]
    )
    func poison(listener: String) async throws {
        let folder = try TemporaryFolder()
        try folder.configure("\(listener): {}", "recorder: {}")
        let first = try await MisbehavingDaemon.start(in: folder)
        var innocent = [try await first.deliver(1), try await first.deliver(2)]
        // The process may end before it has answered; the delivery is in the outbox all the same.
        let body = PullRequestBody(number: 3, title: MisbehavingDaemon.poison).bytes
        _ = try? await first.post(body)
        let status = try await first.exit()
        #expect(status != 0)

        let second = try await MisbehavingDaemon.start(in: folder)
        let fatal = Int64(try folder.count("SELECT id FROM events WHERE subject = 'pull_request/3'"))
        innocent += [try await second.deliver(4), try await second.deliver(5)]
        try await second.died()
        try await second.settle {
            try folder.count("SELECT count(*) FROM dispatches WHERE state IN ('pending', 'running')") == 0
        }
        try await second.stop()
        let expected = DispatchRow(
            state: "dead",
            attempts: 3,
            reason: "crashed",
            outcomes: ["interrupted", "crashed", "crashed", "crashed"]
        )
        #expect(try folder.dispatch(fatal, listener) == expected)
        #expect(try folder.states(of: listener) == ["dead": 1, "delivered": innocent.count])
        #expect(try folder.states(of: "recorder") == ["delivered": innocent.count + 1])
    }

    @Test("However often it is killed from outside, no dispatch is given up for that, and none is lost")
    func kills() async throws {
        let folder = try TemporaryFolder()
        try folder.configure("slow: { ordering: none }")
        var events: [Int64] = []
        for number in 1...Self.kills {
            let daemon = try await MisbehavingDaemon.start(in: folder)
            let event = try await daemon.deliver(number)
            events.append(event)
            _ = try await daemon.output.line(containing: "slow has begun \(event)")
            daemon.signal(SIGKILL)
            #expect(try await daemon.exit() == -SIGKILL)
        }
        let last = try await MisbehavingDaemon.start(in: folder)
        try await last.settle { try folder.states(of: "slow")["delivered"] == events.count }
        try await last.stop()
        #expect(try folder.states(of: "slow") == ["delivered": events.count])
        let known = try folder.query("SELECT event FROM dispatches ORDER BY event").map { $0[0] as Int64 }
        #expect(known == events)
        let counted = try folder.count("SELECT count(*) FROM attempts WHERE outcome = 'crashed'")
        #expect(counted == 0)
    }
}
