import Events
import Providers
import Testing

@Suite("GitHub's words for results")
struct GitHubBuildResultTests {
    typealias Row = (String, String, BuildStatus, BuildConclusion?)

    static let runs: [Row] = [
        (#""queued""#, "null", .pending, nil), (#""requested""#, "null", .pending, nil),
        (#""waiting""#, "null", .pending, nil), (#""pending""#, "null", .pending, nil),
        ("null", "null", .pending, nil),
        (#""in_progress""#, "null", .running, nil), (#""completed""#, "null", .completed, .unknown),
        (#""completed""#, #""success""#, .completed, .success),
        (#""completed""#, #""failure""#, .completed, .failure),
        (#""completed""#, #""neutral""#, .completed, .neutral),
        (#""completed""#, #""cancelled""#, .completed, .cancelled),
        (#""completed""#, #""skipped""#, .completed, .skipped),
        (#""completed""#, #""timed_out""#, .completed, .timedOut),
        (#""completed""#, #""action_required""#, .completed, .actionRequired),
        (#""completed""#, #""stale""#, .completed, .unknown),
        (#""completed""#, #""startup_failure""#, .completed, .failure),
        (#""completed""#, #""waiting""#, .pending, nil), (#""completed""#, #""pending""#, .pending, nil),
        (#""completed""#, #""exploded""#, .completed, .unknown), (#""paused""#, "null", .pending, nil),
        (#""paused""#, #""failure""#, .completed, .failure),
        (#""paused""#, #""exploded""#, .completed, .unknown),
        ("null", #""success""#, .completed, .success), (#""queued""#, #""success""#, .pending, nil),
        ("7", "7", .pending, nil),
    ]

    @Test("Statuses and conclusions of checks", arguments: runs)
    func checks(row: Row) throws {
        let words = #"{"status":\#(row.0),"conclusion":\#(row.1)}"#
        let run: CheckRunEvent = try event("check_run", #"{"action":"created","check_run":\#(words)}"#)
        #expect(run.checkRun.status == row.2)
        #expect(run.checkRun.conclusion == row.3)
        let suite: CheckSuiteEvent = try event(
            "check_suite",
            #"{"action":"completed","check_suite":\#(words)}"#
        )
        #expect(suite.checkSuite.status == row.2)
        #expect(suite.checkSuite.conclusion == row.3)
    }

    @Test("A new status with a time of completion is over")
    func completionTime() throws {
        let words = #"{"status":"paused","completed_at":"2026-01-01T00:00:00Z"}"#
        let run: CheckRunEvent = try event("check_run", #"{"action":"created","check_run":\#(words)}"#)
        #expect(run.checkRun.status == .completed)
        #expect(run.checkRun.conclusion == .unknown)
        #expect(run.checkRun.rawStatus == "paused")
    }

    @Test(
        "States of commit statuses",
        arguments: [
            ("pending", .pending, nil, .created), ("success", .completed, .success, .completed),
            ("failure", .completed, .failure, .completed), ("error", .completed, .failure, .completed),
            ("levitating", .pending, nil, .created),
        ] as [(String, BuildStatus, BuildConclusion?, CheckRunAction)]
    )
    func states(state: String, status: BuildStatus, conclusion: BuildConclusion?, action: CheckRunAction)
        throws
    {
        let event: CheckRunEvent = try event("status", #"{"id":1,"sha":"aa","state":"\#(state)"}"#)
        #expect(event.action == action)
        #expect(event.checkRun.status == status)
        #expect(event.checkRun.conclusion == conclusion)
        #expect(event.checkRun.rawStatus == state)
        #expect(event.checkRun.rawConclusion == (status == .completed ? state : nil))
    }
}
