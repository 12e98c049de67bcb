import Events
import Providers
import Testing

@Suite("Bitbucket Data Center samples")
struct BitbucketDataCenterSampleTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let expected: [String]
        let subject: String?
        let actor: String?

        var testDescription: String { name }

        init(_ name: String, _ expected: String..., about subject: String?, by actor: String?) {
            self.name = name
            self.expected = expected
            self.subject = subject
            self.actor = actor
        }
    }

    static let merge = "commit/3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"
    static let number = "pull_request/42"

    static let rows = [
        Row("diagnostics.ping", "unknown", about: nil, by: nil),
        Row("pr.comment.added", "comment.created", about: number, by: "ben"),
        Row("pr.comment.edited", "comment.edited", about: number, by: "ben"),
        Row("pr.declined", "pull_request.closed", about: number, by: "ada"),
        Row("pr.from_ref_updated", "pull_request.synchronize", about: number, by: "cleo"),
        Row("pr.merged", "pull_request.closed", about: number, by: "ada"),
        Row(
            "pr.modified",
            "pull_request.edited",
            "pull_request.ready_for_review",
            about: number,
            by: "cleo"
        ),
        Row("pr.opened", "pull_request.opened", about: number, by: "cleo"),
        Row("pr.reviewer.approved", "pull_request_review.submitted", about: number, by: "ben"),
        Row("pr.reviewer.needs_work", "pull_request_review.submitted", about: number, by: "ben"),
        Row("pr.reviewer.unapproved", "pull_request_review.dismissed", about: number, by: "ben"),
        Row(
            "pr.reviewer.updated",
            "pull_request.review_requested",
            "pull_request.review_request_removed",
            about: number,
            by: "cleo"
        ),
        Row("repo.comment.added", "comment.created", about: merge, by: "ben"),
        Row("repo.forked", "unknown", about: nil, by: "cleo"),
        Row("repo.refs_changed", "push.pushed", about: "refs/heads/main", by: "ada"),
        Row("repo.refs_changed.tag", "push.pushed", about: "refs/tags/v1.4.0", by: "ada"),
    ]

    private func delivery(_ name: String) throws -> Delivery {
        let sample = try #require(BitbucketDataCenter().samples.first { $0.name == name })
        let hook = try Hook(BitbucketDataCenter())
        return try hook.delivery(try hook.request(sample.event, sample.body))
    }

    private func event<Wanted: Event>(_ name: String, as type: Wanted.Type = Wanted.self) throws -> Wanted {
        try #require(try delivery(name).events.first as? Wanted)
    }

    @Test("The rows are all the samples, in the order of their names")
    func complete() {
        #expect(BitbucketDataCenter().samples.map(\.name) == Self.rows.map(\.name))
    }

    @Test("A sample maps as its row says", arguments: rows)
    func mapping(row: Row) throws {
        let delivery = try delivery(row.name)
        #expect(delivery.events.map(TestDelivery.name) == row.expected && delivery.problem == nil)
        for event in delivery.events {
            #expect(event.subject == row.subject)
            #expect(event.actor?.username == row.actor)
            #expect(!event.json.contains(#":"""#))
            guard row.actor != nil else { continue }
            #expect(event.occurredAt != nil)
            #expect(event.repository?.id == "31" && event.repository?.fullName == "ACME/app")
            #expect(event.repository?.isPrivate == true)
            #expect(
                event.repository?.url == "https://bitbucket.acme.example/projects/ACME/repos/app/browse"
            )
        }
    }

    @Test("The pull request is a fork's, was pushed to, and was merged or declined")
    func pullRequests() throws {
        let opened: PullRequestEvent = try event("pr.opened")
        #expect(opened.pullRequest.isFork == true && opened.pullRequest.head.repository == "~cleo/app")
        let pushed: PullRequestEvent = try event("pr.from_ref_updated")
        #expect(pushed.pullRequest.before == opened.pullRequest.head.sha)
        #expect(pushed.pullRequest.after == pushed.pullRequest.head.sha)
        let merged: PullRequestEvent = try event("pr.merged")
        #expect(merged.pullRequest.merged == true && merged.pullRequest.mergeCommitSha != nil)
        let declined: PullRequestEvent = try event("pr.declined")
        #expect(declined.pullRequest.merged == false && declined.pullRequest.state == .closed)
        let edited: PullRequestEvent = try event("pr.modified")
        #expect(edited.pullRequest.previous == PullRequest.Previous(title: "Retry uploads"))
    }

    @Test("The push has two commits, the tag is new, the comment is on a line")
    func others() throws {
        let push: PushEvent = try event("repo.refs_changed")
        #expect(push.push.first.commitCount == 2)
        #expect(push.push.first.headMessage == "Retry uploads that time out")
        let tag: PushEvent = try event("repo.refs_changed.tag")
        #expect(tag.push.first.created == true && tag.push.first.before == nil)
        let comment: CommentEvent = try event("pr.comment.added")
        #expect(comment.comment.line == 12 && comment.comment.inReplyTo == "90070")
    }
}
