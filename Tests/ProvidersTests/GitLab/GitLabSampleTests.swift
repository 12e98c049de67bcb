import Events
import Providers
import Testing

@Suite("GitLab samples")
struct GitLabSampleTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let events: [String]
        let subject: String?
        let actor: String?

        var testDescription: String { name }

        init(_ name: String, _ events: String..., on subject: String?, by actor: String?) {
            self.name = name
            self.events = events
            self.subject = subject
            self.actor = actor
        }
    }

    static let (head, door, ada, ben, bot) = (
        "commit/2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd", "pull_request/42", "ada-acme", "ben-acme",
        "project_75001_bot_5f0c"
    )

    static let rows = [
        Row("build.created", "check_run.created", on: head, by: ada),
        Row("build.failed", "check_run.completed", on: head, by: ada),
        Row("build.running", "check_run.updated", on: head, by: ada),
        Row("issue.open", "unknown.open", on: "issue/17", by: ada),
        Row("merge_request.approved", "pull_request_review.submitted", on: door, by: ben),
        Row("merge_request.close", "pull_request.closed", on: door, by: ben),
        Row("merge_request.merge", "pull_request.closed", on: door, by: ben),
        Row("merge_request.open", "pull_request.opened", on: door, by: ada),
        Row("merge_request.reopen", "pull_request.reopened", on: door, by: ada),
        Row("merge_request.unapproved", "pull_request_review.dismissed", on: door, by: ada),
        Row(
            "merge_request.update",
            "pull_request.review_requested",
            "pull_request.labeled",
            "pull_request.edited",
            on: door,
            by: ada
        ),
        Row("merge_request.update.draft", "pull_request.ready_for_review", on: door, by: ada),
        Row("merge_request.update.push", "pull_request.synchronize", on: door, by: ada),
        Row("merge_request.update.review", "pull_request_review.submitted", on: door, by: ben),
        Row("merge_request.update.status", "unknown.update", on: door, by: ada),
        Row("note.commit", "comment.created", on: head, by: ben),
        Row("note.confidential", "comment.created", on: "issue/17", by: ben),
        Row("note.issue", "comment.edited", on: "issue/17", by: ada),
        Row("note.merge_request", "comment.created", on: door, by: ben),
        Row("note.snippet", "comment.created", on: nil, by: ada),
        Row("pipeline.failed", "check_suite.completed", on: head, by: ada),
        Row("pipeline.pending", "check_suite.requested", on: head, by: ada),
        Row("pipeline.running", "check_suite.updated", on: head, by: ada),
        Row("pipeline.success", "check_suite.completed", on: head, by: ada),
        Row("project_create", "unknown", on: nil, by: nil),
        Row("push", "push.pushed", on: "refs/heads/main", by: ben),
        Row("release.create", "unknown.create", on: nil, by: nil),
        Row("repository_update", "push.pushed", on: "refs/heads/main", by: nil),
        Row("tag_push", "push.pushed", on: "refs/tags/v1.4.0", by: bot),
    ]

    private func events(_ name: String) throws -> [any Event] {
        let sample = try #require(GitLab().samples.first { $0.name == name })
        let hook = try Hook(GitLab())
        let delivery = try hook.delivery(hook.request(sample.event, sample.body))
        #expect(delivery.problem == nil)
        return delivery.events
    }

    private func event<Wanted: Event>(_ name: String, as type: Wanted.Type = Wanted.self) throws -> Wanted {
        try #require(try events(name).first as? Wanted)
    }

    @Test("The rows are all the samples, in the order of their names")
    func complete() {
        #expect(GitLab().samples.map(\.name) == Self.rows.map(\.name))
        #expect(Set(EventKind.allCases.map(\.rawValue)).isSubset(of: Self.rows.flatMap(\.events).map(kind)))
    }

    private func kind(_ event: String) -> String { String(event.prefix { $0 != "." }) }

    @Test("A sample maps as its row says", arguments: rows)
    func mapping(row: Row) throws {
        let events = try events(row.name)
        #expect(events.map(TestDelivery.name) == row.events)
        for event in events {
            #expect(event.subject == row.subject)
            #expect(event.actor?.username == row.actor)
            #expect(event.repository?.id == "75001")
            #expect(event.repository?.fullName == "acme/app")
        }
    }

    @Test("The samples tell one story")
    func story() throws {
        let opened: PullRequestEvent = try event("merge_request.open")
        #expect(opened.pullRequest.author?.username == "ada-acme")
        #expect(opened.pullRequest.head.repository == "cleo/app")
        let merged: PullRequestEvent = try event("merge_request.merge")
        let push: PushEvent = try event("push")
        #expect(merged.pullRequest.mergeCommitSha == push.push.first.after)
        #expect(push.push.first.commitCount == 2)
        #expect(push.push.first.headMessage?.hasPrefix("Merge branch") == true)
        let tag: PushEvent = try event("tag_push")
        #expect(tag.push.first.headMessage == "Merge branch 'typo' into 'main'")
        #expect(tag.actor?.isBot == true)
        let job: CheckRunEvent = try event("build.failed")
        #expect(job.checkRun.conclusion == .timedOut)
        let pipeline: CheckSuiteEvent = try event("pipeline.failed")
        #expect(pipeline.checkSuite.conclusion == .failure)
        #expect(pipeline.checkSuite.id == job.checkRun.checkSuiteId)
        let note: CommentEvent = try event("note.merge_request")
        #expect(note.comment.line == 12)
        let secret: CommentEvent = try event("note.confidential")
        #expect(secret.repository?.isPrivate == true)
    }
}
