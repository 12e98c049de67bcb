import Events
import Providers
import Testing

@Suite("Bitbucket Data Center comments")
struct BitbucketDataCenterCommentTests {
    private func json(_ comment: String = "", outside: String = #","commentParentId":6"#) -> String {
        """
        {"date":"2026-01-03T01:00:00+0100","actor":{"id":4,"name":"ada"},"commit":"cc",\
        "repository":{"id":1,"slug":"app","project":{"key":"ACME"}},\
        "pullRequest":{"id":7,"toRef":{"repository":{"id":1,"slug":"app","project":{"key":"ACME"}}}},\
        "comment":{"id":5000000000,"version":0,"text":"Hi","author":{"id":5,"name":"ben"},\
        "createdDate":1767225600000,"updatedDate":1767312000000\(comment)}\(outside)}
        """
    }

    private func event(_ name: String, _ json: String) throws -> CommentEvent {
        try ProvidersTests.event(name, json, from: BitbucketDataCenter())
    }

    private static let actions = [
        ("added", CommentAction.created), ("edited", .edited), ("deleted", .deleted),
    ]

    @Test("On a pull request", arguments: actions)
    func pullRequest(name: String, action: CommentAction) throws {
        let event = try event("pr:comment:\(name)", json())
        #expect(event.action == action && event.subject == "pull_request/7")
        #expect(event.occurredAt == (try time("2026-01-03T00:00:00Z")))
        #expect(event.actor?.username == "ada" && event.repository?.fullName == "ACME/app")
        var expected = Events.Comment(type: .pullRequest)
        expected.id = "5000000000"
        expected.body = "Hi"
        expected.author = User(id: "5", username: "ben")
        expected.number = 7
        expected.inReplyTo = "6"
        #expect(event.comment == expected)
    }

    @Test("On a commit", arguments: actions)
    func commit(name: String, action: CommentAction) throws {
        let event = try event("repo:comment:\(name)", json(outside: ""))
        #expect(event.action == action && event.subject == "commit/cc")
        #expect(event.repository?.fullName == "ACME/app")
        #expect(event.comment.type == .commit && event.comment.commitSha == "cc")
        #expect(event.comment.number == nil && event.comment.inReplyTo == nil)
    }

    @Test(
        "Where it stands in the diff is told by the comment or beside it",
        arguments: [
            (#","anchor":{"path":"a.swift","line":4}"#, "", 4), ("", #","anchor":{"path":"a.swift"}"#, nil),
            ("", #","commentAnchor":{"path":"a.swift","line":9}"#, 9),
            (#","anchor":{"path":{"toString":"a.swift"},"line":4}"#, "", 4),
            (#","anchor":null"#, #","anchor":{"path":"a.swift","line":2}"#, 2),
        ] as [(String, String, Int?)]
    )
    func anchors(comment: String, outside: String, line: Int?) throws {
        let event = try event("pr:comment:added", json(comment, outside: outside))
        #expect(event.comment.path == "a.swift" && event.comment.line == line)
        #expect(event.comment.type == .pullRequest)
    }

    @Test("Without the event's date the comment's own counts")
    func occurredAt() throws {
        let event = try event("pr:comment:edited", json(outside: #","date":null"#))
        #expect(event.occurredAt == (try time("2026-01-02T00:00:00Z")))
    }

    @Test(
        "Without its objects it is unknown, with a problem",
        arguments: [
            ("pr:comment:added", #"{"pullRequest":{"id":1}}"#, "has no comment object"),
            ("pr:comment:added", #"{"comment":{}}"#, "has no pullRequest object"),
            ("pr:comment:added", #"{"comment":{},"pullRequest":{}}"#, "has no id in its pullRequest object"),
            ("repo:comment:added", #"{"commit":"cc"}"#, "has no comment object"),
        ]
    )
    func incomplete(name: String, json: String, problem: String) throws {
        let result = try unknown(name, json, from: BitbucketDataCenter())
        #expect(result.problem == "the \(name) event \(problem)")
    }
}
