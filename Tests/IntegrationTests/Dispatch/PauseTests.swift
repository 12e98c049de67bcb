import Foundation
import Synchronization
import NIOHTTP1
import TestKit
import Testing

@Suite("Listeners that are paused", .timeLimit(.minutes(10)))
struct PauseTests {
    /// Says whether an endpoint is in order; a test changes it.
    private final class Health: Sendable {
        private let isGood = Mutex(false)

        func mend() { isGood.withLock { $0 = true } }

        func answer(else bad: LoopbackEndpoint.Answer) -> LoopbackEndpoint.Answer {
            isGood.withLock { $0 } ? .ok : bad
        }
    }

    @Test("Pause, restart and resume lose nothing and double nothing")
    func restart() async throws {
        let folder = try TemporaryFolder()
        let endpoint = try await LoopbackEndpoint()
        // The second listener shows that there was time for a dispatch.
        try folder.configure("hook: \(endpoint.listener())", "event-log: {}")
        let daemon = try await DaemonProcess(in: folder)
        var events: [Int64] = []
        for number in 1...5 { events.append(try await daemon.deliver(number)) }
        try await daemon.delivered(5, by: "hook")
        try await folder.forgewire("pause", "hook")
        for number in 6...10 { events.append(try await daemon.deliver(number)) }
        try await daemon.delivered(10, by: "event-log")
        let paused = try await folder.listener("hook")
        #expect(paused["state"] as? String == "paused")
        #expect(paused["pending"] as? Int == 5)
        try await daemon.stop()

        let next = try await DaemonProcess(in: folder)
        for number in 11...12 { events.append(try await next.deliver(number)) }
        try await next.delivered(2, by: "event-log")
        #expect(try await folder.listener("hook")["state"] as? String == "paused")
        #expect(endpoint.requests.count == 5)
        try await folder.forgewire("resume", "hook")
        try await next.delivered(7, by: "hook")
        #expect(try await folder.listener("hook")["state"] as? String == "active")
        try await next.stop()
        #expect(endpoint.requests.map(\.event).sorted() == events)
        #expect(try folder.states(of: "hook") == ["delivered": events.count])
    }

    @Test("An endpoint that answers 410 is paused; its event waits with all its attempts")
    func gone() async throws {
        let folder = try TemporaryFolder()
        let health = Health()
        let endpoint = try await LoopbackEndpoint { _ in health.answer(else: .init(status: .gone)) }
        try folder.configure("hook: \(endpoint.listener())")
        let daemon = try await DaemonProcess(in: folder)
        let event = try await daemon.deliver(1)
        _ = try await daemon.log.line(containing: "A listener wants no more events")
        let isPaused = "SELECT count(*) FROM listeners WHERE state = 'paused' AND paused_by = 'endpoint'"
        try await daemon.settle {
            try folder.count(isPaused) == 1 && folder.dispatch(event, "hook").state == "pending"
        }
        let waiting = DispatchRow(state: "pending", attempts: 0, reason: nil, outcomes: ["interrupted"])
        #expect(try folder.dispatch(event, "hook") == waiting)
        #expect(try await folder.listener("hook")["state"] as? String == "paused")
        health.mend()
        try await folder.forgewire("resume", "hook")
        try await daemon.delivered(1, by: "hook")
        try await daemon.stop()
        let delivered = DispatchRow(
            state: "delivered",
            attempts: 1,
            reason: nil,
            outcomes: ["interrupted", "delivered"]
        )
        #expect(try folder.dispatch(event, "hook") == delivered)
        #expect(endpoint.requests.count == 2)
    }

    @Test("A listener that only fails is paused by the system and resumed by its first success")
    func breaker() async throws {
        let folder = try TemporaryFolder()
        let health = Health()
        let endpoint = try await LoopbackEndpoint { _ in health.answer(else: .failure) }
        let breaker = "breaker: { failures: 3, for: 0s, probe: 200ms }"
        let retries = "retry: { initial: 10ms, max: 20ms, maxAttempts: 1000 }"
        try folder.configure("hook: \(endpoint.listener(breaker, retries))")
        let daemon = try await DaemonProcess(in: folder)
        for number in 1...5 { _ = try await daemon.deliver(number) }
        _ = try await daemon.log.line(containing: "A listener that only fails is paused")
        let isPaused = "SELECT count(*) FROM listeners WHERE state = 'paused' AND paused_by = 'breaker'"
        try await daemon.settle { try folder.count(isPaused) == 1 }
        #expect(try await folder.listener("hook")["state"] as? String == "paused")
        health.mend()
        _ = try await daemon.log.line(containing: "A listener is resumed")
        try await daemon.delivered(5, by: "hook")
        try await daemon.settle { try folder.count(isPaused) == 0 }
        #expect(try await folder.listener("hook")["state"] as? String == "active")
        try await daemon.stop()
        #expect(try folder.states(of: "hook") == ["delivered": 5])
    }
}
