import Events
import Providers
import Testing

@Suite("Bitbucket Cloud reviews")
struct BitbucketCloudReviewTests {
    private func json(_ object: String) -> String {
        """
        {"pullrequest":{"id":7,"title":"T","links":{"html":{"href":"https://x/7"}},\
        "updated_on":"2026-01-02T00:00:00+00:00"},"repository":{"uuid":"{r}","full_name":"acme/app"},\
        "actor":{"uuid":"{a}","nickname":"ada"}\(object)}
        """
    }

    private func event(_ name: String, _ object: String) throws -> PullRequestReviewEvent {
        try ProvidersTests.event(name, json(object), from: BitbucketCloud())
    }

    @Test(
        "All fields are taken over, and the event's key says the verdict",
        arguments: [
            ("pullrequest:approved", "approval", .submitted, .approved),
            ("pullrequest:unapproved", "approval", .dismissed, .dismissed),
            ("pullrequest:changes_request_created", "changes_request", .submitted, .changesRequested),
            ("pullrequest:changes_request_removed", "changes_request", .dismissed, .dismissed),
        ] as [(String, String, PullRequestReviewAction, PullRequestReviewState)]
    )
    func fields(
        name: String,
        object: String,
        action: PullRequestReviewAction,
        state: PullRequestReviewState
    ) throws {
        let detail = #"{"date":"2026-01-01T00:00:00.5+00:00","user":{"uuid":"{b}","nickname":"ben"}}"#
        let event = try event(name, #","\#(object)":\#(detail)"#)
        #expect(event.action == action)
        #expect(event.subject == "pull_request/7")
        #expect(event.actor == User(id: "{a}", username: "ada"))
        #expect(event.occurredAt == (try time("2026-01-01T00:00:00.500Z")))
        #expect(event.pullRequest == PullRequestReference(number: 7, title: "T", url: "https://x/7"))
        var expected = PullRequestReview(state: state)
        expected.author = User(id: "{b}", username: "ben")
        expected.submittedAt = action == .submitted ? try time("2026-01-01T00:00:00.500Z") : nil
        #expect(event.review == expected)
    }

    @Test("Without the approval's object the actor is the reviewer", arguments: ["", #","approval":null"#])
    func withoutObject(object: String) throws {
        let event = try event("pullrequest:approved", object)
        #expect(event.review.author == User(id: "{a}", username: "ada"))
        #expect(event.review.submittedAt == nil)
        #expect(event.occurredAt == (try time("2026-01-02T00:00:00Z")))
    }

    @Test("Without a pull request it is unknown, with a problem")
    func incomplete() throws {
        let result = try unknown("pullrequest:approved", #"{"approval":{}}"#, from: BitbucketCloud())
        #expect(result.problem == "the pullrequest:approved event has no pullrequest object")
    }
}
