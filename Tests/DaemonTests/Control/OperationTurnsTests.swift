import Synchronization
import Testing

@testable import Daemon

@Suite("Turns of operations")
struct OperationTurnsTests {
    @Test("One operation at a time is at work")
    func exclusive() async throws {
        let turns = OperationTurns()
        let running = RunningCount()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    try await turns.take { () async throws(AdministrationError) in
                        running.begin()
                        for _ in 0..<20 { await Task.yield() }
                        running.end()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(running.most == 1)
    }

    @Test("A failure gives the turn on")
    func failure() async throws {
        let turns = OperationTurns()
        let error = AdministrationError(.unavailable, "why")
        await #expect(throws: error) {
            try await turns.take { () async throws(AdministrationError) in throw error }
        }
        #expect(try await turns.take { () async throws(AdministrationError) in 1 } == 1)
    }

    @Test("Only so many wait; the others are told to come back")
    func limit() async throws {
        let turns = OperationTurns()
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (starts, started) = AsyncStream.makeStream(of: Void.self)
        let (refusals, refused) = AsyncStream.makeStream(of: Void.self)
        let done = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await isDone(turns) {
                    started.finish()
                    for await _ in gate {}
                }
            }
            for await _ in starts {}
            for _ in 0...OperationTurns.waitingMax {
                group.addTask {
                    let isDone = await isDone(turns) {}
                    if !isDone { refused.finish() }
                    return isDone
                }
            }
            for await _ in refusals {}
            open.finish()
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(done == OperationTurns.waitingMax + 1)
    }

    private func isDone(_ turns: OperationTurns, _ work: () async -> Void) async -> Bool {
        do {
            try await turns.take { () async throws(AdministrationError) in await work() }
            return true
        } catch {
            return false
        }
    }
}

/// How many are at work, and how many were at the same time.
private final class RunningCount: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var most: Int { counts.withLock { $0.most } }

    func begin() {
        counts.withLock { counts in
            counts.now += 1
            counts.most = max(counts.most, counts.now)
        }
    }

    func end() { counts.withLock { $0.now -= 1 } }
}
