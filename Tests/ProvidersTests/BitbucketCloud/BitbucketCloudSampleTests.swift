import Events
import Providers
import Testing

@Suite("Bitbucket Cloud samples")
struct BitbucketCloudSampleTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let expected: String
        let subject: String?
        let actor: String

        var testDescription: String { name }

        init(_ name: String, _ expected: String, _ subject: String?, by actor: String) {
            self.name = name
            self.expected = expected
            self.subject = subject
            self.actor = actor
        }
    }

    static let head = "commit/2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd"
    static let merge = "commit/3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"
    static let number = "pull_request/42"

    static let rows = [
        Row("issue.comment_created", "comment.created", "issue/17", by: "ada"),
        Row("issue.created", "unknown", "issue/17", by: "ben"),
        Row("pullrequest.approved", "pull_request_review.submitted", number, by: "ben"),
        Row("pullrequest.changes_request_created", "pull_request_review.submitted", number, by: "ben"),
        Row("pullrequest.comment_created", "comment.created", number, by: "ben"),
        Row("pullrequest.comment_resolved", "comment.resolved", number, by: "cleo"),
        Row("pullrequest.created", "pull_request.opened", number, by: "cleo"),
        Row("pullrequest.fulfilled", "pull_request.closed", number, by: "ada"),
        Row("pullrequest.rejected", "pull_request.closed", number, by: "ada"),
        Row("pullrequest.unapproved", "pull_request_review.dismissed", number, by: "ben"),
        Row("pullrequest.updated", "pull_request.edited", number, by: "cleo"),
        Row("repo.commit_comment_created", "comment.created", merge, by: "ben"),
        Row("repo.commit_status_created", "check_run.created", head, by: "acme-ci"),
        Row("repo.commit_status_updated", "check_run.completed", head, by: "acme-ci"),
        Row("repo.push", "push.pushed", "refs/heads/main", by: "ada"),
        Row("repo.push.tag", "push.pushed", "refs/tags/v1.4.0", by: "ada"),
    ]

    private func event<Wanted: Event>(_ name: String, as type: Wanted.Type = Wanted.self) throws -> Wanted {
        let sample = try #require(BitbucketCloud().samples.first { $0.name == name })
        let json = String(decoding: sample.body, as: UTF8.self)
        return try ProvidersTests.event(sample.event, json, from: BitbucketCloud())
    }

    @Test("The rows are all the samples, in the order of their names")
    func complete() {
        #expect(BitbucketCloud().samples.map(\.name) == Self.rows.map(\.name))
    }

    @Test("A sample maps as its row says", arguments: rows)
    func mapping(row: Row) throws {
        let sample = try #require(BitbucketCloud().samples.first { $0.name == row.name })
        let hook = try Hook(BitbucketCloud())
        let delivery = try hook.delivery(try hook.request(sample.event, sample.body))
        let event = try #require(delivery.events.first)
        #expect(delivery.events.map(TestDelivery.name) == [row.expected] && delivery.problem == nil)
        #expect(event.subject == row.subject)
        #expect(event.actor?.username == row.actor)
        #expect(event.actor?.isBot == (row.actor == "acme-ci"))
        #expect(event.repository?.id == "{5d3f6a70-aaaa-4c4c-9d9d-000000000010}")
        #expect(event.repository?.fullName == "acme/app" && event.repository?.isPrivate == true)
        #expect(event.repository?.url == "https://bitbucket.org/acme/app")
        #expect(!event.json.contains(#":"""#))
        if event.kind != .unknown && event.kind != .push { #expect(event.occurredAt != nil) }
    }

    @Test("The pull request is a fork's, and was merged or declined")
    func pullRequests() throws {
        let opened: PullRequestEvent = try event("pullrequest.created")
        #expect(opened.pullRequest.isFork == true && opened.pullRequest.head.repository == "cleo/app")
        let merged: PullRequestEvent = try event("pullrequest.fulfilled")
        #expect(merged.pullRequest.merged == true && merged.pullRequest.mergeCommitSha == "3c9f1de27a5b")
        let declined: PullRequestEvent = try event("pullrequest.rejected")
        #expect(declined.pullRequest.merged == false && declined.pullRequest.state == .closed)
        let updated: PullRequestEvent = try event("pullrequest.updated")
        #expect(updated.pullRequest.ambiguous == true)
    }

    @Test("The build failed, the tag is new, the comment is on a line")
    func others() throws {
        let run: CheckRunEvent = try event("repo.commit_status_updated")
        #expect(run.checkRun.conclusion == .failure && run.checkRun.externalId == "acme-ci-42")
        let push: PushEvent = try event("repo.push.tag")
        #expect(push.push.first.created == true && push.push.first.before == nil)
        let comment: CommentEvent = try event("pullrequest.comment_created")
        #expect(comment.comment.line == 12 && comment.comment.inReplyTo == "90070")
    }
}
