import Foundation
import TestKit
import Testing

@Suite("Listeners and repositories beside each other", .timeLimit(.minutes(10)))
struct FairnessTests {
    @Test("Listeners that take for ever, in a thread or a program, hold up no other listener")
    func slowNeighbours() async throws {
        let folder = try TemporaryFolder()
        let script = "echo has-begun; while [ ! -e \(MisbehavingDaemon.gate) ]; do sleep 0.05; done"
        let endless = "timeout: 1h, ordering: none, concurrency: 2"
        try folder.configure(
            "blocking: { \(endless) }",
            "waiting: \(try folder.command(script, endless))",
            "recorder: {}"
        )
        let daemon = try await MisbehavingDaemon.start(in: folder)
        let events = 40
        for number in 1...events { _ = try await daemon.deliver(number) }
        try await daemon.output.wait(for: 2, "blocking has begun")
        try await daemon.log.wait(for: 2, "output.line=has-begun")
        try await daemon.settle { try folder.states(of: "recorder")["delivered"] == events }
        for slow in ["blocking", "waiting"] {
            #expect(try folder.states(of: slow) == ["running": 2, "pending": events - 2])
        }
        try folder.touch(MisbehavingDaemon.gate)
        try await daemon.settle { try folder.states(of: "blocking")["delivered"] == events }
        try await daemon.settle { try folder.states(of: "waiting")["delivered"] == events }
        try await daemon.stop()
    }

    @Test("An event of a quiet repository does not wait for the hundreds that a busy one has queued")
    func busyRepository() async throws {
        let folder = try TemporaryFolder()
        let gate = Gate()
        let endpoint = try await LoopbackEndpoint { _ in
            await gate.pass()
            return .ok
        }
        try folder.configure("hook: \(endpoint.listener("concurrency: 2"))")
        let daemon = try await DaemonProcess(in: folder)
        try await withThrowingTaskGroup { group in
            for sender in 0..<4 {
                group.addTask {
                    for number in 1...50 {
                        _ = try await daemon.deliver(sender * 1000 + number, in: "acme/busy")
                    }
                }
            }
            try await group.waitForAll()
        }
        try await endpoint.wait(forRequests: 2)
        _ = try await daemon.deliver(1, in: "acme/quiet")
        gate.open()
        try await daemon.delivered(201, by: "hook")
        try await daemon.stop()
        let place = try #require(endpoint.requests.firstIndex { $0.repository == "acme/quiet" })
        // Two were under way, and each further claim takes at most two before it is the other's turn.
        #expect(place <= 6)
        #expect(Set(endpoint.requests.map(\.event)).count == 201)
    }
}
