import Events
import Providers
import Testing

@Suite("Gitea's and Forgejo's words for results")
struct GiteaBuildResultTests {
    typealias Row = (String, BuildStatus, BuildConclusion?)

    @Test(
        "States of commit statuses",
        arguments: [
            ("pending", .pending, nil), ("success", .completed, .success), ("failure", .completed, .failure),
            ("error", .completed, .failure), ("warning", .completed, .neutral),
            ("skipped", .completed, .skipped), ("levitating", .pending, nil),
        ] as [Row]
    )
    func states(row: Row) throws {
        let json = GiteaCheckTests.status(#""\#(row.0)""#)
        let event: CheckRunEvent = try event("status", json, from: Gitea(.gitea))
        #expect(event.checkRun.status == row.1)
        #expect(event.checkRun.conclusion == row.2)
        #expect(event.checkRun.rawStatus == row.0)
        #expect(event.action == (row.1 == .completed ? .completed : .created))
    }

    static let workflows: [(String, String, BuildStatus, BuildConclusion?)] = [
        ("queued", "null", .pending, nil), ("waiting", "null", .pending, nil),
        ("pending", "null", .pending, nil), ("requested", "null", .pending, nil),
        ("blocked", "null", .pending, nil), ("in_progress", "null", .running, nil),
        ("running", "null", .running, nil), ("queued", #""success""#, .pending, nil),
        ("completed", #""success""#, .completed, .success),
        ("completed", #""failure""#, .completed, .failure),
        ("completed", #""cancelled""#, .completed, .cancelled),
        ("completed", #""skipped""#, .completed, .skipped), ("completed", "null", .completed, .unknown),
        ("completed", #""""#, .completed, .unknown), ("completed", #""running""#, .completed, .unknown),
        ("completed", #""exploded""#, .completed, .unknown), ("success", "null", .completed, .success),
        ("failure", "null", .completed, .failure), ("cancelled", "null", .completed, .cancelled),
        ("skipped", "null", .completed, .skipped), ("unknown", "null", .pending, nil),
        ("paused", "null", .pending, nil), ("paused", #""failure""#, .completed, .failure),
        ("", "null", .pending, nil), ("", #""exploded""#, .completed, .unknown),
    ]

    @Test("Statuses and conclusions of workflow runs and jobs", arguments: workflows)
    func workflow(row: (String, String, BuildStatus, BuildConclusion?)) throws {
        let words = #","status":"\#(row.0)","conclusion":\#(row.1)"#
        let run: CheckRunEvent = try event(
            "workflow_job",
            GiteaCheckTests.job("in_progress", words),
            from: Gitea(.gitea)
        )
        #expect(run.checkRun.status == row.2)
        #expect(run.checkRun.conclusion == row.3)
        let suite: CheckSuiteEvent = try event(
            "workflow_run",
            GiteaCheckTests.run("in_progress", words),
            from: Gitea(.gitea)
        )
        #expect(suite.checkSuite.status == row.2)
        #expect(suite.checkSuite.conclusion == row.3)
    }

    @Test("A new status with a time of completion is over")
    func completionTime() throws {
        let words = #","status":"paused","completed_at":"2026-01-01T00:00:00Z""#
        let event: CheckRunEvent = try event(
            "workflow_job",
            GiteaCheckTests.job("completed", words),
            from: Gitea(.gitea)
        )
        #expect(event.checkRun.status == .completed && event.checkRun.conclusion == .unknown)
        #expect(event.checkRun.rawStatus == "paused")
    }
}
