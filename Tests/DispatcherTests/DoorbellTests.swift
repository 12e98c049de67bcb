import Synchronization
import TestKit
import Testing

@testable import Dispatcher

@Suite("Doorbells", .timeLimit(.minutes(10)))
struct DoorbellTests {
    private let clock = ManualClock()

    @Test("A ring before the wait lets it pass, once")
    func ringFirst() async {
        let bell = Doorbell()
        bell.ring()
        bell.ring()
        await bell.wait(atMost: nil, clock: clock.machineClock)
        let passed = Journal<Void>()
        async let second: Void = pass(bell, passed)
        await clock.sleeper(for: .seconds(5))
        #expect(passed.elements.isEmpty)
        clock.advance(by: .seconds(5))
        await second
    }

    @Test("A ring wakes the one who waits")
    func ringWakes() async {
        let bell = Doorbell()
        let passed = Journal<Void>()
        async let waiting: Void = pass(bell, passed)
        await clock.sleeper(for: .seconds(5))
        bell.ring()
        await waiting
        #expect(passed.elements.count == 1)
    }

    @Test("Cancellation ends a wait, and leaves no ring behind")
    func cancellation() async {
        let bell = Doorbell()
        let passed = Journal<Void>()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.pass(bell, passed) }
            await clock.sleeper(for: .seconds(5))
            group.cancelAll()
        }
        #expect(passed.elements.count == 1)
        async let next: Void = pass(bell, passed)
        await clock.sleeper(for: .seconds(5))
        #expect(passed.elements.count == 1)
        bell.ring()
        await next
    }

    private func pass(_ bell: Doorbell, _ passed: Journal<Void>) async {
        await bell.wait(atMost: .seconds(5), clock: clock.machineClock)
        passed.append(())
    }
}
