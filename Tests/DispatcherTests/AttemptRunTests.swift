import TestKit
import Testing

@testable import Dispatcher

@Suite("Runs of attempts", .timeLimit(.minutes(10)))
struct AttemptRunTests {
    @Test("A handler that returns because it was interrupted has not delivered, however fast it is")
    func returnsDuringInterruption() async {
        // The handler and the interruption race: it must not matter who is first.
        for _ in 0..<200 {
            let run = AttemptRun()
            let started = Journal<Void>()
            let clock = ManualClock().dispatchClock
            async let end = run.run(timeout: .seconds(10), clock: clock, onDeadline: {}) { _ in
                started.append(())
                try? await waitForCancellation()
            }
            _ = await started.first(1)
            run.interrupt()
            guard case .interrupted = await end else {
                Issue.record("it ended otherwise")
                return
            }
        }
    }

    @Test("A run that is interrupted before its handler begins is cancelled all the same")
    func interruptedFirst() async {
        let run = AttemptRun()
        run.interrupt()
        let wasCancelled = Journal<Bool>()
        let clock = ManualClock().dispatchClock
        let end = await run.run(timeout: .seconds(10), clock: clock, onDeadline: {}) { _ in
            try? await waitForCancellation()
            wasCancelled.append(Task.isCancelled)
        }
        guard case .interrupted = end else {
            Issue.record("it ended otherwise")
            return
        }
        #expect(await wasCancelled.first(1) == [true])
    }
}
