import Events
import Providers
import Testing

@Suite("Gitea, Forgejo and Gogs samples")
struct GiteaSampleTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let expected: String
        let subject: String
        let actor: String
        let dialects: [Gitea.Dialect]

        var testDescription: String { name }

        init(
            _ name: String,
            _ expected: String,
            _ subject: String,
            by actor: String,
            _ dialects: [Gitea.Dialect] = Gitea.Dialect.allCases
        ) {
            self.name = name
            self.expected = expected
            self.subject = subject
            self.actor = actor
            self.dialects = dialects
        }
    }

    static let head = "commit/1f0c2e9ad5f1b8a7c3e4d6f70819223344556677"
    static let merge = "commit/3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"
    static let request = "pull_request/42"
    static let new: [Gitea.Dialect] = [.forgejo, .gitea]

    static let rows = [
        Row("action_run_failure", "check_suite.completed", head, by: "cleo", [.forgejo]),
        Row("action_run_success", "check_suite.completed", merge, by: "ada", [.forgejo]),
        Row("issue_comment.created", "comment.created", "issue/17", by: "ada"),
        Row("issue_comment.created.pull_request", "comment.created", request, by: "ben"),
        Row("issues.opened", "unknown.opened", "issue/17", by: "cleo"),
        Row("pull_request.closed", "pull_request.closed", request, by: "ada"),
        Row("pull_request.edited.draft", "pull_request.converted_to_draft", request, by: "cleo", new),
        Row("pull_request.label_updated", "pull_request.labeled", request, by: "ada"),
        Row("pull_request.opened", "pull_request.opened", request, by: "cleo"),
        Row("pull_request.review_requested", "pull_request.review_requested", request, by: "ada", new),
        Row("pull_request.synchronized", "pull_request.synchronize", request, by: "cleo"),
        Row("pull_request_approved.reviewed", "pull_request_review.submitted", request, by: "ben", new),
        Row("pull_request_rejected.reviewed", "pull_request_review.submitted", request, by: "ben", new),
        Row("push", "push.pushed", "refs/heads/main", by: "ada"),
        Row("push.tag", "push.pushed", "refs/tags/v1.4.0", by: "ada"),
        Row("release.published", "unknown.published", "", by: "ada", new),
        Row("status.pending", "check_run.created", head, by: "ben", [.gitea]),
        Row("status.success", "check_run.completed", head, by: "ben", [.gitea]),
        Row("workflow_job.completed", "check_run.completed", head, by: "cleo", [.gitea]),
        Row("workflow_job.queued", "check_run.created", head, by: "cleo", [.gitea]),
        Row("workflow_job_running", "check_run.updated", merge, by: "ada", [.forgejo]),
        Row("workflow_run.completed", "check_suite.completed", head, by: "gitea-actions", [.gitea]),
    ]

    private func sample(_ name: String, _ dialect: Gitea.Dialect) throws -> Delivery {
        let provider = Gitea(dialect)
        let sample = try #require(provider.samples.first { $0.name == name })
        return try Hook(provider).delivery(sample.event, String(decoding: sample.body, as: UTF8.self))
    }

    private func event<Wanted: Event>(
        _ name: String,
        _ dialect: Gitea.Dialect = .gitea,
        as type: Wanted.Type = Wanted.self
    ) throws -> Wanted {
        try #require(try sample(name, dialect).events.first as? Wanted)
    }

    @Test("The rows are all the samples, in the order of their names", arguments: Gitea.Dialect.allCases)
    func complete(dialect: Gitea.Dialect) {
        let names = Self.rows.filter { $0.dialects.contains(dialect) }.map(\.name)
        #expect(Gitea(dialect).samples.map(\.name) == names)
    }

    @Test("A sample maps as its row says", arguments: rows)
    func mapping(row: Row) throws {
        for dialect in row.dialects {
            let delivery = try sample(row.name, dialect)
            #expect(delivery.problem == nil)
            #expect(delivery.events.map(TestDelivery.name) == [row.expected])
            let event = try #require(delivery.events.first)
            #expect(event.subject ?? "" == row.subject)
            #expect(event.actor?.username == row.actor)
            #expect(event.actor?.isBot == row.actor.hasSuffix("-actions"))
            let page = "https://git.acme.example/acme/app"
            let expected = Repository(id: "501", fullName: "acme/app", isPrivate: true, url: page)
            #expect(event.repository == expected)
            #expect(!event.json.contains(#":"""#))
        }
    }

    @Test("The opened pull request is a fork's, the closed one merged", arguments: Gitea.Dialect.allCases)
    func pullRequests(dialect: Gitea.Dialect) throws {
        let opened: PullRequestEvent = try event("pull_request.opened", dialect)
        #expect(opened.pullRequest.isFork == true)
        #expect(opened.pullRequest.head.repository == "cleo/app")
        #expect((opened.pullRequest.head.sha == nil) == (dialect == .gogs))
        let closed: PullRequestEvent = try event("pull_request.closed", dialect)
        #expect(closed.pullRequest.merged == true && closed.pullRequest.mergeCommitSha != nil)
        #expect(closed.occurredAt == (try time("2026-03-02T10:00:00Z")))
        let labeled: PullRequestEvent = try event("pull_request.label_updated", dialect)
        #expect(labeled.pullRequest.label == (dialect == .forgejo ? "bug" : nil))
    }

    @Test("The push has its newest commit's message, the tag is new", arguments: Gitea.Dialect.allCases)
    func pushes(dialect: Gitea.Dialect) throws {
        let push: PushEvent = try event("push", dialect)
        #expect(push.push.first.headMessage?.hasPrefix("Retry uploads") == true)
        #expect(push.push.first.commitCount == 2)
        let tag: PushEvent = try event("push.tag", dialect)
        #expect(tag.push.first.created == true && tag.push.first.before == nil)
    }

    @Test("The run and its job failed, the status passed")
    func checks() throws {
        let job: CheckRunEvent = try event("workflow_job.completed")
        let run: CheckSuiteEvent = try event("workflow_run.completed")
        #expect(job.checkRun.conclusion == .failure && run.checkSuite.conclusion == .failure)
        #expect(job.checkRun.checkSuiteId == run.checkSuite.id)
        let status: CheckRunEvent = try event("status.success")
        #expect(status.checkRun.conclusion == .success && status.checkRun.name == "ci/tests")
        let failed: CheckSuiteEvent = try event("action_run_failure", .forgejo)
        #expect(failed.checkSuite.conclusion == .failure && failed.checkSuite.pullRequestNumbers == [42])
        let passed: CheckSuiteEvent = try event("action_run_success", .forgejo)
        #expect(passed.checkSuite.conclusion == .success && passed.checkSuite.headBranch == "main")
    }

    @Test("One review agrees, the other wants changes")
    func reviews() throws {
        let approved: PullRequestReviewEvent = try event("pull_request_approved.reviewed")
        let rejected: PullRequestReviewEvent = try event("pull_request_rejected.reviewed", .forgejo)
        #expect(approved.review.state == .approved && rejected.review.state == .changesRequested)
    }
}
