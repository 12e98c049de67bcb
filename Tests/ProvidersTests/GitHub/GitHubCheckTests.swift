import Events
import Providers
import Testing

@Suite("GitHub checks")
struct GitHubCheckTests {
    static let envelope = """
        "repository":{"id":1,"full_name":"acme/app","html_url":"https://x/acme/app"},\
        "sender":{"id":4,"login":"ada"}
        """

    private func runJSON(_ action: String, _ more: String = "", _ outside: String = "") -> String {
        """
        {"action":"\(action)","check_run":{"id":5000000000,"name":"tests","external_id":"b-1",\
        "head_sha":"aa","html_url":"https://x/r","details_url":"https://ci/1","status":"completed",\
        "conclusion":"failure","started_at":"2026-01-01T00:00:00Z","completed_at":"2026-01-02T00:00:00Z",\
        "check_suite":{"id":8,"updated_at":"2026-01-03T00:00:00Z"},\
        "app":{"id":2,"slug":"acme-ci","name":"Acme CI"},\
        "pull_requests":[{"number":7},{"number":null},{"id":1},3,{"number":9}]\(more)},\
        \(Self.envelope)\(outside)}
        """
    }

    private func suiteJSON(_ action: String, _ more: String = "") -> String {
        """
        {"action":"\(action)","check_suite":{"id":8,"head_sha":"aa","head_branch":"main",\
        "status":"completed",\
        "conclusion":"success","pull_requests":[{"number":7}],"app":{"name":"Acme CI"},\
        "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z"\(more)},\(Self.envelope)}
        """
    }

    @Test("All fields of a check run are taken over")
    func run() throws {
        let event: CheckRunEvent = try event("check_run", runJSON("completed"))
        #expect(event.action == .completed)
        #expect(event.subject == "commit/aa")
        #expect(event.occurredAt == (try time("2026-01-02T00:00:00Z")))
        var expected = CheckRun(status: .completed)
        expected.id = "5000000000"
        expected.name = "tests"
        expected.externalId = "b-1"
        expected.conclusion = .failure
        expected.rawStatus = "completed"
        expected.rawConclusion = "failure"
        expected.headSha = "aa"
        expected.url = "https://x/r"
        expected.checkSuiteId = "8"
        expected.pullRequestNumbers = [7, 9]
        expected.startedAt = try time("2026-01-01T00:00:00Z")
        expected.completedAt = try time("2026-01-02T00:00:00Z")
        expected.app = "acme-ci"
        #expect(event.checkRun == expected)
    }

    @Test("What may be null or empty is none")
    func nulls() throws {
        let nulls = """
            ,"external_id":"","html_url":null,"details_url":null,"conclusion":null,"completed_at":null,\
            "status":"queued","pull_requests":null,"app":null,"check_suite":null
            """
        let run = try event("check_run", runJSON("created", nulls), as: CheckRunEvent.self).checkRun
        #expect(run.externalId == nil && run.url == nil && run.conclusion == nil)
        #expect(run.completedAt == nil && run.app == nil && run.checkSuiteId == nil)
        #expect(run.rawConclusion == nil && run.rawStatus == "queued")
        #expect(run.pullRequestNumbers.isEmpty)
    }

    @Test("A button that was pressed is told")
    func requestedAction() throws {
        let json = runJSON("requested_action", "", #","requested_action":{"identifier":"fix_it"}"#)
        let event: CheckRunEvent = try event("check_run", json)
        #expect(event.action == .requestedAction)
        #expect(event.checkRun.requestedActionId == "fix_it")
    }

    @Test(
        "The time of a check run goes with its action",
        arguments: [
            ("created", "2026-01-01T00:00:00Z"), ("completed", "2026-01-02T00:00:00Z"),
            ("rerequested", "2026-01-03T00:00:00Z"), ("requested_action", "2026-01-03T00:00:00Z"),
            ("frozen", "2026-01-03T00:00:00Z"),
        ]
    )
    func actions(action: String, occurredAt: String) throws {
        let event: CheckRunEvent = try event("check_run", runJSON(action))
        #expect(event.action.rawValue == action)
        #expect(event.occurredAt == (try time(occurredAt)))
    }

    @Test("All fields of a check suite are taken over, its page put together")
    func suite() throws {
        let event: CheckSuiteEvent = try event("check_suite", suiteJSON("completed"))
        #expect(event.action == .completed)
        #expect(event.subject == "commit/aa")
        #expect(event.occurredAt == (try time("2026-01-02T00:00:00Z")))
        var expected = CheckSuite(status: .completed)
        expected.id = "8"
        expected.conclusion = .success
        expected.rawStatus = "completed"
        expected.rawConclusion = "success"
        expected.headSha = "aa"
        expected.headBranch = "main"
        expected.url = "https://x/acme/app/commit/aa/checks?check_suite_id=8"
        expected.pullRequestNumbers = [7]
        expected.app = "Acme CI"
        #expect(event.checkSuite == expected)
    }

    @Test("A check suite without branch and status is taken")
    func suiteNulls() throws {
        let nulls = #","head_branch":null,"status":null,"conclusion":null,"head_sha":null"#
        let event: CheckSuiteEvent = try event("check_suite", suiteJSON("requested", nulls))
        #expect(event.occurredAt == (try time("2026-01-01T00:00:00Z")))
        #expect(event.checkSuite.headBranch == nil && event.checkSuite.rawStatus == nil)
        #expect(event.checkSuite.status == .pending)
        #expect(event.checkSuite.url == nil && event.subject == nil)
    }

    @Test("A commit status is a check run named after its context")
    func status() throws {
        let json = """
            {"id":6805126730,"sha":"aa","name":"acme/app","context":"ci/jenkins","state":"error",\
            "target_url":"https://ci/1","description":"Build 1","branches":[],\
            "created_at":"2026-01-01T00:00:00+00:00",\
            "updated_at":"2026-01-01T00:00:01+00:00",\(Self.envelope)}
            """
        let event: CheckRunEvent = try event("status", json)
        #expect(event.subject == "commit/aa")
        #expect(event.occurredAt == (try time("2026-01-01T00:00:01Z")))
        var expected = CheckRun(status: .completed)
        expected.id = "6805126730"
        expected.name = "ci/jenkins"
        expected.externalId = "ci/jenkins"
        expected.conclusion = .failure
        expected.rawStatus = "error"
        expected.rawConclusion = "error"
        expected.headSha = "aa"
        expected.url = "https://ci/1"
        expected.completedAt = try time("2026-01-01T00:00:01Z")
        expected.app = "ci/jenkins"
        #expect(event.checkRun == expected)
    }

    @Test(
        "Without its object it is unknown, with a problem",
        arguments: [
            ("check_run", "the check_run event has no check_run object"),
            ("check_suite", "the check_suite event has no check_suite object"),
            ("status", "the status event has no state"),
        ]
    )
    func incomplete(name: String, problem: String) throws {
        #expect(try unknown(name, #"{"action":"completed"}"#).problem == problem)
    }
}
