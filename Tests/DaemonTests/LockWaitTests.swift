import Outbox
import Synchronization
import Testing

@testable import Daemon

@Suite("Waiting for an outbox")
struct LockWaitTests {
    private func opening(
        _ errors: [OutboxError],
        timeMax: Duration
    ) async throws -> (result: Result<String, OutboxError>, told: [String]) {
        let left = Mutex(errors)
        let told = Mutex<[String]>([])
        let wait = LockWait(timeMax: timeMax) { reason in told.withLock { $0.append(reason) } }
        do {
            let value = try await wait.opening {
                if let error = left.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { throw error }
                return "open"
            }
            return (.success(value), told.withLock { $0 })
        } catch let error as OutboxError {
            return (.failure(error), told.withLock { $0 })
        }
    }

    @Test("Who gives the outbox up soon is waited for, and each is told of once")
    func busy() async throws {
        let (a, b) = (OutboxError(.busy, "process 1"), OutboxError(.busy, "process 2"))
        let (result, told) = try await opening([a, a, b, b], timeMax: .seconds(3600))
        #expect(try result.get() == "open")
        #expect(told == ["process 1", "process 2"])
    }

    @Test("Who keeps it is not waited for")
    func locked() async throws {
        let (result, told) = try await opening([OutboxError(.locked, "process 1")], timeMax: .seconds(3600))
        #expect(throws: OutboxError.self) { try result.get() }
        #expect(told.isEmpty)
    }

    @Test("When the time is over, it is given up with the reason", arguments: [(0, 0), (250, 1)])
    func over(milliseconds: Int, lines: Int) async throws {
        let busy = Array(repeating: OutboxError(.busy, "process 1"), count: 100)
        let (result, told) = try await opening(busy, timeMax: .milliseconds(milliseconds))
        let error = try #require(throws: OutboxError.self) { try result.get() }
        #expect(error.message == "process 1; try again when that has ended")
        #expect(told.count == lines)
    }
}
