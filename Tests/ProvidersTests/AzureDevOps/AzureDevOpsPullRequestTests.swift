import Events
import Providers
import Testing

@Suite("Azure DevOps pull requests")
struct AzureDevOpsPullRequestTests {
    typealias Bodies = AzureDevOpsDeliveries

    private func pullRequest(
        _ event: String,
        _ resource: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> PullRequestEvent {
        try ProvidersTests.event(
            event,
            Bodies.body(event, resource),
            from: AzureDevOps(),
            sourceLocation: sourceLocation
        )
    }

    @Test("All fields of a new pull request are taken over")
    func created() throws {
        let event = try pullRequest(Bodies.created, Bodies.pullRequest())
        let ada = User(id: "u-4", username: "ada@acme.example")
        #expect(event.action == .opened)
        #expect(event.subject == "pull_request/7")
        #expect(event.actor == ada)
        #expect(event.occurredAt == (try time("2026-01-01T00:00:00Z")))
        let repository = Repository(
            id: "r-1",
            fullName: "acme/app",
            isPrivate: false,
            url: "https://x/acme/_git/app"
        )
        #expect(event.repository == repository)
        var expected = PullRequest(number: 7)
        expected.title = "Add a door"
        expected.description = "It opens."
        expected.author = ada
        expected.state = .open
        expected.merged = false
        expected.draft = false
        expected.isFork = false
        expected.url = "https://x/acme/_git/app/pullrequest/7#view=discussion"
        expected.head = PullRequest.Branch(ref: "door", sha: "a1", repository: "acme/app")
        expected.base = PullRequest.Branch(ref: "main", sha: "b2", repository: "acme/app")
        #expect(event.pullRequest == expected)
    }

    @Test("An update that closes nothing is an edit of which nobody knows what it was, by nobody knows whom")
    func edited() throws {
        let event = try pullRequest(Bodies.updated, Bodies.pullRequest())
        #expect(event.action == .edited && event.pullRequest.ambiguous == true)
        #expect(event.actor == nil && event.pullRequest.author?.id == "u-4")
        #expect(event.occurredAt == (try time("2026-01-05T00:00:00.123Z")))
    }

    @Test(
        "A completed pull request is merged, an abandoned one is not",
        arguments: [
            (Bodies.updated, "completed"), (Bodies.updated, "abandoned"), (Bodies.merged, "completed"),
        ]
    )
    func closed(event: String, status: String) throws {
        let event = try pullRequest(event, Bodies.pullRequest(status))
        let isMerged = status == "completed"
        #expect(event.action == .closed && event.actor == nil)
        #expect(event.pullRequest.state == .closed && event.pullRequest.merged == isMerged)
        #expect(event.pullRequest.mergeCommitSha == (isMerged ? "c3" : nil))
        #expect(event.pullRequest.mergedAt == (isMerged ? try time("2026-01-02T00:00:00Z") : nil))
        #expect(event.occurredAt == (try time("2026-01-02T00:00:00Z")))
        #expect(event.pullRequest.ambiguous == nil)
    }

    @Test(
        "A merge that was only tried is unknown, in its pull request's lane",
        arguments: [
            Bodies.pullRequest(), Bodies.pullRequest("abandoned"),
            Bodies.pullRequest("completed", more: #","mergeStatus":"conflicts""#),
            Bodies.pullRequest("completed", more: #","mergeStatus":null"#),
            #"{"pullRequestId":7}"#,
        ]
    )
    func mergeAttempt(resource: String) throws {
        let json = Bodies.body(Bodies.merged, resource)
        let (event, problem) = try unknown(Bodies.merged, json, from: AzureDevOps())
        #expect(event.subject == "pull_request/7" && event.action == nil)
        #expect(problem == nil)
        if resource.contains("repository") { #expect(event.repository?.fullName == "acme/app") }
    }

    @Test("A fork's head is in the fork, and the base repository is the event's")
    func fork() throws {
        let event = try pullRequest(Bodies.created, Bodies.pullRequest(more: Bodies.fork))
        #expect(event.pullRequest.isFork == true)
        #expect(event.pullRequest.head.repository == "ben/app.ben")
        #expect(event.pullRequest.base.repository == "acme/app" && event.repository?.id == "r-1")
        let gone = try pullRequest(Bodies.created, Bodies.pullRequest(more: #","forkSource":{}"#))
        #expect(gone.pullRequest.isFork == true && gone.pullRequest.head.repository == nil)
        let null = try pullRequest(Bodies.created, Bodies.pullRequest(more: #","forkSource":null"#))
        #expect(null.pullRequest.isFork == false && null.pullRequest.head.repository == "acme/app")
    }

    @Test("What may be missing is none", arguments: [Bodies.created, Bodies.updated])
    func minimal(name: String) throws {
        let event = try pullRequest(name, #"{"pullRequestId":7,"url":"https://x/_apis/7"}"#)
        #expect(event.action == (name == Bodies.created ? .opened : .edited))
        var expected = PullRequest(number: 7)
        if name == Bodies.updated { expected.ambiguous = true }
        #expect(event.pullRequest == expected)
        #expect(event.repository == nil && event.actor == nil)
        #expect(event.occurredAt == (try time("2026-01-05T00:00:00.123Z")))
    }

    @Test("What may be null or empty is none")
    func nulls() throws {
        let nulls = #"""
            ,"description":"","isDraft":null,"createdBy":null,"lastMergeSourceCommit":null,
            "lastMergeTargetCommit":{"commitId":null},"creationDate":"0001-01-01T00:00:00","_links":null,
            "status":"notSet"
            """#
        let event = try pullRequest(Bodies.created, Bodies.pullRequest(more: nulls))
        #expect(event.pullRequest.description == nil && event.pullRequest.draft == nil)
        #expect(event.pullRequest.author == nil && event.actor == nil)
        #expect(event.pullRequest.head.sha == nil && event.pullRequest.base.sha == nil)
        #expect(event.pullRequest.state == nil && event.pullRequest.merged == false)
        #expect(event.occurredAt == (try time("2026-01-05T00:00:00.123Z")))
        #expect(event.pullRequest.url == "https://x/acme/_git/app/pullrequest/7")
    }

    @Test("A draft is one")
    func draft() throws {
        let event = try pullRequest(Bodies.created, Bodies.pullRequest(more: #","isDraft":true"#))
        #expect(event.pullRequest.draft == true)
    }

    @Test(
        "Without its object or number it is unknown, with a problem",
        arguments: [
            ("null", "has no resource object"), ("[]", "has no resource object"),
            ("{}", "has no pullRequestId in its resource object"),
            (#"{"pullRequestId":0}"#, "has no pullRequestId in its resource object"),
            (#"{"pullRequestId":"x"}"#, "has no pullRequestId in its resource object"),
        ],
        [Bodies.created, Bodies.updated]
    )
    func incomplete(resource: (String, String), name: String) throws {
        let result = try unknown(name, Bodies.body(name, resource.0), from: AzureDevOps())
        #expect(result.problem == "the \(name) event \(resource.1)")
        #expect(result.event.subject == nil)
    }

    @Test("A merge without its object is unknown, with a problem")
    func incompleteMerge() throws {
        let result = try unknown(Bodies.merged, Bodies.body(Bodies.merged, "null"), from: AzureDevOps())
        #expect(result.problem == "the git.pullrequest.merged event has no resource object")
    }
}
