import Events
import TestKit
import Testing

@testable import Outbox

@Suite("Raised ids", .timeLimit(.minutes(5)))
struct IDTests {
    private static let distance = LastIDs.distance

    @Test("What comes later has ids that no copy of the outbox has given out, also after the next start")
    func raised() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a")
            try await bench.raiseIDs()
            let receipt = try await bench.accept(EventFactory.delivery("b"))
            #expect(receipt.delivery == Self.distance + 2 && receipt.events == [Self.distance + 2])
            try bench.reopen()
            #expect(try await bench.acceptEvent("c") == Self.distance + 3)
        }
    }

    @Test("The ids of an outbox that has none yet are raised, too")
    func empty() async throws {
        try await OutboxBench.use { bench in
            #expect(bench.outbox.plainIDsUntil == 0)
            try await bench.raiseIDs()
            try await bench.raiseIDs()
            #expect(try await bench.acceptEvent() == 2 * Self.distance + 1)
        }
    }

    @Test("The highest ids order lanes still")
    func highest() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a")
            let last = LastIDs.idMax - 2
            try await bench.setLastIDs { _ in LastIDs(deliveries: last, events: last) }
            #expect(try await bench.acceptEvent("b") == last + 1)
            try await bench.acceptEvent("b")
            #expect(try await bench.runAll().map(\.event) == [1, last + 1, last + 2])
        }
    }

    @Test("Order, redrives and other work of operators go over a gap of billions of ids, and at once")
    func gap() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.unknown], "two": [.unknown]])
            let first = try await bench.acceptEvent()
            try await bench.runAll(ending: .permanent, .dead(.permanent))
            for _ in 1...256 { try await bench.raiseIDs() }
            let second = try await bench.acceptEvent()
            #expect(second == first + 256 * Self.distance + 1)
            try await bench.operatorWork { work in
                let redriven = try await work.redrive(listener: "one", event: nil, isDryRun: false) { _ in
                    true
                }
                #expect(redriven.redriven == 1)
            }
            #expect(try await bench.runAll().map(\.event) == [second, first])
            try await bench.operatorWork { work in
                let counts = try await work.replay(
                    EventSelection(),
                    listener: "one",
                    remapping: nil,
                    isDryRun: false,
                    takes: { _ in true }
                )
                #expect(counts.again == 2)
            }
            try await bench.register(["one": [.unknown], "two": [.unknown]], ordering: .repository)
            try await bench.operatorWork { work in
                #expect(try await work.adopt(listener: "one", by: "two", isDryRun: false).adopted == 2)
                let counts = try await work.discard(listener: "two", event: nil, isDryRun: false)
                #expect(counts.discarded == 2)
            }
        }
    }
}

extension OutboxBench {
    /// Has the next ids begin above those of any copy, as a restoration does.
    fileprivate func raiseIDs() async throws { try await setLastIDs { try $0.raised(above: nil) } }

    fileprivate func setLastIDs(_ change: @escaping @Sendable (LastIDs) throws -> LastIDs) async throws {
        try await outbox.submit { context in
            try change(LastIDs(of: context.database)).write(to: context.database)
            try context.reload()
        }
    }
}
