import Events
import Providers
import Testing

@Suite("GitLab reviews")
struct GitLabReviewTests {
    private func review(_ body: String) throws -> PullRequestReviewEvent {
        try event("Merge Request Hook", body, from: GitLab())
    }

    @Test("An approval is a review by who gave it", arguments: ["approved", "approval"])
    func approved(action: String) throws {
        let event = try review(GitLabBody.mergeRequest(action))
        #expect(event.kind == .pullRequestReview)
        #expect(event.action == .submitted)
        #expect(event.subject == "pull_request/7")
        var expected = PullRequestReview(state: .approved)
        expected.author = User(id: "4", username: "ada")
        expected.commitSha = "a1"
        expected.url = "https://x/acme/app/-/merge_requests/7"
        expected.submittedAt = try time("2026-01-02T00:00:00Z")
        #expect(event.review == expected)
        #expect(
            event.pullRequest
                == PullRequestReference(number: 7, id: "42", title: "Add a door", url: expected.url)
        )
    }

    @Test("An approval that is taken back is dismissed", arguments: ["unapproved", "unapproval"])
    func unapproved(action: String) throws {
        let event = try review(GitLabBody.mergeRequest(action))
        #expect(event.action == .dismissed)
        #expect(event.review.state == .dismissed)
        #expect(event.review.author == User(id: "4", username: "ada"))
        #expect(event.review.submittedAt == nil)
    }

    @Test(
        "A push that takes approvals back does not say whose",
        arguments: ["approvals_reset_on_push", "code_owner_approvals_reset_on_push"]
    )
    func reset(word: String) throws {
        let attributes = #","system":true,"system_action":"\#(word)""#
        let event = try review(GitLabBody.mergeRequest("unapproved", attributes))
        #expect(event.action == .dismissed)
        #expect(event.review.author == nil)
        #expect(event.actor == User(id: "4", username: "ada"))
    }

    private func reviewers(_ previous: String, _ current: String) -> String {
        let changes = #""reviewers":{"previous":[\#(previous)],"current":[\#(current)]}"#
        return GitLabBody.mergeRequest("update", changes: changes)
    }

    private func reviewer(_ state: String) -> String { #"{"id":6,"username":"cleo","state":"\#(state)"}"# }

    @Test(
        "A reviewer's new state may be a review",
        arguments: [
            ("review_started", "requested_changes", .changesRequested),
            ("unreviewed", "reviewed", .commented),
            ("reviewed", "requested_changes", .changesRequested),
        ] as [(String, String, PullRequestReviewState)]
    )
    func submitted(previous: String, current: String, state: PullRequestReviewState) throws {
        let event = try review(reviewers(reviewer(previous), reviewer(current)))
        #expect(event.action == .submitted)
        #expect(event.review.state == state)
        #expect(event.review.author == User(id: "6", username: "cleo"))
        #expect(event.actor == User(id: "4", username: "ada"))
    }

    @Test(
        "Other states are none, or have actions of their own",
        arguments: [
            ("unreviewed", "approved"), ("approved", "unapproved"), ("reviewed", "unreviewed"),
            ("unreviewed", "review_started"), ("reviewed", "reviewed"), ("unreviewed", "pondered"),
        ]
    )
    func ignored(previous: String, current: String) throws {
        let body = reviewers(reviewer(previous), reviewer(current))
        let (event, problem) = try unknown("Merge Request Hook", body, from: GitLab())
        #expect(problem == nil)
        #expect(event.action == "update")
    }

    @Test("One who was just added has reviewed nothing yet")
    func added() throws {
        let event: PullRequestEvent = try event(
            "Merge Request Hook",
            reviewers("", reviewer("requested_changes")),
            from: GitLab()
        )
        #expect(event.action == .reviewRequested)
    }
}
