import Events
import Providers
import Testing

@Suite("Azure DevOps pipelines")
struct AzureDevOpsPipelineTests {
    typealias Bodies = AzureDevOpsDeliveries

    private func run(_ resource: String) throws -> CheckSuiteEvent {
        try event(Bodies.run, Bodies.body(Bodies.run, resource), from: AzureDevOps())
    }

    private func part(_ event: String, _ resource: String) throws -> CheckRunEvent {
        try ProvidersTests.event(event, Bodies.body(event, resource), from: AzureDevOps())
    }

    @Test("All fields of a run are taken over")
    func completed() throws {
        let event = try run(Bodies.part("completed"))
        #expect(event.action == .completed && event.subject == "commit/c3" && event.actor == nil)
        #expect(event.occurredAt == (try time("2026-01-04T00:01:00Z")))
        let address = "https://acme@dev.azure.com/acme/acme/_git/app"
        #expect(
            event.repository == Repository(id: "r-1", fullName: "acme/app", isPrivate: nil, url: address)
        )
        var expected = CheckSuite(status: .completed)
        expected.id = "9"
        expected.conclusion = .failure
        expected.rawStatus = "completed"
        expected.rawConclusion = "failed"
        expected.headSha = "c3"
        expected.headBranch = "door"
        expected.url = "https://x/results?buildId=9"
        expected.pullRequestNumbers = [7]
        expected.app = "app-ci"
        #expect(event.checkSuite == expected)
    }

    @Test(
        "What happened to a run is what its state says",
        arguments: [
            (#""state":"inProgress""#, .requested, .running), (#""state":"canceling""#, .updated, .running),
            (#""state":"completed""#, .completed, .completed), (#""state":"unknown""#, .updated, .pending),
            (#""state":"notStarted""#, .requested, .pending), (#""state":null"#, .updated, .pending),
            (#""result":"failed""#, .completed, .completed),
            (#""state":"new","finishedDate":"2026-01-01T00:00:00Z""#, .completed, .completed),
        ] as [(String, CheckSuiteAction, BuildStatus)]
    )
    func states(members: String, action: CheckSuiteAction, status: BuildStatus) throws {
        let event = try run(#"{"run":{\#(members)}}"#)
        #expect(event.action == action && event.checkSuite.status == status)
        #expect(event.repository == nil && event.subject == nil)
    }

    @Test("All fields of a part of a run are taken over", arguments: ["stage", "job"])
    func part(name: String) throws {
        let event = try part(
            "ms.vss-pipelines.\(name)-state-changed-event",
            Bodies.part("completed", of: name)
        )
        #expect(event.action == .completed && event.subject == "commit/c3")
        #expect(event.occurredAt == (try time("2026-01-04T00:01:00Z")))
        #expect(event.repository?.fullName == "acme/app")
        var expected = CheckRun(status: .completed)
        expected.id = "j-1"
        expected.name = "Compile"
        expected.conclusion = .failure
        expected.rawStatus = "completed"
        expected.rawConclusion = "failed"
        expected.headSha = "c3"
        expected.url = "https://x/results?j=1"
        expected.checkSuiteId = "9"
        expected.pullRequestNumbers = [7]
        expected.startedAt = try time("2026-01-04T00:00:30Z")
        expected.completedAt = try time("2026-01-04T00:01:00Z")
        expected.app = "app-ci"
        #expect(event.checkRun == expected)
    }

    @Test(
        "What happened to a part is what its state says",
        arguments: [
            ("waiting", .created, .pending, "2026-01-05T00:00:00.123Z"),
            ("notStarted", .created, .pending, "2026-01-05T00:00:00.123Z"),
            ("running", .updated, .running, "2026-01-04T00:00:30Z"),
            ("inProgress", .updated, .running, "2026-01-04T00:00:30Z"),
            ("canceling", .updated, .running, "2026-01-04T00:00:30Z"),
            ("completed", .completed, .completed, "2026-01-04T00:01:00Z"),
        ] as [(String, CheckRunAction, BuildStatus, String)],
        ["stage", "job"]
    )
    func partStates(row: (String, CheckRunAction, BuildStatus, String), name: String) throws {
        let event = try part("ms.vss-pipelines.\(name)-state-changed-event", Bodies.part(row.0, of: name))
        #expect(event.action == row.1 && event.checkRun.status == row.2)
        #expect(event.occurredAt == (try time(row.3)))
    }

    @Test("A part without a name for people has the other one, and the page of its run")
    func names() throws {
        let resource = #"""
            {"job":{"name":"__default","displayName":null,"state":"completed"},
            "run":{"_links":{"web":{"href":"https://x/1"}},"pipeline":{"name":"app-ci"}}}
            """#
        let run = try part(Bodies.job, resource).checkRun
        #expect(run.name == "__default" && run.url == "https://x/1" && run.app == "app-ci")
        #expect(run.conclusion == .unknown && run.checkSuiteId == nil)
    }

    @Test(
        "The pull request is that of the run's ref, else that of its variables",
        arguments: [
            (#""refName":"refs/pull/12/merge""#, #""x":{}"#, [12]),
            (#""refName":"refs/heads/a""#, #""system.pullRequest.pullRequestId":{"value":"9"}"#, [9]),
            (
                #""refName":null"#,
                #""system.pullRequest.pullRequestId":{"value":"900"},"#
                    + #""system.pullRequest.pullRequestNumber":{"value":"9"}"#, [9]
            ),
            (#""refName":"refs/heads/a""#, #""system.pullRequest.pullRequestId":{"value":""}"#, []),
        ]
    )
    func pullRequests(ref: String, variables: String, numbers: [Int]) throws {
        let event = try run(
            #"{"run":{"resources":{"repositories":{"self":{\#(ref)}}},"variables":{\#(variables)}}}"#
        )
        #expect(event.checkSuite.pullRequestNumbers == numbers)
    }

    @Test(
        "The repository's name is read from addresses of which it is known where it stands",
        arguments: [
            ("https://dev.azure.com/org/acme/_git/app", "acme/app"),
            ("https://org@dev.azure.com/org/My%20project/_git/a%2Bb+c&d", "My project/a+b+c&d"),
            ("https://dev.azure.com/org/_git/app", "app/app"),
            ("https://org.visualstudio.com/acme/_git/app", "acme/app"),
            ("https://org.visualstudio.com/DefaultCollection/acme/_git/app", "acme/app"),
            ("https://org.visualstudio.com/_git/app", "app/app"),
            ("https://org.visualstudio.com/DefaultCollection/_git/app", "app/app"),
            ("https://api.github.com/repos/acme/app", "acme/app"),
            ("https://tfs.acme.example/tfs/Collection/acme/_git/app", nil),
            ("https://api.github.com/acme/app", nil), ("https://dev.azure.com/org/acme/_versionControl", nil),
            ("https://dev.azure.com/_git/app", nil),
            ("https://evil.example/dev.azure.com/acme/_git/app", nil),
            ("https://dev.azure.com/org/%FF/_git/app", nil), ("https://dev.azure.com", nil), ("_git", nil),
            ("https://org.visualstudio.com/DefaultCollection", nil), ("https://dev.azure.com/org", nil),
            ("", nil),
        ] as [(String, String?)]
    )
    func repositories(address: String, fullName: String?) throws {
        let event = try run(#"{"run":{"state":"completed"},"repositories":[{"url":"\#(address)"}]}"#)
        #expect(event.repository?.fullName == fullName)
        #expect(event.repository?.url == (fullName == nil ? nil : address))
    }

    @Test("A run of another forge's repository has its full name")
    func foreign() throws {
        let event = try run(
            #"""
            {"run":{"resources":{"repositories":{"self":{"repository":{"fullName":"acme/app","type":"gitHub"},
            "refName":"refs/heads/main","version":"c3"}}}}}
            """#
        )
        #expect(event.repository == Repository(id: nil, fullName: "acme/app", isPrivate: nil, url: nil))
    }

    @Test(
        "Without its object it is unknown, with a problem",
        arguments: [
            (Bodies.run, "null", "resource"), (Bodies.run, "{}", "run"),
            (Bodies.stage, #"{"run":{}}"#, "stage"),
            (Bodies.job, #"{"run":{},"stage":{}}"#, "job"), (Bodies.job, "null", "resource"),
        ]
    )
    func incomplete(event: String, resource: String, missing: String) throws {
        let json = Bodies.body(event, resource)
        #expect(
            try unknown(event, json, from: AzureDevOps()).problem
                == "the \(event) event has no \(missing) object"
        )
    }
}
