import Events
import Providers
import Testing

@Suite("Gitea checks")
struct GiteaCheckTests {
    private static let common = #"""
        "repository":{"id":1,"full_name":"acme/app","private":false},
        "sender":{"id":-2,"login":"gitea-actions"}
        """#

    static func status(_ state: String, _ more: String = "") -> String {
        """
        {"id":31,"sha":"aa","context":"ci/test","state":\(state),"target_url":"https://ci/31",\
        "description":"Fine","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z",\
        \(common)\(more)}
        """
    }

    static func job(_ action: String, _ more: String = "") -> String {
        """
        {"action":"\(action)","workflow_job":{"id":641,"html_url":"https://x/641","run_id":188,"name":"test",\
        "head_sha":"aa","head_branch":"door","created_at":"2026-01-01T00:00:00Z",\
        "started_at":"1970-01-01T00:00:00Z","completed_at":"0001-01-01T00:00:00Z"\(more)},\(common)}
        """
    }

    static func run(_ action: String, _ more: String = "") -> String {
        """
        {"action":"\(action)","workflow":{"id":"test.yml","name":"Tests"},"workflow_run":{"id":188,\
        "html_url":"https://x/188","head_sha":"aa","head_branch":"refs/heads/door",\
        "started_at":"2026-01-01T00:00:00Z","completed_at":"1970-01-01T01:00:00+01:00"\(more)},\(common)}
        """
    }

    // MARK: Commit statuses

    @Test("A status that is over is a completed check run, named after its context")
    func completedStatus() throws {
        let event: CheckRunEvent = try event("status", Self.status(#""success""#), from: Gitea(.gitea))
        #expect(event.action == .completed)
        #expect(event.subject == "commit/aa")
        #expect(event.actor == User(id: "-2", username: "gitea-actions", isBot: true))
        #expect(event.occurredAt == (try time("2026-01-02T00:00:00Z")))
        var expected = CheckRun(status: .completed)
        expected.conclusion = .success
        expected.rawStatus = "success"
        expected.rawConclusion = "success"
        expected.id = "31"
        expected.name = "ci/test"
        expected.externalId = "ci/test"
        expected.headSha = "aa"
        expected.url = "https://ci/31"
        expected.completedAt = event.occurredAt
        expected.app = "ci/test"
        #expect(event.checkRun == expected)
    }

    @Test("A pending status is a created check run")
    func pendingStatus() throws {
        let more = #","updated_at":null,"sha":"","commit":{"id":"bb"}"#
        let json = Self.status(#""pending""#, more)
        let event: CheckRunEvent = try event("status", json, from: Gitea(.forgejo))
        #expect(event.action == .created)
        #expect(event.checkRun.status == .pending && event.checkRun.conclusion == nil)
        #expect(event.checkRun.rawConclusion == nil && event.checkRun.completedAt == nil)
        #expect(event.occurredAt == (try time("2026-01-01T00:00:00Z")))
        #expect(event.subject == "commit/bb")
    }

    @Test("Without a state it is unknown, with the reason", arguments: ["null", #""""#, "7"])
    func withoutState(state: String) throws {
        let (event, problem) = try unknown("status", Self.status(state), from: Gitea(.gitea))
        #expect(problem == "the status event has no state")
        #expect(event.repository?.fullName == "acme/app")
    }

    // MARK: Jobs

    @Test("A job is a check run of its run")
    func jobFields() throws {
        let more = #"""
            ,"status":"completed","conclusion":"failure","started_at":"2026-01-01T00:01:00Z",
            "completed_at":"2026-01-01T00:02:00Z"
            """#
        let event: CheckRunEvent = try event(
            "workflow_job",
            Self.job("completed", more),
            from: Gitea(.gitea)
        )
        #expect(event.action == .completed)
        #expect(event.subject == "commit/aa")
        #expect(event.occurredAt == (try time("2026-01-01T00:02:00Z")))
        var expected = CheckRun(status: .completed)
        expected.conclusion = .failure
        expected.rawStatus = "completed"
        expected.rawConclusion = "failure"
        expected.id = "641"
        expected.name = "test"
        expected.headSha = "aa"
        expected.url = "https://x/641"
        expected.checkSuiteId = "188"
        expected.startedAt = try time("2026-01-01T00:01:00Z")
        expected.completedAt = try time("2026-01-01T00:02:00Z")
        #expect(event.checkRun == expected)
    }

    @Test(
        "What happened to a job is told in the model's words",
        arguments: [
            ("queued", "queued", .created), ("waiting", "waiting", .updated),
            ("pending", "pending", .updated),
            ("requested", "requested", .created), ("in_progress", "in_progress", .updated),
            ("completed", "completed", .completed), ("queued", "completed", .completed),
            ("levitated", "queued", CheckRunAction(rawValue: "levitated")), ("", "queued", .created),
            ("", "completed", .completed),
        ] as [(String, String, CheckRunAction)]
    )
    func jobActions(word: String, status: String, action: CheckRunAction) throws {
        let json = Self.job(word, #","status":"\#(status)""#)
        let event: CheckRunEvent = try event("workflow_job", json, from: Gitea(.gitea))
        #expect(event.action == action)
        if action != .completed { #expect(event.occurredAt == (try time("2026-01-01T00:00:00Z"))) }
        #expect(event.checkRun.startedAt == nil && event.checkRun.completedAt == nil)
    }

    // MARK: Runs

    @Test("A run is a check suite named after its workflow")
    func runFields() throws {
        let more = #"""
            ,"status":"completed","conclusion":"cancelled","completed_at":"2026-01-01T00:02:00Z",
            "pull_requests":[{"number":7},{"number":0},{}]
            """#
        let event: CheckSuiteEvent = try event(
            "workflow_run",
            Self.run("completed", more),
            from: Gitea(.gitea)
        )
        #expect(event.action == .completed)
        #expect(event.subject == "commit/aa")
        #expect(event.occurredAt == (try time("2026-01-01T00:02:00Z")))
        var expected = CheckSuite(status: .completed)
        expected.conclusion = .cancelled
        expected.rawStatus = "completed"
        expected.rawConclusion = "cancelled"
        expected.id = "188"
        expected.headSha = "aa"
        expected.headBranch = "door"
        expected.url = "https://x/188"
        expected.pullRequestNumbers = [7]
        expected.app = "Tests"
        #expect(event.checkSuite == expected)
    }

    @Test(
        "What happened to a run is told in the model's words",
        arguments: [
            ("requested", "queued", .requested), ("in_progress", "in_progress", .updated),
            ("completed", "completed", .completed), ("", "waiting", .requested),
            ("", "completed", .completed),
            ("levitated", "waiting", CheckSuiteAction(rawValue: "levitated")),
        ] as [(String, String, CheckSuiteAction)]
    )
    func runActions(word: String, status: String, action: CheckSuiteAction) throws {
        let json = Self.run(word, #","status":"\#(status)""#)
        let event: CheckSuiteEvent = try event("workflow_run", json, from: Gitea(.gitea))
        #expect(event.action == action)
        if action != .completed { #expect(event.occurredAt == (try time("2026-01-01T00:00:00Z"))) }
    }

    @Test(
        "Without its object it is unknown, with the reason",
        arguments: [
            ("workflow_job", "workflow_job"), ("workflow_run", "workflow_run"),
            ("workflow_job_failure", "workflow_job"), ("action_run_failure", "run"),
        ]
    )
    func unreadable(name: String, object: String) throws {
        let result = try unknown(name, #"{"action":"completed",\#(Self.common)}"#, from: Gitea(.forgejo))
        #expect(result.problem == "the \(name) event has no \(object) object")
        #expect(result.event.action == "completed")
    }
}
