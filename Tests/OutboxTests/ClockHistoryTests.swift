import Events
import TestKit
import Testing

@testable import Outbox

@Suite("When the clock was set")
struct ClockHistoryTests {
    private let clock = ManualClock(now: OutboxBench.now)

    private var moment: Moment { Moment(time: clock.now, uptime: clock.uptime) }

    private func history() -> ClockHistory { ClockHistory(at: moment, nextDelivery: 10) }

    private func set(_ seconds: Int, _ history: inout ClockHistory, nextDelivery: Int64) throws {
        clock.step(by: .seconds(seconds))
        let step = try #require(history.step(at: moment))
        history.note(step, at: moment, nextDelivery: nextDelivery)
    }

    @Test("A step is seen in both directions, once; time that passes and small corrections are none")
    func steps() throws {
        var history = history()
        clock.advance(by: .seconds(1_000_000))
        clock.step(by: .milliseconds(999))
        #expect(history.step(at: moment) == nil)
        clock.step(by: .milliseconds(-999))
        for seconds in [3600, -3600, 1] {
            clock.step(by: .seconds(seconds))
            #expect(history.step(at: moment) == .seconds(seconds))
            history.note(.seconds(seconds), at: moment, nextDelivery: 11)
            clock.advance(by: .seconds(5))
            #expect(history.step(at: moment) == nil)
        }
    }

    @Test("Pruning rests for a day of uptime after each step of more than a minute, and not after less")
    func rest() throws {
        var history = history()
        try set(60, &history, nextDelivery: 11)
        #expect(history.restsUntil == nil)
        try set(-61, &history, nextDelivery: 11)
        #expect(history.restsUntil == clock.uptime.advanced(by: .seconds(86_400)))
        clock.advance(by: .seconds(100))
        try set(61, &history, nextDelivery: 11)
        #expect(history.restsUntil == clock.uptime.advanced(by: .seconds(86_400)))
    }

    @Test("What was received in this run is told by today's clock; what is older stays as it was")
    func receipts() throws {
        var history = history()
        let first = clock.now
        clock.advance(by: .seconds(10))
        try set(40 * 86_400, &history, nextDelivery: 20)
        let second = clock.now
        clock.advance(by: .seconds(10))
        try set(-40 * 86_400, &history, nextDelivery: 30)
        let third = clock.now
        #expect(history.receiptTime(of: 9, shown: first) == first)
        #expect(history.receiptTime(of: 10, shown: first) == third.advanced(by: .seconds(-20)))
        #expect(history.receiptTime(of: 20, shown: second) == third.advanced(by: .seconds(-10)))
        #expect(history.receiptTime(of: 30, shown: third) == third)
    }

    @Test("Of more steps than are told apart, what came before is as young as it may be")
    func bounded() throws {
        var history = history()
        let first = clock.now
        for number in 1...100 {
            clock.advance(by: .seconds(10))
            try set(number % 2 == 0 ? -3600 : 3600, &history, nextDelivery: Int64(10 + number))
        }
        // The last 63 steps are told apart: the first of them is the end of what is not.
        let end = clock.now.advanced(by: .seconds(-620))
        #expect(history.receiptTime(of: 10, shown: first) == end)
        #expect(history.receiptTime(of: 46, shown: first) == end)
        #expect(history.receiptTime(of: 110, shown: clock.now) == clock.now)
        let shown = clock.now
        #expect(history.receiptTime(of: 108, shown: shown) == shown)
    }
}
