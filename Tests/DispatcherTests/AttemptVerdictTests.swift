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

    @Test("A missed deadline is tried again, until the attempts are used up")
    func timedOut() {
        let first = judge(.timedOut, attempt: 1)
        #expect(first.outcome == .timedOut && first.next == .pending(at: after(.seconds(5))))
        #expect(first.error?.contains("10") == true)
        #expect(judge(.timedOut, attempt: 3).next == .dead(.exhausted))
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

    @Test("A long error text is cut, and stays valid text", arguments: ["x", "é", "👩‍👩‍👧"])
    func longError(piece: String) throws {
        let text = String(repeating: piece, count: 5000)
        let error = try #require(judge(.threw(Broken(description: text)), attempt: 1).error)
        #expect(error.utf8.count <= AttemptVerdict.errorBytesMax + 16)
        #expect(error.hasSuffix("…"))
        let short = String(repeating: "y", count: AttemptVerdict.errorBytesMax)
        #expect(judge(.threw(Broken(description: short)), attempt: 1).error == short)
    }

    private func judge(_ end: AttemptEnd, attempt: Int) -> AttemptVerdict {
        AttemptVerdict(end, attempt: attempt, policy: policy, now: now, random: 0.5)
    }

    private func after(_ duration: Duration) -> Timestamp { now.advanced(by: duration) }
}
