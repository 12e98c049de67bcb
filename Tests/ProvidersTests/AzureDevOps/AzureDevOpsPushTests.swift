import Events
import Providers
import Testing

@Suite("Azure DevOps pushes")
struct AzureDevOpsPushTests {
    typealias Bodies = AzureDevOpsDeliveries

    private func push(_ resource: String) throws -> PushEvent {
        try event("git.push", Bodies.body("git.push", resource), from: AzureDevOps())
    }

    @Test("A push of several refs is told of the first, and of all")
    func several() throws {
        let event = try push(Bodies.push)
        #expect(event.subject == "refs/heads/main")
        #expect(event.actor == User(id: "u-4", username: "ada@acme.example"))
        #expect(event.repository?.fullName == "acme/app")
        #expect(event.occurredAt == (try time("2026-01-04T00:00:00Z")))
        var main = PushedRef()
        main.ref = "refs/heads/main"
        main.before = "b2"
        main.after = "c3"
        main.created = false
        main.deleted = false
        main.headMessage = "Open the door"
        var tag = PushedRef()
        tag.ref = "refs/tags/v1"
        tag.after = "c2"
        tag.created = true
        tag.deleted = false
        tag.headMessage = "Make a door"
        #expect(event.push == Push(first: main, refs: [main, tag]))
    }

    @Test("The commits of a push of one ref are that ref's")
    func single() throws {
        let event = try push(
            #"""
            {"commits":[{"commitId":"c3","comment":"Open the door"},{"commitId":"c2"}],
            "refUpdates":[{"name":"refs/heads/main","oldObjectId":"b2","newObjectId":"c3"}]}
            """#
        )
        #expect(event.push.first.commitCount == 2 && event.push.first.headMessage == "Open the door")
        #expect(event.push.refs == nil)
        #expect(event.repository == nil && event.actor == nil)
        #expect(event.occurredAt == (try time("2026-01-05T00:00:00.123Z")))
    }

    @Test("A branch that is deleted has no commit after")
    func deleted() throws {
        let zero = String(repeating: "0", count: 40)
        let event = try push(
            #"{"refUpdates":[{"name":"refs/heads/a","oldObjectId":"b2","newObjectId":"\#(zero)"}]}"#
        )
        #expect(event.push.first.deleted == true && event.push.first.created == false)
        #expect(event.push.first.before == "b2" && event.push.first.after == nil)
        #expect(event.push.first.commitCount == nil && event.push.first.headMessage == nil)
    }

    @Test("What a ref does not say is none")
    func bare() throws {
        let event = try push(
            #"{"refUpdates":[{"name":"refs/heads/a"}],"commits":[{}]}"#
        )
        var expected = PushedRef()
        expected.ref = "refs/heads/a"
        expected.commitCount = 1
        #expect(event.push == Push(first: expected))
    }

    @Test(
        "Without a ref it is unknown, with a problem",
        arguments: [
            ("null", "has no resource object"), ("{}", "has no ref"), (#"{"refUpdates":[]}"#, "has no ref"),
            (
                #"{"refUpdates":[{"name":""}]}"#,
                "has a change without a ref; the git.push event has no ref"
            ),
            (#"{"refUpdates":{"name":"a"}}"#, "has no ref"),
        ]
    )
    func incomplete(resource: String, problem: String) throws {
        let json = Bodies.body("git.push", resource)
        #expect(
            try unknown("git.push", json, from: AzureDevOps()).problem == "the git.push event \(problem)"
        )
    }
}
