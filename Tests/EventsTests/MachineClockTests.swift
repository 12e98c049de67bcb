import TestKit
import Testing

@testable import Events

@Suite("The machine's clocks")
struct MachineClockTests {
    @Test("Times of one clock are told as those of the other")
    func moments() {
        let moment = Moment.showing(Timestamp(milliseconds: 1000))
        #expect(moment.time(at: moment.uptime + .milliseconds(250)) == Timestamp(milliseconds: 1250))
        #expect(moment.uptime(at: Timestamp(milliseconds: 400)) == moment.uptime - .milliseconds(600))
        #expect(moment.uptime(at: moment.time) == moment.uptime)
    }

    @Test("The system's tells the time of day of this millennium, and an uptime that does not go back")
    func system() async throws {
        let clock = MachineClock.system
        #expect(clock.now() > Timestamp(milliseconds: 1_700_000_000_000))
        let before = clock.uptime()
        try await clock.sleep(.milliseconds(1))
        try await clock.sleep(until: before)
        #expect(before.duration(to: clock.uptime()) >= .milliseconds(1))
    }
}
