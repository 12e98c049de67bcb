import Events
import TestKit
import Testing

@testable import Dispatcher

@Suite("Watching deadlines", .timeLimit(.minutes(10)))
struct RunningAttemptsTests {
    @Test("One watcher cancels each attempt at its own deadline, also those that begin while it sleeps")
    func watches() async {
        let clock = ManualClock()
        let attempts = RunningAttempts(timeout: .seconds(10), clock: clock.machineClock)
        let passed = Journal<Int64>()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await attempts.watchDeadlines { passed.append($0.dispatch.event) } }
            let runs = (1...3).map { Self.run($0, clock) }
            for run in runs { #expect(attempts.add(run)) }
            let start = clock.now
            #expect(attempts.begin(runs[0]).time == start.advanced(by: .seconds(10)))
            await clock.sleeper(for: .seconds(10))
            clock.advance(by: .seconds(4))
            #expect(attempts.begin(runs[1]).time == start.advanced(by: .seconds(14)))
            clock.advance(by: .seconds(6))
            #expect(await passed.first(1) == [1])
            await clock.sleeper(for: .seconds(4))
            clock.advance(by: .seconds(4))
            #expect(await passed.first(2) == [1, 2])
            // There is no deadline to come: the watcher rests until the next attempt, however long that is.
            clock.advance(by: .seconds(1000))
            attempts.remove(runs[0])
            attempts.remove(runs[1])
            #expect(attempts.begin(runs[2]).time == clock.now.advanced(by: .seconds(10)))
            await clock.sleeper(for: .seconds(10))
            clock.advance(by: .seconds(10))
            #expect(await passed.first(3) == [1, 2, 3])
            group.cancelAll()
        }
    }

    @Test("A clock that is set moves no deadline", arguments: [-3600, 3600])
    func timeOfDay(step seconds: Int) async {
        let clock = ManualClock()
        let attempts = RunningAttempts(timeout: .seconds(10), clock: clock.machineClock)
        let passed = Journal<Int64>()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await attempts.watchDeadlines { passed.append($0.dispatch.event) } }
            let run = Self.run(1, clock)
            #expect(attempts.add(run))
            _ = attempts.begin(run)
            clock.step(by: .seconds(seconds))
            await clock.sleeper(for: .seconds(10))
            clock.advance(by: .seconds(9))
            guard case .ahead = run.look(now: clock.uptime) else {
                Issue.record("it was cancelled too early")
                return
            }
            clock.advance(by: .seconds(1))
            #expect(await passed.first(1) == [1])
            group.cancelAll()
        }
    }

    @Test("After an interruption nothing begins any more")
    func interrupted() {
        let clock = ManualClock()
        let attempts = RunningAttempts(timeout: .seconds(10), clock: clock.machineClock)
        let run = Self.run(1, clock)
        #expect(attempts.add(run))
        #expect(attempts.interrupt().map(\.dispatch.event) == [1])
        #expect(attempts.interrupt().isEmpty)
        #expect(!attempts.add(Self.run(2, clock)))
    }

    private static func run(_ event: Int64, _ clock: ManualClock) -> AttemptRun {
        AttemptRun(.first(of: event, at: clock.now), isProbe: false, startedAt: clock.uptime)
    }
}
