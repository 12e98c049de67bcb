import Events
import Providers
import Testing

@Suite("Azure DevOps builds")
struct AzureDevOpsBuildTests {
    typealias Bodies = AzureDevOpsDeliveries

    private func build(_ resource: String) throws -> CheckSuiteEvent {
        try event("build.complete", Bodies.body("build.complete", resource), from: AzureDevOps())
    }

    @Test("All fields of a build are taken over")
    func complete() throws {
        let event = try build(Bodies.build)
        #expect(event.action == .completed)
        #expect(event.subject == "commit/c3")
        #expect(event.actor == nil)
        #expect(event.occurredAt == (try time("2026-01-04T00:01:00Z")))
        let repository = Repository(
            id: "r-1",
            fullName: "acme/app",
            isPrivate: true,
            url: "https://x/acme/_git/app"
        )
        #expect(event.repository == repository)
        var expected = CheckSuite(status: .completed)
        expected.id = "9"
        expected.conclusion = .neutral
        expected.rawStatus = "completed"
        expected.rawConclusion = "partiallySucceeded"
        expected.headSha = "c3"
        expected.url = "https://x/acme/_build/results?buildId=9"
        expected.pullRequestNumbers = [7]
        expected.app = "app-ci"
        #expect(event.checkSuite == expected)
    }

    @Test("The older version has its result as its status, and commit and branch in one text")
    func older() throws {
        let event = try build(
            #"""
            {"uri":"vstfs:///Build/Build/2","id":2,"buildNumber":"App_20150407.1",
            "startTime":"2015-04-07T18:04:06.83Z","finishTime":"2015-04-07T18:06:10.69Z",
            "reason":"manual","status":"succeeded","definition":{"id":2,"name":"App"},
            "sourceGetVersion":"LG:refs/heads/main:c3"}
            """#
        )
        #expect(event.action == .completed && event.subject == "commit/c3")
        #expect(event.checkSuite.status == .completed && event.checkSuite.conclusion == .success)
        #expect(event.checkSuite.rawStatus == "succeeded" && event.checkSuite.rawConclusion == "succeeded")
        #expect(event.checkSuite.headSha == "c3" && event.checkSuite.headBranch == "main")
        #expect(event.occurredAt == (try time("2015-04-07T18:06:10.690Z")))
        #expect(event.repository == nil)
    }

    @Test(
        "A version that is no commit of Git's is not taken for one",
        arguments: ["C1234", "LC1234", "LG:refs/heads/main", "LG::", "T", "", "LZ:refs/heads/main:c3"]
    )
    func otherVersions(version: String) throws {
        let event = try build(#"{"id":2,"sourceGetVersion":"\#(version)"}"#)
        #expect(event.checkSuite.headSha == nil && event.checkSuite.headBranch == nil)
        #expect(event.subject == nil)
    }

    @Test(
        "The pull request is that of the branch, else that of the trigger",
        arguments: [
            (#""sourceBranch":"refs/pull/12/merge","triggerInfo":{"pr.number":"9"}"#, [12]),
            (#""sourceBranch":"refs/heads/a","triggerInfo":{"pr.number":"9"}"#, [9]),
            (#""sourceBranch":"refs/pull/x/merge","triggerInfo":{"pr.number":9}"#, [9]),
            (#""sourceBranch":"refs/pull/0/merge","triggerInfo":{}"#, []),
            (#""sourceBranch":"refs/pull/-3/merge","triggerInfo":null"#, []),
            (#""sourceBranch":"refs/pull/","triggerInfo":{"pr.number":"x"}"#, []), (#""id":1"#, []),
        ]
    )
    func pullRequests(members: String, numbers: [Int]) throws {
        #expect(try build("{\(members)}").checkSuite.pullRequestNumbers == numbers)
    }

    @Test("A repository of another forge has its own full name, and no visibility")
    func foreign() throws {
        let event = try build(
            #"""
            {"id":2,"project":{"name":"acme","visibility":"private"},
            "repository":{"id":"acme/app","type":"GitHub","name":"acme/app","url":"https://x/acme/app.git"}}
            """#
        )
        let expected = Repository(
            id: "acme/app",
            fullName: "acme/app",
            isPrivate: nil,
            url: "https://x/acme/app.git"
        )
        #expect(event.repository == expected)
    }

    @Test(
        "A build of which little is told is over all the same",
        arguments: ["{}", #"{"id":9,"status":null}"#]
    )
    func minimal(resource: String) throws {
        let event = try build(resource)
        #expect(event.checkSuite.status == .completed && event.checkSuite.conclusion == .unknown)
        #expect(event.occurredAt == (try time("2026-01-05T00:00:00.123Z")))
    }

    @Test("Without its object it is unknown, with a problem")
    func incomplete() throws {
        let json = Bodies.body("build.complete", "null")
        #expect(
            try unknown("build.complete", json, from: AzureDevOps()).problem
                == "the build.complete event has no resource object"
        )
    }
}
