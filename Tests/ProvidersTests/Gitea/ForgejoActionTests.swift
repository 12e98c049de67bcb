import Events
import Providers
import Testing

@Suite("Forgejo Actions")
struct ForgejoActionTests {
    static func run(_ status: String = #""success""#, ref: String = "main") -> String {
        """
        "run":{"id":1881,"title":"T","index_in_repo":88,"workflow_id":"test.yml","prettyref":"\(ref)",\
        "commit_sha":"aa","status":\(status),"html_url":"https://x/88",\
        "started":"2026-01-01T00:01:00+01:00","stopped":"2026-01-01T00:02:00Z",\
        "updated":"2026-01-01T00:03:00Z","trigger_user":{"id":4,"login":"ada"},\
        "repository":{"id":1,"full_name":"acme/app","private":true,"html_url":"https://x"}}
        """
    }

    private func suite(_ name: String, _ json: String) throws -> CheckSuiteEvent {
        try event(name, json, from: Gitea(.forgejo))
    }

    @Test("A run that is over is a completed check suite; repository and actor are the run's")
    func runFields() throws {
        let json = #"{"action":"success",\#(Self.run()),"prior_status":"running"}"#
        let event = try suite("action_run_success", json)
        #expect(event.action == .completed)
        #expect(event.subject == "commit/aa")
        #expect(event.occurredAt == (try time("2026-01-01T00:02:00Z")))
        #expect(event.actor == User(id: "4", username: "ada"))
        #expect(
            event.repository == Repository(id: "1", fullName: "acme/app", isPrivate: true, url: "https://x")
        )
        var expected = CheckSuite(status: .completed)
        expected.conclusion = .success
        expected.rawStatus = "success"
        expected.rawConclusion = "success"
        expected.id = "1881"
        expected.headSha = "aa"
        expected.headBranch = "main"
        expected.url = "https://x/88"
        expected.app = "test.yml"
        #expect(event.checkSuite == expected)
    }

    @Test(
        "The run's own status wins over what the event is called",
        arguments: [
            ("failure", #""failure""#, .failure), ("failure", #""cancelled""#, .cancelled),
            ("failure", #""skipped""#, .skipped), ("success", #""success""#, .success),
            ("recover", #""success""#, .success), ("failure", "null", .failure),
            ("success", "null", .success),
            ("recover", #""unknown""#, .success), ("levitate", "null", .unknown),
        ] as [(String, String, BuildConclusion)]
    )
    func conclusions(action: String, status: String, conclusion: BuildConclusion) throws {
        let event = try suite("action_run_\(action)", #"{"action":"\#(action)",\#(Self.run(status))}"#)
        #expect(event.action == .completed)
        #expect(event.checkSuite.status == .completed)
        #expect(event.checkSuite.conclusion == conclusion)
        #expect(event.checkSuite.rawConclusion != nil)
    }

    @Test(
        "The ref that is written for people names a branch or a pull request",
        arguments: [
            ("main", "main", []), ("#42", nil, [42]), ("#x", nil, []), ("", nil, []),
            ("refs/heads/main", "main", []),
        ] as [(String, String?, [Int])]
    )
    func refs(ref: String, branch: String?, numbers: [Int]) throws {
        let event = try suite("action_run_failure", #"{"action":"failure",\#(Self.run(ref: ref))}"#)
        #expect(event.checkSuite.headBranch == branch)
        #expect(event.checkSuite.pullRequestNumbers == numbers)
    }

    static func job(_ action: String, status: String) -> String {
        """
        {"action":"\(action)","job":{"id":6410,"run_id":1881,"name":"test","html_url":"https://x/88/0",\
        "status":"\(status)"},\(run(#""running""#, ref: "#42")),\
        "repository":{"id":1,"full_name":"acme/app","private":true}}
        """
    }

    @Test("A job is a check run of its run, which has what the job does not tell")
    func jobFields() throws {
        let json = Self.job("job_completed", status: "failure")
        let event: CheckRunEvent = try event("workflow_job_failure", json, from: Gitea(.forgejo))
        #expect(event.subject == "commit/aa")
        #expect(event.actor == User(id: "4", username: "ada"))
        #expect(event.occurredAt == nil)
        var expected = CheckRun(status: .completed)
        expected.conclusion = .failure
        expected.rawStatus = "failure"
        expected.rawConclusion = "failure"
        expected.id = "6410"
        expected.name = "test"
        expected.headSha = "aa"
        expected.url = "https://x/88/0"
        expected.checkSuiteId = "1881"
        expected.pullRequestNumbers = [42]
        expected.app = "test.yml"
        #expect(event.checkRun == expected)
    }

    @Test(
        "What happened to a job is told in the model's words",
        arguments: [
            ("new_job_attempt", "waiting", .created), ("new_job_attempt", "blocked", .created),
            ("new_job_attempt", "skipped", .completed), ("job_status_changed", "running", .updated),
            ("job_completed", "success", .completed), ("job_completed", "cancelled", .completed),
            ("", "running", .created), ("", "success", .completed),
        ] as [(String, String, CheckRunAction)]
    )
    func jobActions(word: String, status: String, action: CheckRunAction) throws {
        for name in ["workflow_job_\(status)", "workflow_job"] {
            let event: CheckRunEvent = try event(
                name,
                Self.job(word, status: status),
                from: Gitea(.forgejo)
            )
            #expect(event.action == action)
        }
    }
}
