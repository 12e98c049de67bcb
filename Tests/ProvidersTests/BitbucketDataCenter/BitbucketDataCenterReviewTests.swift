import Events
import Providers
import Testing

@Suite("Bitbucket Data Center reviews")
struct BitbucketDataCenterReviewTests {
    private func json(_ more: String = "") -> String {
        """
        {"date":"2026-01-03T01:00:00+0100","actor":{"id":4,"name":"ada"},\
        "pullRequest":{"id":7,"title":"T","links":{"self":[{"href":"https://x/7"}]},\
        "toRef":{"repository":{"id":1,"slug":"app","project":{"key":"ACME"}}}},\
        "participant":{"user":{"id":5,"name":"ben"},"lastReviewedCommit":"aa","status":"X"}\(more)}
        """
    }

    private func event(_ name: String, _ json: String) throws -> PullRequestReviewEvent {
        try ProvidersTests.event(name, json, from: BitbucketDataCenter())
    }

    @Test(
        "All fields are taken over, and the event's key says the verdict",
        arguments: [
            ("approved", .submitted, .approved), ("needs_work", .submitted, .changesRequested),
            ("changes_requested", .submitted, .changesRequested), ("unapproved", .dismissed, .dismissed),
        ] as [(String, PullRequestReviewAction, PullRequestReviewState)]
    )
    func fields(name: String, action: PullRequestReviewAction, state: PullRequestReviewState) throws {
        let event = try event("pr:reviewer:\(name)", json())
        #expect(event.action == action)
        #expect(event.subject == "pull_request/7")
        #expect(event.actor?.username == "ada" && event.repository?.fullName == "ACME/app")
        #expect(event.occurredAt == (try time("2026-01-03T00:00:00Z")))
        #expect(event.pullRequest == PullRequestReference(number: 7, title: "T", url: "https://x/7"))
        var expected = PullRequestReview(state: state)
        expected.author = User(id: "5", username: "ben")
        expected.commitSha = "aa"
        if action == .submitted { expected.submittedAt = try time("2026-01-03T00:00:00Z") }
        #expect(event.review == expected)
    }

    @Test("Without a participant the actor is the reviewer", arguments: ["null", "{}"])
    func withoutParticipant(value: String) throws {
        let review = try event("pr:reviewer:approved", json(#","participant":\#(value)"#)).review
        #expect(review.author == User(id: "4", username: "ada"))
        #expect(review.commitSha == nil)
    }

    @Test("Without a pull request it is unknown, with a problem")
    func incomplete() throws {
        let result = try unknown("pr:reviewer:approved", "{}", from: BitbucketDataCenter())
        #expect(result.problem == "the pr:reviewer:approved event has no pullRequest object")
    }
}
