import Foundation
import NIOHTTP1
import TestKit
import Testing

@Suite("The order of a subject", .timeLimit(.minutes(10)))
struct LaneTests {
    @Test("A hundred events of one subject come one after another, in order, however many could run")
    func order() async throws {
        let folder = try TemporaryFolder()
        let gate = Gate()
        let endpoint = try await LoopbackEndpoint { _ in
            await gate.pass()
            return .ok
        }
        try folder.configure("hook: \(endpoint.listener("concurrency: 8"))")
        let daemon = try await DaemonProcess(in: folder)
        var events: [Int64] = []
        for _ in 0..<100 { events.append(try await daemon.deliver(1)) }
        gate.open()
        try await daemon.delivered(100, by: "hook")
        try await daemon.stop()
        #expect(endpoint.requests.map(\.event) == events)
        #expect(endpoint.openMost == 1)
        let outOfOrder = endpoint.requests.filter { $0.headers.contains(name: "forgewire-out-of-order") }
        #expect(outOfOrder.isEmpty)
    }

    @Test("Different subjects run side by side")
    func sideBySide() async throws {
        let folder = try TemporaryFolder()
        let gate = Gate()
        let endpoint = try await LoopbackEndpoint { _ in
            await gate.pass()
            return .ok
        }
        try folder.configure("hook: \(endpoint.listener("concurrency: 3"))")
        let daemon = try await DaemonProcess(in: folder)
        for number in 1...5 { _ = try await daemon.deliver(number) }
        try await endpoint.wait(forRequests: 3)
        gate.open()
        try await daemon.delivered(5, by: "hook")
        try await daemon.stop()
        #expect(endpoint.openMost == 3)
    }

    @Test("A failing subject delays no other, and what comes behind it waits")
    func failingHead() async throws {
        let folder = try TemporaryFolder()
        let endpoint = try await LoopbackEndpoint { $0.event == 1 ? .failure : .ok }
        try folder.configure("hook: \(endpoint.listener("hold: 1h, retry: { initial: 1h, max: 1h }"))")
        let daemon = try await DaemonProcess(in: folder)
        let head = try await daemon.deliver(1)
        try await endpoint.wait(forRequests: 1)
        let behind = try await daemon.deliver(1)
        var others: [Int64] = []
        for number in 2...5 { others.append(try await daemon.deliver(number)) }
        try await daemon.delivered(others.count, by: "hook")
        try await daemon.stop()
        let waiting = DispatchRow(state: "pending", attempts: 1, reason: nil, outcomes: ["failed"])
        #expect(try folder.dispatch(head, "hook") == waiting)
        let untouched = DispatchRow(state: "pending", attempts: 0, reason: nil, outcomes: [])
        #expect(try folder.dispatch(behind, "hook") == untouched)
        #expect(Set(endpoint.requests.map(\.event)) == Set([head] + others))
    }

    @Test("What runs after something that came later is told so, as a command and as an endpoint")
    func outOfOrder() async throws {
        let folder = try TemporaryFolder()
        let gate = Gate()
        let endpoint = try await LoopbackEndpoint { request in
            guard request.event == 1, request.ordinal == 1 else { return .ok }
            await gate.pass()
            return .failure
        }
        let script = """
            echo "$FORGEWIRE_EVENT_ID $FORGEWIRE_ATTEMPT ${FORGEWIRE_OUT_OF_ORDER:-in order}" >> runs
            [ $FORGEWIRE_EVENT_ID -ne 1 ] || [ $FORGEWIRE_ATTEMPT -ne 1 ] || {
                while [ ! -e gate ]; do sleep 0.02; done
                exit 1
            }
            """
        try folder.configure(
            "hook: \(endpoint.listener())",
            "script: \(try folder.command(script))",
            defaults: "hold: 0s, \(TemporaryFolder.commonKeys)"
        )
        let daemon = try await DaemonProcess(in: folder)
        let (late, early) = (try await daemon.deliver(1), try await daemon.deliver(1))
        // The second one is there before the first one fails, so that it has the turn at once.
        gate.open()
        try folder.touch("gate")
        try await daemon.delivered(2, by: "hook")
        try await daemon.delivered(2, by: "script")
        try await daemon.stop()
        let requests = endpoint.requests.map { request in
            "\(request.event) \(request.headers["forgewire-out-of-order"].first ?? "in order")"
        }
        #expect(requests == ["\(late) in order", "\(early) in order", "\(late) 1"])
        let runs = try folder.lines(of: "runs")
        #expect(runs == ["\(late) 1 in order", "\(early) 1 in order", "\(late) 2 1"])
    }
}
