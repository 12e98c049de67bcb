import Events
import Providers
import Testing

@Suite("Bitbucket Cloud comments")
struct BitbucketCloudCommentTests {
    static let parents = """
        "pullrequest":{"id":7,"updated_on":"2026-01-03T00:00:00+00:00"},"issue":{"id":9},\
        "commit":{"hash":"cc"},"repository":{"uuid":"{r}","full_name":"acme/app"},\
        "actor":{"uuid":"{a}","nickname":"ada"}
        """

    private func json(_ more: String = "") -> String {
        """
        {"comment":{"id":5000000000,"content":{"raw":"Hi","html":"<p>Hi</p>"},\
        "user":{"uuid":"{b}","nickname":"ben"},"parent":{"id":6},\
        "inline":{"path":"a.swift","from":null,"to":4},"links":{"html":{"href":"https://x/c"}},\
        "created_on":"2026-01-01T00:00:00+00:00","updated_on":"2026-01-02T00:00:00+00:00"\(more)},\
        \(Self.parents)}
        """
    }

    private func event(_ name: String, _ json: String) throws -> CommentEvent {
        try ProvidersTests.event(name, json, from: BitbucketCloud())
    }

    private func expected(_ type: CommentType, number: Int?) -> Events.Comment {
        var comment = Events.Comment(type: type)
        comment.id = "5000000000"
        comment.body = "Hi"
        comment.author = User(id: "{b}", username: "ben")
        comment.number = number
        comment.url = "https://x/c"
        comment.inReplyTo = "6"
        comment.path = "a.swift"
        comment.line = 4
        return comment
    }

    @Test("On a pull request, also on a line of its diff")
    func pullRequest() throws {
        let event = try event("pullrequest:comment_created", json())
        #expect(event.subject == "pull_request/7")
        #expect(event.comment == expected(.pullRequest, number: 7))
        #expect(event.actor?.username == "ada")
        #expect(event.repository?.fullName == "acme/app")
    }

    @Test("On an issue")
    func issue() throws {
        let event = try event("issue:comment_created", json())
        #expect(event.action == .created && event.subject == "issue/9")
        #expect(event.comment == expected(.issue, number: 9))
    }

    @Test("On a commit")
    func commit() throws {
        let event = try event("repo:commit_comment_created", json())
        #expect(event.action == .created && event.subject == "commit/cc")
        var expected = expected(.commit, number: nil)
        expected.commitSha = "cc"
        #expect(event.comment == expected)
    }

    @Test(
        "The event's key says what happened, and which of the times is its own",
        arguments: [
            ("created", .created, "2026-01-01T00:00:00Z"), ("updated", .edited, "2026-01-02T00:00:00Z"),
            ("deleted", .deleted, "2026-01-03T00:00:00Z"), ("resolved", .resolved, "2026-01-04T00:00:00Z"),
            ("reopened", .unresolved, "2026-01-03T00:00:00Z"),
        ] as [(String, CommentAction, String)]
    )
    func actions(name: String, action: CommentAction, occurredAt: String) throws {
        let resolution = #","resolution":{"created_on":"2026-01-04T00:00:00+00:00"}"#
        let event = try event("pullrequest:comment_\(name)", json(resolution))
        #expect(event.action == action)
        #expect(event.occurredAt == (try time(occurredAt)))
    }

    @Test(
        "Of the two lines the new one counts, and the old one where there is no other",
        arguments: [
            (#"{"path":"a","from":3,"to":null}"#, 3), (#"{"path":"a","from":3,"to":4}"#, 4),
            (#"{"path":"a","from":null,"to":null}"#, nil), (#"{"path":"a"}"#, nil),
        ] as [(String, Int?)]
    )
    func lines(inline: String, line: Int?) throws {
        let comment = try event("pullrequest:comment_created", json(#","inline":\#(inline)"#)).comment
        #expect(comment.line == line && comment.path == "a")
        #expect(comment.type == .pullRequest)
    }

    @Test("A deleted comment has no text any more, a deleted account is no author")
    func nulls() throws {
        let nulls =
            #","deleted":true,"content":{"raw":""},"user":null,"parent":null,"inline":null,"links":{}"#
        let comment = try event("pullrequest:comment_deleted", json(nulls)).comment
        #expect(comment.body == nil && comment.author == nil && comment.inReplyTo == nil)
        #expect(comment.path == nil && comment.line == nil && comment.url == nil)
        #expect(comment.id == "5000000000")
    }

    @Test("Without a commit there is no subject")
    func withoutCommit() throws {
        let event = try event("repo:commit_comment_created", #"{"comment":{"id":1}}"#)
        #expect(event.subject == nil && event.comment.commitSha == nil)
    }

    @Test(
        "Without its objects it is unknown, with a problem",
        arguments: [
            ("pullrequest:comment_created", #""pullrequest":{"id":1}"#, "has no comment object"),
            ("pullrequest:comment_created", #""comment":{}"#, "has no pullrequest object"),
            (
                "pullrequest:comment_deleted", #""comment":{},"pullrequest":{}"#,
                "has no id in its pullrequest object"
            ),
            ("issue:comment_created", #""comment":{}"#, "has no issue object"),
            ("issue:comment_created", #""comment":{},"issue":{}"#, "has no id in its issue object"),
            ("repo:commit_comment_created", #""commit":{}"#, "has no comment object"),
        ]
    )
    func incomplete(name: String, fields: String, problem: String) throws {
        let result = try unknown(name, "{\(fields)}", from: BitbucketCloud())
        #expect(result.problem == "the \(name) event \(problem)")
    }
}
