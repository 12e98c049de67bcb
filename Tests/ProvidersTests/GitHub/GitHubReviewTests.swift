import Events
import Providers
import Testing

@Suite("GitHub reviews")
struct GitHubReviewTests {
    private func json(_ action: String = "submitted", review: String = "") -> String {
        """
        {"action":"\(action)","review":{"id":5000000000,"state":"approved","body":"Good","commit_id":"aa",\
        "user":{"id":3,"login":"ben"},"html_url":"https://x/r",\
        "submitted_at":"2026-01-01T00:00:00Z"\(review)},\
        "pull_request":{"id":70,"number":7,"title":"T","html_url":"https://x/7",\
        "updated_at":"2026-01-02T00:00:00Z"},\
        "repository":{"id":1,"full_name":"acme/app"},"sender":{"id":4,"login":"ada"}}
        """
    }

    @Test("All fields are taken over")
    func fields() throws {
        let event: PullRequestReviewEvent = try event("pull_request_review", json())
        #expect(event.action == .submitted)
        #expect(event.subject == "pull_request/7")
        #expect(event.actor?.username == "ada")
        #expect(event.occurredAt == (try time("2026-01-01T00:00:00Z")))
        #expect(
            event.pullRequest == PullRequestReference(number: 7, id: "70", title: "T", url: "https://x/7")
        )
        var expected = PullRequestReview(state: .approved)
        expected.id = "5000000000"
        expected.author = User(id: "3", username: "ben")
        expected.body = "Good"
        expected.commitSha = "aa"
        expected.url = "https://x/r"
        expected.submittedAt = try time("2026-01-01T00:00:00Z")
        #expect(event.review == expected)
    }

    @Test(
        "Every action of the model passes, and others as they are",
        arguments: ["submitted", "edited", "dismissed", "x"]
    )
    func actions(action: String) throws {
        let event: PullRequestReviewEvent = try event("pull_request_review", json(action))
        #expect(event.action.rawValue == action)
        let expected = action == "submitted" ? "2026-01-01T00:00:00Z" : "2026-01-02T00:00:00Z"
        #expect(event.occurredAt == (try time(expected)))
    }

    @Test(
        "States are read in either case; others are unknown",
        arguments: [
            (#""approved""#, .approved), (#""changes_requested""#, .changesRequested),
            (#""commented""#, .commented),
            (#""dismissed""#, .dismissed), (#""pending""#, .pending), (#""APPROVED""#, .approved),
            (#""delighted""#, .unknown), ("null", .unknown), ("1", .unknown), (#""""#, .unknown),
        ] as [(String, PullRequestReviewState)]
    )
    func states(value: String, state: PullRequestReviewState) throws {
        let event: PullRequestReviewEvent = try event(
            "pull_request_review",
            json(review: #","state":\#(value)"#)
        )
        #expect(event.review.state == state)
    }

    @Test("A deleted reviewer, an empty body and a missing time are none")
    func nulls() throws {
        let nulls = #","user":null,"body":null,"commit_id":null,"submitted_at":null"#
        let review = try event("pull_request_review", json(review: nulls), as: PullRequestReviewEvent.self)
            .review
        #expect(review.author == nil && review.body == nil)
        #expect(review.commitSha == nil && review.submittedAt == nil)
    }

    @Test(
        "Without its objects it is unknown, with a problem",
        arguments: [
            (
                #"{"action":"submitted","pull_request":{"number":1}}"#,
                "the pull_request_review event has no review object"
            ),
            (
                #"{"action":"submitted","review":{}}"#,
                "the pull_request_review event has no pull_request object"
            ),
            (
                #"{"action":"submitted","review":{},"pull_request":{}}"#,
                "the pull_request_review event has no number in its pull_request object"
            ),
        ]
    )
    func incomplete(json: String, problem: String) throws {
        let result = try unknown("pull_request_review", json)
        #expect(result.event.action == "submitted")
        #expect(result.problem == problem)
    }
}
