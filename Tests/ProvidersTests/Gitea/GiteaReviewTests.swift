import Events
import Providers
import Testing

@Suite("Gitea reviews")
struct GiteaReviewTests {
    private func json(
        _ review: String,
        action: String = "reviewed",
        more: String = ""
    ) -> String {
        GiteaPullRequestTests.json(action, more: #","review":\#(review)\#(more)"#)
    }

    @Test("All fields are taken over; the reviewer is the sender, and there is no id")
    func fields() throws {
        let review = #"{"type":"pull_request_review_approved","content":"Good"}"#
        let event: PullRequestReviewEvent = try event(
            "pull_request_approved",
            json(review, more: #","requested_reviewer":{"id":9,"login":"zoe"}"#),
            from: Gitea(.gitea)
        )
        #expect(event.action == .submitted)
        #expect(event.subject == "pull_request/7")
        #expect(event.occurredAt == (try time("2026-01-02T00:00:00Z")))
        var expected = PullRequestReview(state: .approved)
        expected.author = User(id: "4", username: "ada")
        expected.body = "Good"
        #expect(event.review == expected)
        #expect(event.actor == expected.author)
        #expect(
            event.pullRequest
                == PullRequestReference(number: 7, id: "9007199254740993", title: "T", url: "https://x/7")
        )
    }

    @Test(
        "The type of the review, else the event, tells the verdict",
        arguments: [
            ("pull_request_approved", "pull_request_review_approved", .approved),
            ("pull_request_rejected", "pull_request_review_rejected", .changesRequested),
            ("pull_request_comment", "pull_request_review_comment", .commented),
            ("pull_request_review", "pull_request_comment", .commented),
            ("pull_request_review_approved", "", .approved), ("pull_request_approved", "", .approved),
            ("pull_request_review_rejected", "", .changesRequested),
            ("pull_request_rejected", "?", .changesRequested),
            ("pull_request_review_comment", "", .commented), ("pull_request_comment", "", .commented),
            ("pull_request", "pull_request_review_rejected", .changesRequested),
            ("pull_request", "levitated", .unknown), ("pull_request_review", "", .unknown),
        ] as [(String, String, PullRequestReviewState)]
    )
    func states(name: String, type: String, state: PullRequestReviewState) throws {
        let review = #"{"type":"\#(type)","content":""}"#
        let event: PullRequestReviewEvent = try event(name, json(review), from: Gitea(.forgejo))
        #expect(event.review.state == state)
        #expect(event.review.body == nil)
    }

    @Test("What newer versions might tell is taken over, and so is another action")
    func newer() throws {
        let review = #"""
            {"id":9,"type":"pull_request_review_comment","content":"x","html_url":"https://x/9",
             "submitted_at":"2026-01-05T00:00:00Z"}
            """#
        let event: PullRequestReviewEvent = try event(
            "pull_request_comment",
            json(review, action: "dismissed", more: #","commit_id":"cc""#),
            from: Gitea(.gitea)
        )
        #expect(event.action == .dismissed)
        #expect(event.review.id == "9")
        #expect(event.review.commitSha == "cc")
        #expect(event.review.url == "https://x/9")
        #expect(event.review.submittedAt == (try time("2026-01-05T00:00:00Z")))
        #expect(event.occurredAt == event.review.submittedAt)
    }

    @Test("Without an action it was submitted")
    func withoutAction() throws {
        let event: PullRequestReviewEvent = try event(
            "pull_request_approved",
            json(#"{"type":"pull_request_review_approved"}"#, action: ""),
            from: Gitea(.gitea)
        )
        #expect(event.action == .submitted)
    }

    @Test("Without its objects it is unknown, with the reason")
    func unreadable() throws {
        let (event, problem) = try unknown("pull_request_approved", json("null"), from: Gitea(.gitea))
        #expect(problem == "the pull_request_approved event has no review object")
        #expect(event.subject == "pull_request/7" && event.action == "reviewed")
        let body = json(#"{"type":"pull_request_review_approved"}"#, more: #","pull_request":null"#)
        let other = try unknown("pull_request_approved", body, from: Gitea(.gitea))
        #expect(other.problem == "the pull_request_approved event has no pull_request object")
    }
}
