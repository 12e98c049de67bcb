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

    @Test("When the wall clock is set back, time stands still until it has caught up")
    func setBack() {
        let wall = SettableTime()
        let clock = SystemClock(wall: { wall.time })
        let readings = ([5000, 1000, 4999, 5001] as [Int64]).map { milliseconds in
            wall.time = Timestamp(milliseconds: milliseconds)
            return clock.now().milliseconds
        }
        #expect(readings == [5000, 5000, 5000, 5001])
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

/// A wall clock that a test sets.
private final class SettableTime: Sendable {
    private let value = Mutex(Timestamp(milliseconds: 0))

    var time: Timestamp {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}
