import Events
import TestKit
import Testing

@testable import Dispatcher

@Suite("Runs of attempts", .timeLimit(.minutes(10)))
struct AttemptRunTests {
    private let now = Timestamp(milliseconds: 1_000_000)

    @Test("A handler that returns because it was interrupted has not delivered, however fast it is")
    func returnsDuringInterruption() async {
        // The handler and the interruption race: it must not matter who is first.
        for _ in 0..<200 {
            let run = makeRun()
            let (started, ends) = (Journal<Void>(), Journal<AttemptEnd>())
            run.start(on: nil) {
                started.append(())
                try? await waitForCancellation()
            } onEnd: {
                ends.append($0)
            }
            _ = await started.first(1)
            if run.interrupt() { ends.append(.interrupted) }
            guard case .interrupted? = await ends.first(1).first else {
                Issue.record("it ended otherwise")
                return
            }
        }
    }

    @Test("A run that is interrupted before its handler begins is cancelled all the same")
    func interruptedFirst() async {
        let run = makeRun()
        #expect(run.interrupt())
        let wasCancelled = Journal<Bool>()
        run.start(on: nil) {
            try? await waitForCancellation()
            wasCancelled.append(Task.isCancelled)
        } onEnd: { _ in
            Issue.record("it ends twice")
        }
        #expect(await wasCancelled.first(1) == [true])
        #expect(!run.interrupt())
    }

    @Test("A look before the deadline tells when that is, and one after it cancels the handler, once")
    func looks() async {
        let run = makeRun()
        let (started, ends) = (Journal<Void>(), Journal<AttemptEnd>())
        run.start(on: nil) {
            started.append(())
            try await waitForCancellation()
        } onEnd: {
            ends.append($0)
        }
        _ = await started.first(1)
        #expect(run.look(now: Uptime(testMilliseconds: 0)) == .none, "its time has not begun")
        let deadline = Uptime(testMilliseconds: 10_000)
        run.begin(deadline: deadline)
        #expect(run.look(now: Uptime(testMilliseconds: 0)) == .ahead(deadline))
        #expect(run.look(now: deadline) == .passed)
        #expect(run.look(now: deadline) == .none)
        guard case .timedOut? = await ends.first(1).first else {
            Issue.record("it ended otherwise")
            return
        }
    }

    @Test("A run that is over has no deadline")
    func over() async {
        let run = makeRun()
        let ends = Journal<AttemptEnd>()
        run.begin(deadline: Uptime(testMilliseconds: 0))
        run.start(on: nil) {
        } onEnd: {
            ends.append($0)
        }
        _ = await ends.first(1)
        #expect(run.look(now: Uptime(testMilliseconds: 0)) == .none)
        #expect(!run.interrupt())
    }

    private func makeRun() -> AttemptRun {
        AttemptRun(.first(of: 1, at: now), isProbe: false, startedAt: Uptime(testMilliseconds: 0))
    }
}
