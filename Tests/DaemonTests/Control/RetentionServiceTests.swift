import Events
import Logging
import TestKit
import Testing

@testable import Daemon

@Suite("Retention")
struct RetentionServiceTests {
    @Test("It prunes some minutes after the start, and every hour")
    func schedule() async throws {
        try await AdministrationBench.use { bench in
            let clock = ManualClock()
            let service = RetentionService(
                administration: bench.administration,
                clock: clock.machineClock,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            try await bench.accept("first", to: [])
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await service.run() }
                await clock.sleeper(for: RetentionService.firstWait)
                #expect(try bench.isThere(event: 1))
                clock.advance(by: RetentionService.firstWait)
                await clock.sleeper(for: RetentionService.interval)
                #expect(try bench.isThere(event: 1) == false)
                try await bench.accept("second", to: [])
                clock.advance(by: RetentionService.interval)
                await clock.sleeper(for: RetentionService.interval)
                #expect(try bench.isThere(event: 2) == false)
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }
}
