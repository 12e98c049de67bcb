import Foundation
import NIOHTTP1
import Synchronization
import TestKit
import Testing

@Suite("Listeners whose endpoint asks for time", .timeLimit(.minutes(10)))
struct HoldTests {
    /// Answers 429 until it is told to do better.
    private final class Limit: Sendable {
        private let isOver = Mutex(false)

        func end() { isOver.withLock { $0 = true } }

        var answer: LoopbackEndpoint.Answer {
            isOver.withLock { $0 }
                ? .ok : .init(status: .tooManyRequests, headers: ["retry-after": "3600"])
        }
    }

    @Test("One 429 holds the listener, over a restart, too, until somebody resumes it")
    func held() async throws {
        let folder = try TemporaryFolder()
        let limit = Limit()
        let endpoint = try await LoopbackEndpoint { _ in limit.answer }
        let hook = endpoint.listener("concurrency: 4", "retry: { initial: 10ms, max: 2h }")
        // The second listener shows that there was time for a dispatch.
        try folder.configure("hook: \(hook)", "event-log: {}")
        let daemon = try await DaemonProcess(in: folder)
        try await folder.forgewire("pause", "hook")
        for number in 1...40 { _ = try await daemon.deliver(number) }
        try await folder.forgewire("resume", "hook")
        _ = try await daemon.log.line(containing: "An endpoint asks for time")
        _ = try await daemon.deliver(41)
        try await daemon.delivered(41, by: "event-log")
        let failed = "SELECT count(*) FROM attempts WHERE listener = 'hook' AND outcome = 'failed'"
        try await daemon.settle { try folder.count(failed) == endpoint.requests.count }
        try await daemon.stop()
        let posted = endpoint.requests.count
        #expect((1...4).contains(posted))
        let held = try await folder.listener("hook")
        #expect(held["state"] as? String == "active" && held["pending"] as? Int == 41)
        let until = try #require(held["heldUntil"] as? String)

        limit.end()
        let next = try await DaemonProcess(in: folder)
        _ = try await next.deliver(42)
        try await next.delivered(1, by: "event-log")
        #expect(try await folder.listener("hook")["heldUntil"] as? String == until)
        #expect(endpoint.requests.count == posted)
        try await folder.forgewire("resume", "hook")
        try await next.delivered(42 - posted, by: "hook")
        let active = try await folder.listener("hook")
        #expect(active["heldUntil"] as? String == nil)
        try await next.stop()
        #expect(try folder.states(of: "hook") == ["delivered": 42 - posted, "pending": posted])
    }

    @Test("What an endpoint says is too large is dead at once")
    func tooLarge() async throws {
        let folder = try TemporaryFolder()
        let endpoint = try await LoopbackEndpoint { _ in .init(status: .payloadTooLarge) }
        try folder.configure("hook: \(endpoint.listener())")
        let daemon = try await DaemonProcess(in: folder)
        let event = try await daemon.deliver(1)
        try await daemon.died()
        try await daemon.stop()
        let dead = DispatchRow(state: "dead", attempts: 1, reason: "permanent", outcomes: ["permanent"])
        #expect(try folder.dispatch(event, "hook") == dead)
        #expect(endpoint.requests.count == 1)
    }

    @Test("No webhook-id of a copied outbox is one of the outbox that it was copied from")
    func copied() async throws {
        let endpoint = try await LoopbackEndpoint()
        let (folder, copy) = (try TemporaryFolder(), try TemporaryFolder())
        for folder in [folder, copy] { try folder.configure("hook: \(endpoint.listener())") }
        let daemon = try await DaemonProcess(in: folder)
        _ = try await daemon.deliver(1)
        try await daemon.delivered(1, by: "hook")
        try await daemon.stop()
        try FileManager.default.copyItem(atPath: folder.path("outbox.db"), toPath: copy.path("outbox.db"))
        var events: [Int64] = []
        for (place, number) in [(folder, 2), (copy, 3)] {
            let daemon = try await DaemonProcess(in: place)
            events.append(try await daemon.deliver(number))
            try await daemon.delivered(1, by: "hook")
            try await daemon.stop()
        }
        #expect(events == [2, 2])
        let ids = endpoint.requests.flatMap { $0.headers["webhook-id"] }
        #expect(ids.count == 3 && Set(ids).count == 3)
    }
}
