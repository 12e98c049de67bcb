import CheckFailures
import ListenerKit
import TestKit
import Testing

@Suite("The check failures listener")
struct CheckFailuresTests {
    @Test("A failed check is a line with repository, name, conclusion, commit and page")
    func failedCheck() async throws {
        let output = try await lines(of: [try event { _ in }])
        #expect(
            output == """
                check failed: acme/app "Octocoders-linter" failure at ec26c3e57ca3 \
                https://github.example/acme/app/pull/2

                """
        )
    }

    @Test("What is not known is left out, or said to be unknown")
    func bareCheck() async throws {
        var check = CheckRun(status: .completed)
        check.conclusion = .timedOut
        let envelope = EventFactory.envelope(.checkRun, isBare: true)
        let event = CheckRunEvent(envelope: envelope, action: .completed, checkRun: check)
        #expect(
            try await lines(of: [event])
                == "check failed: (unknown repository) \"(unnamed check)\" timed_out\n"
        )
    }

    @Test(
        "Only checks that ended badly are written",
        arguments: BuildConclusion.known + [BuildConclusion(rawValue: "exploded")]
    )
    func badEnds(conclusion: BuildConclusion) async throws {
        let bad: [BuildConclusion] = [.failure, .timedOut, .actionRequired]
        let output = try await lines(of: [try event { $0.conclusion = conclusion }])
        #expect(output.isEmpty == !bad.contains(conclusion))
    }

    @Test("A failure is written once, when the check is completed", arguments: CheckRunAction.known)
    func onlyCompletion(action: CheckRunAction) async throws {
        let output = try await lines(of: [try event(action) { _ in }])
        #expect(output.isEmpty == (action != .completed))
    }

    @Test("A check without a conclusion is not written")
    func noConclusion() async throws {
        #expect(try await lines(of: [try event { $0.conclusion = nil }]) == "")
    }

    private func lines(of events: [CheckRunEvent]) async throws -> String {
        try await ListenerOutput.of(events) { CheckFailures(output: $0) }
    }

    private func event(
        _ action: CheckRunAction = .completed,
        _ change: (inout CheckRun) -> Void
    ) throws -> CheckRunEvent {
        let event = try #require(EventFactory.populated(.checkRun) as? CheckRunEvent)
        var check = event.checkRun
        change(&check)
        return CheckRunEvent(envelope: event.envelope, action: action, checkRun: check)
    }
}
