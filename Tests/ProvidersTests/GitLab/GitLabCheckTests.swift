import Events
import Providers
import Testing

@Suite("GitLab pipelines and jobs")
struct GitLabCheckTests {
    private func pipeline(_ body: String) throws -> CheckSuiteEvent {
        try event("Pipeline Hook", body, from: GitLab())
    }

    private func job(_ body: String) throws -> CheckRunEvent {
        try event("Job Hook", body, from: GitLab())
    }

    @Test("A pipeline is a check suite of its commit")
    func pipelineFields() throws {
        let event = try pipeline(
            GitLabBody.pipeline(
                "success",
                #","finished_at":"2026-01-02 00:05:00 UTC","detailed_status":"passed""#,
                more: #","merge_request":{"iid":7}"#
            )
        )
        #expect(event.action == .completed)
        #expect(event.subject == "commit/a1")
        #expect(event.occurredAt == (try time("2026-01-02T00:05:00Z")))
        #expect(event.actor == User(id: "4", username: "ada"))
        var expected = CheckSuite(status: .completed)
        expected.id = "20"
        expected.conclusion = .success
        expected.rawStatus = "success"
        expected.rawConclusion = "success"
        expected.headSha = "a1"
        expected.headBranch = "door"
        expected.url = "https://x/acme/app/-/pipelines/20"
        expected.pullRequestNumbers = [7]
        expected.app = "Tests"
        #expect(event.checkSuite == expected)
    }

    @Test("The address that GitLab sends is before the one put together")
    func pipelineAddress() throws {
        let event = try pipeline(GitLabBody.pipeline("running", #","url":"https://y/20""#))
        #expect(event.checkSuite.url == "https://y/20")
    }

    @Test(
        "A tag and a merge request's own ref are no branches",
        arguments: [
            (#","tag":true,"ref":"v1""#, nil), (#","ref":"refs/merge-requests/7/head""#, "door"),
            (#","ref":"refs/heads/door""#, "door"), (#","ref":null"#, nil),
        ] as [(String, String?)]
    )
    func branch(attributes: String, branch: String?) throws {
        let parent = #","merge_request":{"iid":7,"source_branch":"door"}"#
        let event = try pipeline(GitLabBody.pipeline("running", attributes, more: parent))
        #expect(event.checkSuite.headBranch == branch)
    }

    @Test("A pipeline without a merge request has no number", arguments: ["", #","merge_request":null"#])
    func noMergeRequest(more: String) throws {
        #expect(try pipeline(GitLabBody.pipeline("running", more: more)).checkSuite.pullRequestNumbers == [])
    }

    static let builds = #"""
        ,"builds":[{"started_at":"2026-01-02 00:01:00 UTC","finished_at":"2026-01-02 00:02:00 UTC"},
        {"started_at":"2026-01-02 00:03:00 UTC","finished_at":null}]
        """#

    @Test(
        "A pipeline's last change is that of its jobs, if it has no time of its own",
        arguments: [
            ("pending", builds, "2026-01-02T00:00:00Z"), ("running", builds, "2026-01-02T00:03:00Z"),
            ("running", "", "2026-01-02T00:00:00Z"), ("manual", builds, "2026-01-02T00:03:00Z"),
        ]
    )
    func occurredAt(status: String, more: String, moment: String) throws {
        #expect(try pipeline(GitLabBody.pipeline(status, more: more)).occurredAt == (try time(moment)))
    }

    @Test("A job is a check run of its commit and its pipeline")
    func jobFields() throws {
        let event = try job(
            GitLabBody.job(
                "failed",
                #"""
                ,"build_started_at":"2026-01-02 00:01:00 UTC","build_finished_at":"2026-01-02 00:02:00 UTC",
                "build_failure_reason":"script_failure"
                """#
            )
        )
        #expect(event.action == .completed)
        #expect(event.subject == "commit/a1")
        #expect(event.repository?.fullName == "acme/app")
        #expect(event.occurredAt == (try time("2026-01-02T00:02:00Z")))
        var expected = CheckRun(status: .completed)
        expected.id = "21"
        expected.name = "unit"
        expected.conclusion = .failure
        expected.rawStatus = "failed"
        expected.rawConclusion = "failed"
        expected.headSha = "a1"
        expected.url = "https://x/acme/app/-/jobs/21"
        expected.checkSuiteId = "20"
        expected.startedAt = try time("2026-01-02T00:01:00Z")
        expected.completedAt = try time("2026-01-02T00:02:00Z")
        #expect(event.checkRun == expected)
    }

    @Test("The pipeline of a job is also the id of its commit")
    func pipelineId() throws {
        #expect(try job(GitLabBody.job("running", #","pipeline_id":null"#)).checkRun.checkSuiteId == "20")
    }

    @Test("A job that is not over has no time of its end, whatever an earlier run left")
    func retried() throws {
        let times = #"""
            ,"build_started_at":"2026-01-02 00:01:00 UTC","build_finished_at":"2026-01-01 00:02:00 UTC"
            """#
        let event = try job(GitLabBody.job("running", times))
        #expect(event.checkRun.completedAt == nil)
        #expect(event.checkRun.conclusion == nil)
        #expect(event.occurredAt == (try time("2026-01-02T00:01:00Z")))
    }

    @Test(
        "What a job's project is called comes from its addresses, not from the name for the eye",
        arguments: [
            (#"{"homepage":"https://x:3005/group/sub/app","visibility_level":10}"#, "group/sub/app"),
            (#"{"git_http_url":"http://192.0.2.1:3005/acme/app.git","visibility_level":0}"#, "acme/app"),
            (#"{"git_ssh_url":"git@x:acme/app.git","visibility_level":0}"#, "acme/app"),
            (#"{"url":"ssh://git@x:22/acme/app.git","visibility_level":0}"#, "acme/app"),
        ]
    )
    func projectName(repository: String, name: String) throws {
        let more = #","project":null,"project_id":1,"repository":\#(repository)"#
        let event = try job(GitLabBody.job("running", more))
        #expect(event.repository?.fullName == name)
        #expect(event.repository?.id == "1")
        #expect(event.repository?.isPrivate == true)
    }

    @Test("A job's page is put together from what there is of its project")
    func jobAddress() throws {
        let old = #","project":null,"repository":{"homepage":"https://x/acme/app"}"#
        #expect(try job(GitLabBody.job("running", old)).checkRun.url == "https://x/acme/app/-/jobs/21")
        #expect(try job(GitLabBody.job("running", #","project":null"#)).checkRun.url == nil)
    }

    @Test(
        "A body without its object or status is unknown, and told",
        arguments: [
            (#"{"object_kind":"pipeline"}"#, "object_attributes"),
            (#"{"object_kind":"pipeline","object_attributes":{"id":20}}"#, "status"),
            (#"{"object_kind":"build","build_id":21}"#, "status"),
        ]
    )
    func noStatus(json: String, name: String) throws {
        #expect(try unknown("Pipeline Hook", json, from: GitLab()).problem?.contains(name) == true)
    }
}
