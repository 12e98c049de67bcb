import Events
import Providers
import Testing

@Suite("GitHub samples")
struct GitHubSampleTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let kind: EventKind
        let action: String?
        let subject: String?
        let actor: String

        var testDescription: String { name }

        init(_ name: String, _ kind: EventKind, _ action: String?, _ subject: String?, by actor: String) {
            self.name = name
            self.kind = kind
            self.action = action
            self.subject = subject
            self.actor = actor
        }
    }

    static let merge = "commit/3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"
    static let head = "commit/2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd"

    static let rows = [
        Row("check_run.completed", .checkRun, "completed", head, by: "acme-ci[bot]"),
        Row("check_run.created", .checkRun, "created", head, by: "acme-ci[bot]"),
        Row("check_suite.completed", .checkSuite, "completed", head, by: "acme-ci[bot]"),
        Row("commit_comment.created", .comment, "created", merge, by: "ben-acme"),
        Row("issue_comment.created", .comment, "created", "pull_request/42", by: "ada-acme"),
        Row("issue_comment.edited", .comment, "edited", "issue/17", by: "ben-acme"),
        Row("issues.opened", .unknown, "opened", "issue/17", by: "ada-acme"),
        Row("ping", .unknown, nil, nil, by: "ada-acme"),
        Row("pull_request.closed", .pullRequest, "closed", "pull_request/42", by: "ada-acme"),
        Row("pull_request.labeled", .pullRequest, "labeled", "pull_request/42", by: "ada-acme"),
        Row("pull_request.opened", .pullRequest, "opened", "pull_request/42", by: "cleo-outside"),
        Row("pull_request.synchronize", .pullRequest, "synchronize", "pull_request/42", by: "cleo-outside"),
        Row(
            "pull_request_review.submitted",
            .pullRequestReview,
            "submitted",
            "pull_request/42",
            by: "ben-acme"
        ),
        Row("pull_request_review_comment.created", .comment, "created", "pull_request/42", by: "ben-acme"),
        Row(
            "pull_request_review_thread.resolved",
            .comment,
            "resolved",
            "pull_request/42",
            by: "cleo-outside"
        ),
        Row("push", .push, "pushed", "refs/heads/main", by: "ada-acme"),
        Row("push.tag", .push, "pushed", "refs/tags/v1.4.0", by: "ada-acme"),
        Row("status.success", .checkRun, "completed", merge, by: "acme-ci[bot]"),
    ]

    private func event<Wanted: Event>(_ name: String, as type: Wanted.Type = Wanted.self) throws -> Wanted {
        let sample = try #require(GitHub().samples.first { $0.name == name })
        return try ProvidersTests.event(sample.event, String(decoding: sample.body, as: UTF8.self))
    }

    @Test("The rows are all the samples, in the order of their names")
    func complete() {
        #expect(GitHub().samples.map(\.name) == Self.rows.map(\.name))
        #expect(Set(Self.rows.map(\.kind)) == Set(EventKind.allCases))
    }

    @Test("A sample maps as its row says", arguments: rows)
    func mapping(row: Row) throws {
        let sample = try #require(GitHub().samples.first { $0.name == row.name })
        let hook = try Hook()
        let delivery = try hook.delivery(try hook.request(sample.event, sample.body))
        let event = try #require(delivery.events.first)
        #expect(delivery.events.count == 1 && delivery.problem == nil)
        #expect(event.kind == row.kind)
        #expect(try AnyEvent.decode(json: Array(event.json.utf8)).action == row.action)
        #expect(event.subject == row.subject)
        #expect(event.actor?.username == row.actor)
        #expect(event.actor?.isBot == row.actor.hasSuffix("[bot]"))
        #expect(
            event.repository
                == Repository(
                    id: "750001234",
                    fullName: "acme/app",
                    isPrivate: false,
                    url: "https://github.com/acme/app"
                )
        )
        if row.kind != .unknown { #expect(event.occurredAt != nil) }
    }

    @Test("The event JSON of a sample has no empty text", arguments: rows)
    func noEmptyText(row: Row) throws {
        let sample = try #require(GitHub().samples.first { $0.name == row.name })
        let delivery = try Hook().delivery(sample.event, String(decoding: sample.body, as: UTF8.self))
        #expect(delivery.events.allSatisfy { !$0.json.contains(#":"""#) })
    }

    @Test("The opened pull request is a fork's, the synchronized one says from where to where")
    func pullRequests() throws {
        let opened: PullRequestEvent = try event("pull_request.opened")
        #expect(opened.pullRequest.isFork == true)
        #expect(opened.pullRequest.head.repository == "cleo-outside/app")
        let synchronized: PullRequestEvent = try event("pull_request.synchronize")
        #expect(synchronized.pullRequest.after == synchronized.pullRequest.head.sha)
        #expect(synchronized.pullRequest.before == opened.pullRequest.head.sha)
        let closed: PullRequestEvent = try event("pull_request.closed")
        #expect(closed.pullRequest.merged == true && closed.pullRequest.mergeCommitSha != nil)
        let labeled: PullRequestEvent = try event("pull_request.labeled")
        #expect(labeled.pullRequest.label == "bug")
    }

    @Test("The checks failed, the status passed")
    func checks() throws {
        let run: CheckRunEvent = try event("check_run.completed")
        #expect(run.checkRun.conclusion == .failure && run.checkRun.pullRequestNumbers == [41])
        let suite: CheckSuiteEvent = try event("check_suite.completed")
        #expect(suite.checkSuite.conclusion == .failure && suite.checkSuite.id == run.checkRun.checkSuiteId)
        let status: CheckRunEvent = try event("status.success")
        #expect(status.checkRun.conclusion == .success && status.checkRun.name == "ci/jenkins")
    }

    @Test("The tag is new")
    func tag() throws {
        let push: PushEvent = try event("push.tag")
        #expect(push.push.first.created == true && push.push.first.before == nil)
    }
}
