import Events
import ListenerKit
import Testing

@testable import Dispatcher

@Suite("Attempt verdicts")
struct AttemptVerdictTests {
    private struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    private let now = Timestamp(milliseconds: 1_000_000)
    private let policy = ListenerPolicy(
        timeout: .seconds(10),
        concurrency: 1,
        retry: RetryPolicy(maxAttempts: 3, initial: .seconds(5), factor: 3, max: .seconds(60))
    )

    @Test("A handler that returned has delivered, on the last attempt too", arguments: [1, 3])
    func returned(attempt: Int) {
        let verdict = judge(.returned, attempt: attempt)
        #expect(verdict.outcome == .delivered && verdict.error == nil && verdict.next == .delivered)
    }

    @Test("A failure is tried again after the policy's wait, until the attempts are used up")
    func failed() {
        let first = judge(.threw(Broken(description: "no route")), attempt: 1)
        #expect(first.outcome == .failed && first.error == "no route")
        #expect(first.next == .pending(at: after(.seconds(5))))
        #expect(judge(.threw(Broken(description: "")), attempt: 2).next == .pending(at: after(.seconds(15))))
        let last = judge(.threw(Broken(description: "no route")), attempt: 3)
        #expect(last.outcome == .failed && last.error == "no route" && last.next == .dead(.exhausted))
        #expect(judge(.threw(Broken(description: "")), attempt: 4).next == .dead(.exhausted))
    }

    @Test("A redrive gives the full number of attempts again, and the waits begin anew")
    func attemptsBefore() {
        let failure = AttemptEnd.threw(Broken(description: "no route"))
        let first = judge(failure, attempt: 4, attemptsBefore: 3)
        #expect(first.next == .pending(at: after(.seconds(5))))
        let second = judge(failure, attempt: 5, attemptsBefore: 3)
        #expect(second.next == .pending(at: after(.seconds(15))))
        #expect(judge(failure, attempt: 6, attemptsBefore: 3).next == .dead(.exhausted))
    }

    @Test("A missed deadline is tried again, until the attempts are used up")
    func timedOut() {
        let first = judge(.timedOut, attempt: 1)
        #expect(first.outcome == .timedOut && first.next == .pending(at: after(.seconds(5))))
        #expect(first.error?.contains("10") == true)
        #expect(judge(.timedOut, attempt: 3).next == .dead(.exhausted))
    }

    @Test("Want of room for a program counts as no attempt, not even as the last one")
    func noRoom() {
        let verdict = judge(.threw(AttemptFailure.noRoom("too many open files")), attempt: 3)
        #expect(verdict.outcome == .interrupted && verdict.error == "too many open files")
        #expect(verdict.next == .pending(at: now) && !verdict.isUnwanted)
    }

    @Test("A permanent failure is dead at once")
    func permanent() {
        let verdict = judge(.threw(ListenerError.permanent("no such channel")), attempt: 1)
        #expect(verdict.outcome == .permanent && verdict.error == "no such channel")
        #expect(verdict.next == .dead(.permanent))
    }

    @Test(
        "A listener can say when to try again, within the policy's longest wait",
        arguments: [
            (Duration.seconds(7), Duration.seconds(7)), (.zero, .zero), (.seconds(-1), .zero),
            (.seconds(3600), .seconds(60)),
        ]
    )
    func retryAfter(asked: Duration, given: Duration) {
        let verdict = judge(.threw(ListenerError.retry(after: asked, reason: "busy")), attempt: 1)
        #expect(verdict.outcome == .failed && verdict.error == "busy")
        #expect(verdict.next == .pending(at: after(given)))
        let last = judge(.threw(ListenerError.retry(after: asked, reason: "busy")), attempt: 3)
        #expect(last.next == .dead(.exhausted))
    }

    @Test("An interrupted attempt is due at once, whichever it was", arguments: [1, 3, 18])
    func interrupted(attempt: Int) {
        let verdict = judge(.interrupted, attempt: attempt)
        #expect(verdict.outcome == .interrupted && verdict.next == .pending(at: now))
    }

    @Test("A program that was ended by a signal has crashed, and is tried again like one that failed")
    func crashed() {
        let end = AttemptEnd.threw(AttemptFailure.crashed("ended by signal 9"))
        let first = judge(end, attempt: 1, crashes: 2)
        #expect(first.outcome == .crashed && first.error == "ended by signal 9")
        #expect(first.next == .pending(at: after(.seconds(5))) && !first.isCrashInIsolation)
        #expect(judge(end, attempt: 3).next == .dead(.exhausted))
    }

    @Test("What has ended the process that it ran alone in for the third time is dead", arguments: 0...4)
    func crashedAlone(crashes: Int) {
        let end = AttemptEnd.threw(AttemptFailure.crashedAlone("ended by signal 11"))
        let verdict = judge(end, attempt: 1, crashes: crashes)
        #expect(verdict.outcome == .crashed && verdict.error == "ended by signal 11")
        #expect(verdict.isCrashInIsolation)
        #expect(verdict.next == (crashes >= 2 ? .dead(.crashed) : .pending(at: after(.seconds(5)))))
    }

    @Test("A death alone counts as an attempt; the reason is the crashes when both are used up")
    func crashedAloneExhausted() {
        let end = AttemptEnd.threw(AttemptFailure.crashedAlone("ended by signal 11"))
        #expect(judge(end, attempt: 3, crashes: 1).next == .dead(.exhausted))
        #expect(judge(end, attempt: 3, crashes: 2).next == .dead(.crashed))
    }

    @Test("What the receiver does not want is pending at once and counts as no attempt", arguments: [1, 3])
    func unwanted(attempt: Int) {
        let verdict = judge(.threw(AttemptFailure.unwanted("410 Gone")), attempt: attempt)
        #expect(verdict.outcome == .interrupted && verdict.error == "410 Gone")
        #expect(verdict.next == .pending(at: now) && verdict.isUnwanted)
        #expect(!judge(.interrupted, attempt: attempt).isUnwanted)
    }

    @Test("A long error text is cut, and stays valid text", arguments: ["x", "é", "👩‍👩‍👧"])
    func longError(piece: String) throws {
        let text = String(repeating: piece, count: 5000)
        let failures: [any Error] = [
            Broken(description: text), ListenerError.permanent(text), AttemptFailure.crashed(text),
            AttemptFailure.crashedAlone(text), AttemptFailure.unwanted(text),
        ]
        for failure in failures {
            let error = try #require(judge(.threw(failure), attempt: 1).error)
            #expect(error.utf8.count <= AttemptVerdict.errorBytesMax + 16)
            #expect(error.hasSuffix("…"))
        }
        let short = String(repeating: "y", count: AttemptVerdict.errorBytesMax)
        #expect(judge(.threw(Broken(description: short)), attempt: 1).error == short)
    }

    private func judge(
        _ end: AttemptEnd,
        attempt: Int,
        attemptsBefore: Int = 0,
        crashes: Int = 0
    ) -> AttemptVerdict {
        var dispatch = ClaimedDispatch(
            event: 1,
            listener: "one",
            attempt: attempt,
            startedAt: now,
            delivery: 1,
            receivedAt: now,
            kind: "push",
            json: []
        )
        dispatch.attemptsBefore = attemptsBefore
        dispatch.crashes = crashes
        return AttemptVerdict(end, of: dispatch, policy: policy, now: now, random: 0.5)
    }

    private func after(_ duration: Duration) -> Timestamp { now.advanced(by: duration) }
}
