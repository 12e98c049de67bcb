import Events
import Providers
import Testing

@Suite("Azure DevOps comments")
struct AzureDevOpsCommentTests {
    typealias Bodies = AzureDevOpsDeliveries

    private func comment(_ resource: String) throws -> CommentEvent {
        try event(Bodies.comment, Bodies.body(Bodies.comment, resource), from: AzureDevOps())
    }

    @Test("All fields of a comment are taken over, its page put together")
    func created() throws {
        let event = try comment(Bodies.remark(updated: "00:00"))
        let ada = User(id: "u-4", username: "ada@acme.example")
        #expect(event.action == .created)
        #expect(event.subject == "pull_request/7")
        #expect(event.actor == ada)
        #expect(event.repository?.fullName == "acme/app" && event.repository?.id == "r-1")
        #expect(event.occurredAt == (try time("2026-01-03T00:00:00Z")))
        var expected = Comment(type: .pullRequest)
        expected.id = "2"
        expected.body = "Why?"
        expected.author = ada
        expected.number = 7
        expected.url = "https://x/acme/_git/app/pullrequest/7?discussionId=5"
        expected.threadId = "5"
        expected.inReplyTo = "1"
        #expect(event.comment == expected)
    }

    @Test(
        "It was edited if it was updated later, deleted if it says so",
        arguments: [
            ("00:01", "", .edited, "2026-01-03T00:00:01Z"),
            ("00:00", #","isDeleted":false"#, .created, "2026-01-03T00:00:00Z"),
            ("00:01", #","isDeleted":true"#, .deleted, "2026-01-05T00:00:00.123Z"),
            ("00:00", #","isDeleted":true,"content":null"#, .deleted, "2026-01-05T00:00:00.123Z"),
            ("00:00", #","lastUpdatedDate":null"#, .created, "2026-01-03T00:00:00Z"),
            ("00:00", #","publishedDate":null"#, .edited, "2026-01-03T00:00:00Z"),
        ] as [(String, String, CommentAction, String)]
    )
    func actions(updated: String, more: String, action: CommentAction, occurredAt: String) throws {
        let event = try comment(Bodies.remark(updated: updated, more: more))
        #expect(event.action == action)
        #expect(event.occurredAt == (try time(occurredAt)))
    }

    @Test(
        "The first comment of a thread answers none",
        arguments: [#","parentCommentId":0"#, #","parentCommentId":null"#]
    )
    func firstComment(more: String) throws {
        #expect(try comment(Bodies.remark(updated: "00:00", more: more)).comment.inReplyTo == nil)
    }

    @Test(
        "Notes of the machine say so",
        arguments: [("system", true), ("text", false), ("codeChange", false)]
    )
    func system(type: String, isSystem: Bool) throws {
        let resource = Bodies.remark(updated: "00:00", more: #","commentType":"\#(type)""#)
        #expect(try comment(resource).comment.isSystem == isSystem)
    }

    @Test("The older version is the comment alone, with pull request, thread and repository in its links")
    func older() throws {
        let event = try comment(
            #"""
            {"id":2,"parentCommentId":0,"author":\#(Bodies.ada),"content":"Why?",
            "publishedDate":"2026-01-03T00:00:00Z","lastUpdatedDate":"2026-01-03T00:00:00Z",
            "commentType":"text","_links":{
            "self":{"href":"https://x/_apis/git/repositories/r-1/pullRequests/7/threads/5/comments/2"},
            "repository":{"href":"https://x/p-1/_apis/git/repositories/r-1"}}}
            """#
        )
        #expect(event.action == .created && event.subject == "pull_request/7")
        #expect(event.comment.number == 7 && event.comment.threadId == "5" && event.comment.body == "Why?")
        #expect(event.repository == Repository(id: "r-1", fullName: nil, isPrivate: nil, url: nil))
        #expect(event.comment.url == nil)
    }

    @Test(
        "Without comment or pull request it is unknown, with a problem",
        arguments: [
            ("null", "has no resource object"), ("{}", "has no comment object"),
            (#"{"pullRequest":{"pullRequestId":7}}"#, "has no comment object"),
            (#"{"comment":{"id":2,"content":"Why?"}}"#, "has no pullRequestId"),
            (
                #"{"comment":{"_links":{"threads":{"href":"pullRequests/x/threads/5"}}}}"#,
                "has no pullRequestId"
            ),
            (#"{"comment":{"_links":{"threads":{"href":"x/pullRequests"}}}}"#, "has no pullRequestId"),
        ]
    )
    func incomplete(resource: String, problem: String) throws {
        let json = Bodies.body(Bodies.comment, resource)
        #expect(
            try unknown(Bodies.comment, json, from: AzureDevOps()).problem
                == "the \(Bodies.comment) event \(problem)"
        )
    }
}
