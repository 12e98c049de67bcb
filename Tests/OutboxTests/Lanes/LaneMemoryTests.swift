import Events
import TestKit
import Testing

@testable import Outbox

@Suite("What the writer remembers of lanes")
struct LaneMemoryTests {
    private let lane = LaneMemory.Lane(listener: "one", name: "a")

    @Test("One that was alone leaves an empty lane; behind one that was not, others have to be looked for")
    func release() {
        var memory = LaneMemory()
        #expect(memory.state(of: lane) == nil)
        let isUnknownToBeLookedAt = memory.release(lane)
        #expect(isUnknownToBeLookedAt)
        memory.set(lane, .taken)
        let isTakenToBeLookedAt = memory.release(lane)
        #expect(!isTakenToBeLookedAt)
        #expect(memory.state(of: lane) == .empty)
        memory.set(lane, .shared)
        let isSharedToBeLookedAt = memory.release(lane)
        #expect(isSharedToBeLookedAt)
        #expect(memory.state(of: lane) == nil)
    }

    @Test("It holds so many lanes and no more; the one that was set last is always among them")
    func bound() {
        var memory = LaneMemory()
        for number in 0..<3 * LaneMemory.lanesMax {
            let lane = LaneMemory.Lane(listener: "one", name: "\(number)")
            memory.set(lane, .taken)
            #expect(memory.state(of: lane) == .taken)
        }
        #expect(memory.states.count <= LaneMemory.lanesMax)
        // One that is known already takes no room.
        memory.forgetAll()
        for number in 0..<LaneMemory.lanesMax {
            memory.set(LaneMemory.Lane(listener: "one", name: "\(number)"), .taken)
        }
        memory.set(LaneMemory.Lane(listener: "one", name: "0"), .shared)
        #expect(memory.states.count == LaneMemory.lanesMax)
    }

    @Test("A lane that an adoption fills is not taken for empty")
    func adoption() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["new": [.unknown]])
            // The lane of this listener is known to be empty.
            try await bench.acceptEvent(to: ["new"])
            try await bench.runAll("new")
            let adopted = try await bench.acceptEvent(to: ["old"])
            _ = try await bench.operatorWork {
                try await $0.adopt(listener: "old", by: "new", isDryRun: false)
            }
            try await bench.acceptEvent(to: ["new"])
            let claim = try await bench.claim(listener: "new", limit: 5, at: OutboxBench.now)
            #expect(claim.dispatches.map(\.event) == [adopted])
            #expect(try await bench.faultsOfLaneMemory() == [])
        }
    }

    @Test("A lane that an operator fills again is not taken for empty")
    func replay() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.unknown]])
            let first = try await bench.acceptEvent()
            try await bench.runAll(ending: .permanent, .dead(.permanent))
            let now = OutboxBench.now
            try await bench.outbox.submit { context in
                try context.enqueue(
                    event: first,
                    listener: "one",
                    at: context.nextPosition(),
                    outOfOrder: false
                )
            }
            try await bench.acceptEvent()
            let claim = try await bench.claim(listener: "one", limit: 5, at: now)
            #expect(claim.dispatches.map(\.event) == [first])
            #expect(try await bench.faultsOfLaneMemory() == [])
        }
    }

    @Test("A listener with another ordering has other lanes, whatever was known of the old ones")
    func ordering() async throws {
        try await OutboxBench.use { bench in
            try await bench.register(["one": [.unknown]], ordering: .repository)
            try await bench.acceptEvent("pull_request/1")
            let first = try await bench.claim(listener: "one", limit: 1, at: OutboxBench.now)
            let running = try #require(first.dispatches.first)
            try await bench.register(["one": [.unknown]], ordering: .subject)
            let other = try await bench.acceptEvent("pull_request/2")
            let same = try await bench.acceptEvent("pull_request/1")
            let claim = try await bench.claim(listener: "one", limit: 5, at: OutboxBench.now)
            #expect(claim.dispatches.map(\.event) == [other])
            #expect(try await bench.faultsOfLaneMemory() == [])
            try await bench.outbox.finish(
                AttemptRecord(
                    running,
                    finishedAt: OutboxBench.now,
                    outcome: .delivered,
                    error: nil,
                    next: .delivered
                )
            )
            let next = try await bench.claim(listener: "one", limit: 5, at: OutboxBench.now)
            #expect(next.dispatches.map(\.event) == [same])
            #expect(try await bench.faultsOfLaneMemory() == [])
        }
    }
}
