import Dispatcher
import Events
import Synchronization
import Telemetry
import Testing

@testable import Daemon

@Suite("The system clock")
struct SystemClockTests {
    @Test("No reading is before one that anybody had")
    func neverGoesBack() async {
        let clock = SystemClock()
        let latest = LatestReading()
        await withDiscardingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<2000 {
                        let before = latest.time
                        let now = clock.now()
                        #expect(before <= now)
                        latest.note(now)
                    }
                }
            }
        }
    }

    @Test("It tells the time of day, also to the dispatcher")
    func timeOfDay() {
        let clock = SystemClock()
        let readings = [Timestamp.systemTime, clock.now(), clock.dispatchClock.now(), clock.now()]
        #expect(readings == readings.sorted())
        #expect(readings.last.map { $0 <= Timestamp.systemTime } == true)
    }
}

/// The latest time that anybody has read, known to all.
private final class LatestReading: Sendable {
    private let latest = Mutex(Timestamp(milliseconds: 0))

    var time: Timestamp { latest.withLock { $0 } }

    func note(_ time: Timestamp) { latest.withLock { $0 = max($0, time) } }
}
