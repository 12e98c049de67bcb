import Foundation
import Synchronization
import TestKit
import Testing

@Suite("Listeners that come and go under load", .timeLimit(.minutes(10)))
struct ListenerReloadTests {
    private static let senders = 4
    private static let reloads = 4

    /// The events that were accepted, and whether there are to be more.
    private final class Ledger: Sendable {
        private let state = Mutex<(events: Set<Int64>, isOver: Bool)>(([], false))

        var events: Set<Int64> { state.withLock { $0.events } }
        var isOver: Bool { state.withLock { $0.isOver } }

        func note(_ event: Int64) { state.withLock { _ = $0.events.insert(event) } }
        func end() { state.withLock { $0.isOver = true } }
    }

    @Test("Reloads that add, change and remove listeners lose no dispatch and drop no connection")
    func reloads() async throws {
        let folder = try TemporaryFolder()
        let (steady, changing) = (try await LoopbackEndpoint(), try await LoopbackEndpoint())
        let configure = { (round: Int) in
            let other = round % 2 == 1 ? ["changing: \(changing.listener("concurrency: \(round)"))"] : []
            let all = ["steady: \(steady.listener("concurrency: \(1 + round)"))"] + other
            try folder.configure(all.joined(separator: ", "))
        }
        try configure(0)
        let daemon = try await DaemonProcess(in: folder)
        let ledger = Ledger()
        try await withThrowingTaskGroup { group in
            for sender in 0..<Self.senders {
                group.addTask { try await self.send(to: daemon, sender: sender, ledger) }
            }
            defer { ledger.end() }
            for round in 1...Self.reloads {
                try await steady.wait(forRequests: steady.requests.count + 20)
                try configure(round)
                daemon.signal(SIGHUP)
                try await daemon.log.wait(for: round, "The configuration was read again")
            }
            ledger.end()
            try await group.waitForAll()
        }
        // Its dispatches have waited since it was removed.
        try configure(Self.reloads + 1)
        daemon.signal(SIGHUP)
        let isOpen = "SELECT count(*) FROM dispatches WHERE state IN ('pending', 'running')"
        try await daemon.settle { try folder.count(isOpen) == 0 }
        try await daemon.stop()
        #expect(try folder.states(of: "steady") == ["delivered": ledger.events.count])
        #expect(steady.requests.count == ledger.events.count)
        #expect(Set(steady.requests.map(\.event)) == ledger.events)
        #expect(try folder.states(of: "changing") == ["delivered": changing.requests.count])
        #expect(!changing.requests.isEmpty && changing.requests.count < ledger.events.count)
    }

    /// Sends until the test ends; a connection that is dropped is an error here.
    private func send(to daemon: DaemonProcess, sender: Int, _ ledger: Ledger) async throws {
        var number = 1
        while !ledger.isOver {
            ledger.note(try await daemon.deliver(sender * 100_000 + number))
            number += 1
        }
    }
}
