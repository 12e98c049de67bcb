import Events
import Providers
import Testing

@Suite("Gitea comments")
struct GiteaCommentTests {
    private func json(
        _ action: String = "created",
        issue: String = #""pull_request":null"#,
        comment: String = "",
        more: String = ""
    ) -> String {
        """
        {"action":"\(action)","issue":{"id":900,"number":7,"updated_at":"2026-01-03T00:00:00Z",\(issue)},\
        "comment":{"id":11,"body":"Why?","html_url":"https://x/11","user":{"id":5,"login":"ben"},\
        "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z"\(comment)},\
        "repository":{"id":1,"full_name":"acme/app","private":false},\
        "sender":{"id":4,"login":"ada"}\(more)}
        """
    }

    @Test("All fields are taken over")
    func fields() throws {
        let event: CommentEvent = try event("issue_comment", json(), from: Gitea(.gitea))
        #expect(event.action == .created)
        #expect(event.subject == "issue/7")
        #expect(event.occurredAt == (try time("2026-01-01T00:00:00Z")))
        #expect(event.actor == User(id: "4", username: "ada"))
        var expected = Comment(type: .issue)
        expected.id = "11"
        expected.body = "Why?"
        expected.author = User(id: "5", username: "ben")
        expected.number = 7
        expected.url = "https://x/11"
        #expect(event.comment == expected)
    }

    @Test(
        "It is a pull request's if anything says so",
        arguments: [
            (#""pull_request":null"#, #","is_pull":true"#, true),
            (#""pull_request":{"merged":false}"#, "", true),
            (#""pull_request":{"merged":false}"#, #","is_pull":false"#, true),
            (#""x":1"#, #","pull_request":{"number":7}"#, true),
            (#""pull_request":null"#, #","is_pull":false,"pull_request":null"#, false),
            (#""x":1"#, "", false),
        ]
    )
    func type(issue: String, more: String, isPull: Bool) throws {
        for dialect in Gitea.Dialect.allCases {
            let event: CommentEvent = try event(
                "issue_comment",
                json(issue: issue, more: more),
                from: Gitea(dialect)
            )
            #expect(event.comment.type == (isPull ? .pullRequest : .issue))
            #expect(event.subject == (isPull ? "pull_request/7" : "issue/7"))
            #expect(event.comment.number == 7)
        }
    }

    @Test("As an event type the name of a review means a comment, and the body tells")
    func collision() throws {
        let body = json(more: #","is_pull":true"#)
        let comment: CommentEvent = try event("pull_request_comment", body, from: Gitea(.gitea))
        #expect(comment.comment.type == .pullRequest && comment.subject == "pull_request/7")
        let review = GiteaPullRequestTests.json(
            "reviewed",
            more: #","review":{"type":"pull_request_review_comment","content":"x"}"#
        )
        let event: PullRequestReviewEvent = try event("pull_request_comment", review, from: Gitea(.gitea))
        #expect(event.review.state == .commented)
    }

    @Test("The pull request will do for the issue")
    func withoutIssue() throws {
        let body = json(more: #","issue":null,"pull_request":{"number":8,"updated_at":null}"#)
        let event: CommentEvent = try event("issue_comment", body, from: Gitea(.forgejo))
        #expect(event.subject == "pull_request/8" && event.comment.number == 8)
    }

    @Test(
        "A new comment happened when it was made, an edited one when changed, a deleted one no earlier",
        arguments: [
            ("created", "2026-01-01T00:00:00Z"), ("edited", "2026-01-02T00:00:00Z"),
            ("deleted", "2026-01-03T00:00:00Z"), ("pinned", "2026-01-03T00:00:00Z"),
        ]
    )
    func times(action: String, text: String) throws {
        let event: CommentEvent = try event("issue_comment", json(action), from: Gitea(.gitea))
        #expect(event.action.rawValue == action)
        #expect(event.occurredAt == (try time(text)))
    }

    @Test("Times that Gogs leaves unset give way to the issue's")
    func unsetTimes() throws {
        let times = #","created_at":"0001-01-01T00:00:00Z","updated_at":"0001-01-01T00:00:00Z""#
        for action in ["created", "edited", "deleted"] {
            let event: CommentEvent = try event(
                "issue_comment",
                json(action, comment: times),
                from: Gitea(.gogs)
            )
            #expect(event.occurredAt == (try time("2026-01-03T00:00:00Z")))
        }
    }

    @Test("Without an action its times tell whether it is new")
    func withoutAction() throws {
        let edited: CommentEvent = try event("issue_comment", json(""), from: Gitea(.gitea))
        #expect(edited.action == .edited)
        let same = #","updated_at":"2026-01-01T00:00:00Z""#
        let created: CommentEvent = try event("issue_comment", json("", comment: same), from: Gitea(.gitea))
        #expect(created.action == .created)
    }

    @Test("Where it stands in the code is taken over")
    func position() throws {
        let position = #","path":"door.swift","line":3,"commit_id":"aa""#
        let event: CommentEvent = try event("issue_comment", json(comment: position), from: Gitea(.gitea))
        #expect(event.comment.path == "door.swift" && event.comment.line == 3)
        #expect(event.comment.commitSha == "aa")
    }

    @Test(
        "Without its objects it is unknown, with the reason",
        arguments: [
            (#","comment":null"#, "the issue_comment event has no comment object"),
            (#","issue":null"#, "the issue_comment event has no issue object"),
            (#","issue":{"number":"x"}"#, "the issue_comment event has no number in its issue object"),
        ]
    )
    func unreadable(more: String, problem: String) throws {
        let result = try unknown("issue_comment", json(more: more), from: Gitea(.gogs))
        #expect(result.problem == problem)
        #expect(result.event.repository?.fullName == "acme/app")
    }
}
