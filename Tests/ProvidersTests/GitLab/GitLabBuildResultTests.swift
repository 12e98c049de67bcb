import Events
import Providers
import Testing

@Suite("GitLab's words for results")
struct GitLabBuildResultTests {
    typealias Row = (
        word: String, status: BuildStatus, conclusion: BuildConclusion?, suite: CheckSuiteAction,
        run: CheckRunAction
    )

    static let rows: [Row] = [
        ("created", .pending, nil, .requested, .created),
        ("waiting_for_resource", .pending, nil, .requested, .updated),
        ("preparing", .pending, nil, .requested, .updated),
        ("waiting_for_callback", .pending, nil, .requested, .updated),
        ("pending", .pending, nil, .requested, .updated),
        ("scheduled", .pending, nil, .updated, .updated),
        ("running", .running, nil, .updated, .updated),
        ("canceling", .running, nil, .updated, .updated),
        ("success", .completed, .success, .completed, .completed),
        ("failed", .completed, .failure, .completed, .completed),
        ("canceled", .completed, .cancelled, .completed, .completed),
        ("skipped", .completed, .skipped, .completed, .completed),
        ("manual", .completed, .actionRequired, .completed, .completed),
        ("exploded", .pending, nil, .updated, .updated),
    ]

    @Test("Statuses of pipelines and jobs", arguments: rows)
    func statuses(row: Row) throws {
        let suite: CheckSuiteEvent = try event(
            "Pipeline Hook",
            GitLabBody.pipeline(row.word),
            from: GitLab()
        )
        #expect(suite.checkSuite.status == row.status)
        #expect(suite.checkSuite.conclusion == row.conclusion)
        #expect(suite.checkSuite.rawStatus == row.word)
        #expect(suite.checkSuite.rawConclusion == (row.status == .completed ? row.word : nil))
        #expect(suite.action == row.suite)
        let run: CheckRunEvent = try event("Job Hook", GitLabBody.job(row.word), from: GitLab())
        #expect(run.checkRun.status == row.status)
        #expect(run.checkRun.conclusion == row.conclusion)
        #expect(run.checkRun.rawStatus == row.word)
        #expect(run.checkRun.rawConclusion == (row.status == .completed ? row.word : nil))
        #expect(run.action == row.run)
    }

    @Test("A new status with a time of the end is over")
    func finished() throws {
        let time = #""2026-01-02 00:05:00 UTC""#
        let suite: CheckSuiteEvent = try event(
            "Pipeline Hook",
            GitLabBody.pipeline("exploded", #","finished_at":\#(time)"#),
            from: GitLab()
        )
        #expect(suite.action == .completed)
        #expect(suite.checkSuite.conclusion == .unknown)
        let run: CheckRunEvent = try event(
            "Job Hook",
            GitLabBody.job("exploded", #","build_finished_at":\#(time)"#),
            from: GitLab()
        )
        #expect(run.action == .completed)
        #expect(run.checkRun.conclusion == .unknown)
        #expect(run.checkRun.rawConclusion == "exploded")
    }

    @Test(
        "Why a job failed may say more, if it failed",
        arguments: [
            ("failed", "job_execution_timeout", .timedOut, "job_execution_timeout"),
            ("failed", "stuck_or_timeout_failure", .timedOut, "stuck_or_timeout_failure"),
            ("failed", "script_failure", .failure, "failed"), ("failed", "new_reason", .failure, "failed"),
            ("success", "job_execution_timeout", .success, "success"),
            ("running", "job_execution_timeout", nil, nil), ("created", "unknown_failure", nil, nil),
        ] as [(String, String, BuildConclusion?, String?)]
    )
    func reasons(status: String, reason: String, conclusion: BuildConclusion?, word: String?) throws {
        let body = GitLabBody.job(status, #","build_failure_reason":"\#(reason)""#)
        let event: CheckRunEvent = try event("Job Hook", body, from: GitLab())
        #expect(event.checkRun.conclusion == conclusion)
        #expect(event.checkRun.rawConclusion == word)
    }

    @Test("A job that may fail and fails has failed")
    func allowedFailure() throws {
        let body = GitLabBody.job("failed", #","build_allow_failure":true"#)
        let event: CheckRunEvent = try event("Job Hook", body, from: GitLab())
        #expect(event.checkRun.conclusion == .failure)
    }

    @Test("A manual job that the pipeline does not wait for waits itself")
    func optional() throws {
        let body = GitLabBody.job("manual", #","build_allow_failure":true"#)
        let event: CheckRunEvent = try event("Job Hook", body, from: GitLab())
        #expect(event.action == .updated)
        #expect(event.checkRun.status == .pending)
        #expect(event.checkRun.conclusion == nil)
    }

    static let timeout =
        #"{"status":"failed","failure_reason":"job_execution_timeout","allow_failure":false}"#
    static let stuck = #"{"status":"failed","failure_reason":"stuck_or_timeout_failure"}"#
    static let allowed = #"{"status":"failed","failure_reason":"script_failure","allow_failure":true}"#
    static let script = #"{"status":"failed","failure_reason":"script_failure","allow_failure":false}"#
    static let passed = #"{"status":"success","failure_reason":null}"#

    @Test(
        "A pipeline timed out if all the jobs that made it fail did",
        arguments: [
            ([timeout], .timedOut), ([timeout, stuck, allowed, passed], .timedOut),
            ([timeout, script], .failure), ([script], .failure), ([allowed, passed], .failure),
            ([#"{"status":"failed"}"#], .failure), ([], .failure),
        ] as [([String], BuildConclusion)]
    )
    func pipelineReasons(builds: [String], conclusion: BuildConclusion) throws {
        let more = #","builds":[\#(builds.joined(separator: ","))]"#
        let event: CheckSuiteEvent = try event(
            "Pipeline Hook",
            GitLabBody.pipeline("failed", more: more),
            from: GitLab()
        )
        #expect(event.checkSuite.conclusion == conclusion)
    }
}
