import Events
import Logging
import TestKit
import Testing

@testable import Telemetry

@Suite("Rate-limited log")
struct RateLimitedLogTests {
    private let clock = ManualClock()

    private func setup(linesMax: Int = 2) -> RateLimitedLog<String> {
        RateLimitedLog(linesMax: linesMax, interval: .seconds(60), clock: clock.machineClock)
    }

    @Test("Only so many lines of a key pass in an interval")
    func limit() {
        let log = setup()
        #expect((0..<5).map { _ in log.admit("a") } == [0, 0, nil, nil, nil])
        #expect(log.admit("b") == 0)
    }

    @Test("The first line of the next interval says how many were left out, once")
    func suppressed() {
        let log = setup()
        for _ in 0..<5 { _ = log.admit("a") }
        clock.advance(by: .seconds(59))
        #expect(log.admit("a") == nil)
        clock.advance(by: .seconds(1))
        #expect(log.admit("a") == 4)
        #expect(log.admit("a") == 0)
        #expect(log.admit("a") == nil)
    }

    @Test("The number stands in the line's metadata, and only if there is one")
    func metadata() {
        let lines = Lines()
        let log = setup(linesMax: 1)
        for _ in 0..<3 { log.log(.notice, "Rejected", key: "a", metadata: ["k": "v"], to: lines.logger()) }
        clock.advance(by: .seconds(60))
        log.log(.notice, "Rejected", key: "a", to: lines.logger())
        #expect(
            lines.all == [
                "2026-11-21T20:00:00.123Z notice Rejected k=v\n",
                "2026-11-21T20:00:00.123Z notice Rejected suppressed=2\n",
            ]
        )
    }

    @Test("A message that is left out is never made")
    func lazy() {
        let log = setup(linesMax: 1)
        _ = log.admit("a")
        func message() -> Logger.Message {
            Issue.record("the message was made")
            return "x"
        }
        log.log(.notice, message(), key: "a", to: Lines().logger())
        #expect(log.admit("a") == nil)
    }

    @Test("Keys beyond the limit share one allowance until others have had their interval")
    func manyKeys() {
        let log = setup()
        for number in 0..<256 { #expect(log.admit("\(number)") == 0) }
        #expect([log.admit("x"), log.admit("y"), log.admit("z")] == [0, 0, nil])
        #expect(log.admit("0") == 0)
        clock.advance(by: .seconds(60))
        #expect(log.admit("z") == 0)
        #expect(log.admit("y") == 0)
    }
}
