import Events
import Providers
import Testing

@Suite("GitHub comments")
struct GitHubCommentTests {
    static let comment = """
        "comment":{"id":5000000000,"body":"Hi","user":{"id":3,"login":"ben"},"html_url":"https://x/c",\
        "path":"a.swift","line":4,"commit_id":"aa","in_reply_to_id":6,"created_at":"2026-01-01T00:00:00Z",\
        "updated_at":"2026-01-02T00:00:00Z"}
        """
    static let envelope = #""repository":{"id":1,"full_name":"acme/app"},"sender":{"id":4,"login":"ada"}"#

    private func json(_ parent: String, action: String = "created", comment: String = comment) -> String {
        #"{"action":"\#(action)",\#(comment),\#(parent),\#(Self.envelope)}"#
    }

    private func issueJSON(_ action: String = "created", _ more: String = "") -> String {
        json(#""issue":{"number":9,"updated_at":"2026-01-03T00:00:00Z"\#(more)}"#, action: action)
    }

    private func expected(_ type: CommentType, number: Int?) -> Events.Comment {
        var comment = Events.Comment(type: type)
        comment.id = "5000000000"
        comment.body = "Hi"
        comment.author = User(id: "3", username: "ben")
        comment.number = number
        comment.url = "https://x/c"
        comment.inReplyTo = "6"
        comment.path = "a.swift"
        comment.line = 4
        comment.commitSha = "aa"
        return comment
    }

    @Test("On an issue")
    func issue() throws {
        let event: CommentEvent = try event("issue_comment", issueJSON())
        #expect(event.subject == "issue/9")
        #expect(event.comment == expected(.issue, number: 9))
        #expect(event.actor?.username == "ada")
        #expect(event.repository?.fullName == "acme/app")
    }

    @Test("On a pull request, which the issue says that it is")
    func pullRequest() throws {
        let event: CommentEvent = try event("issue_comment", issueJSON("created", #","pull_request":{}"#))
        #expect(event.subject == "pull_request/9")
        #expect(event.comment == expected(.pullRequest, number: 9))
    }

    @Test("On an issue that says that it is no pull request")
    func nullPullRequest() throws {
        let event: CommentEvent = try event("issue_comment", issueJSON("created", #","pull_request":null"#))
        #expect(event.comment.type == .issue)
    }

    @Test("On a diff")
    func review() throws {
        let event: CommentEvent = try event(
            "pull_request_review_comment",
            json(#""pull_request":{"number":7,"updated_at":"2026-01-05T00:00:00Z"}"#)
        )
        #expect(event.subject == "pull_request/7")
        #expect(event.comment == expected(.review, number: 7))
    }

    @Test("On a diff that changed since, it has no line")
    func outdated() throws {
        let comment = #""comment":{"id":1,"path":"a","line":null,"position":null,"original_line":4}"#
        let event: CommentEvent = try event(
            "pull_request_review_comment",
            json(#""pull_request":{"number":7}"#, comment: comment)
        )
        #expect(event.comment.line == nil)
        #expect(event.comment.path == "a")
    }

    @Test("On a commit")
    func commit() throws {
        let event: CommentEvent = try event("commit_comment", json(#""x":1"#))
        #expect(event.subject == "commit/aa")
        #expect(event.comment == expected(.commit, number: nil))
    }

    @Test("A thread is told by the comment that began it", arguments: ["resolved", "unresolved"])
    func thread(action: String) throws {
        let thread = #""thread":{"node_id":"PRRT_1","comments":[{"id":5,"body":"Why?","line":4},{"id":6}]}"#
        let event: CommentEvent = try event(
            "pull_request_review_thread",
            json(
                #""pull_request":{"number":7,"updated_at":"2026-01-05T00:00:00Z"}"#,
                action: action,
                comment: thread
            )
        )
        #expect(event.action.rawValue == action)
        #expect(event.action.isKnown)
        #expect(event.subject == "pull_request/7")
        var expected = Events.Comment(type: .review)
        expected.id = "5"
        expected.body = "Why?"
        expected.line = 4
        expected.number = 7
        expected.threadId = "PRRT_1"
        #expect(event.comment == expected)
        #expect(event.occurredAt == (try time("2026-01-05T00:00:00Z")))
    }

    @Test("A thread without comments is still one", arguments: ["[]", "null"])
    func emptyThread(comments: String) throws {
        let event: CommentEvent = try event(
            "pull_request_review_thread",
            json(
                #""pull_request":{"number":7}"#,
                comment: #""thread":{"node_id":"t","comments":\#(comments)}"#
            )
        )
        #expect(event.comment.threadId == "t")
        #expect(event.comment.id == nil)
    }

    @Test(
        "The time is the comment's own, and the parent's where the comment has none for it",
        arguments: [
            ("created", "2026-01-01T00:00:00Z"), ("edited", "2026-01-02T00:00:00Z"),
            ("deleted", "2026-01-03T00:00:00Z"), ("pinned", "2026-01-03T00:00:00Z"),
            ("unpinned", "2026-01-03T00:00:00Z"), ("praised", "2026-01-03T00:00:00Z"),
        ]
    )
    func actions(action: String, occurredAt: String) throws {
        let event: CommentEvent = try event("issue_comment", issueJSON(action))
        #expect(event.action.rawValue == action)
        #expect(event.occurredAt == (try time(occurredAt)))
    }

    @Test("A deleted author and an empty body are none")
    func nulls() throws {
        let comment = #""comment":{"id":"5","user":null,"body":""}"#
        let event: CommentEvent = try event("issue_comment", json(#""issue":{"number":9}"#, comment: comment))
        #expect(event.comment.author == nil && event.comment.body == nil)
        #expect(event.comment.id == "5")
    }

    @Test(
        "Without its objects it is unknown, with a problem",
        arguments: [
            ("issue_comment", #""issue":{"number":1}"#, "has no comment object"),
            ("issue_comment", #""comment":{}"#, "has no issue object"),
            ("issue_comment", #""comment":{},"issue":{}"#, "has no number in its issue object"),
            ("commit_comment", #""comment":[]"#, "has no comment object"),
            ("pull_request_review_comment", #""comment":{}"#, "has no pull_request object"),
            ("pull_request_review_thread", #""pull_request":{"number":1}"#, "has no thread object"),
        ]
    )
    func incomplete(name: String, fields: String, problem: String) throws {
        let result = try unknown(name, #"{"action":"created",\#(fields)}"#)
        #expect(result.event.action == "created")
        #expect(result.problem == "the \(name) event \(problem)")
    }

    @Test(
        "Without an action a comment is new, or edited if it was changed since",
        arguments: [
            (#"{"id":1}"#, CommentAction.created),
            (#"{"id":1,"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z"}"#, .created),
            (#"{"id":1,"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z"}"#, .edited),
        ]
    )
    func withoutAction(comment: String, action: CommentAction) throws {
        for body in [#""action":"","#, ""] {
            let json = #"{\#(body)"comment":\#(comment),"pull_request":{"number":1}}"#
            let result: CommentEvent = try event("pull_request_review_comment", json)
            #expect(result.action == action)
        }
    }
}
