import Events
import Providers
import Testing

@Suite("GitHub events without a neutral kind")
struct GitHubUnknownTests {
    @Test(
        "They are unknown, without a problem, with the body's own action",
        arguments: [
            ("ping", #"{"zen":"x"}"#, nil), ("create", #"{"ref":"x"}"#, nil),
            ("star", #"{"action":"created"}"#, "created"),
            ("workflow_run", #"{"action":"completed","workflow_run":{"id":1}}"#, "completed"),
            ("workflow_job", #"{"action":"queued"}"#, "queued"), ("invented", #"{"action":"x"}"#, "x"),
            ("repository", #"{"action":""}"#, nil), ("repository", #"{"action":1}"#, nil),
            ("Pull_Request", #"{"action":"opened"}"#, "opened"), (nil, #"{"action":"opened"}"#, "opened"),
        ] as [(String?, String, String?)]
    )
    func unmapped(name: String?, json: String, action: String?) throws {
        let result = try unknown(name, json)
        #expect(result.event.action == action)
        #expect(result.problem == nil)
        #expect(result.event.subject == nil)
    }

    @Test("They have repository and actor where the body has")
    func envelope() throws {
        let json =
            #"{"action":"created","repository":{"id":1,"full_name":"acme/app"},"#
            + #""sender":{"id":4,"login":"ada"}}"#
        let event = try unknown("star", json).event
        #expect(event.repository?.fullName == "acme/app")
        #expect(event.actor == User(id: "4", username: "ada"))
    }

    @Test("Those of one issue are in one lane")
    func issues() throws {
        #expect(
            try unknown("issues", #"{"action":"opened","issue":{"number":17}}"#).event.subject == "issue/17"
        )
        let pullRequest = #"{"action":"milestoned","issue":{"number":17,"pull_request":{}}}"#
        #expect(try unknown("issues", pullRequest).event.subject == "pull_request/17")
        #expect(try unknown("issues", #"{"action":"opened","issue":{}}"#).event.subject == nil)
    }

    @Test(
        "An action, repository, subject or id that cannot be stored is left out, and told",
        arguments: [
            (#"{"action":"LONG"}"#, "the action is longer than 255 bytes and was left out"),
            (#"{"action":"a\u0000b"}"#, "the action has control characters and was left out"),
            (#"{"action":"a\u0085b"}"#, "the action has control characters and was left out"),
            (
                #"{"repository":{"full_name":"a/\u001b[31m"}}"#,
                "the repository has control characters and was left out"
            ),
            (#"{"repository":{"id":"LONG"}}"#, "the repository id is longer than 255 bytes and was left out"),
            (#"{"sender":{"id":"\n","login":"ada"}}"#, "the user id has control characters and was left out"),
        ]
    )
    func unstorable(json: String, problem: String) throws {
        let json = json.replacing("LONG", with: String(repeating: "x", count: 256))
        let result = try unknown("star", json)
        #expect(result.problem == problem)
        #expect(result.event.action == nil)
        #expect(result.event.repository?.fullName == nil && result.event.repository?.id == nil)
        #expect(result.event.actor?.id == nil)
    }

    @Test("A known event whose action cannot be stored is unknown")
    func unstorableAction() throws {
        let result = try unknown("pull_request", #"{"action":"a\u0007","pull_request":{"number":1}}"#)
        #expect(result.event.action == nil)
        #expect(result.problem == "the action has control characters and was left out")
    }

    @Test("Several problems are told together, each once")
    func several() throws {
        let json = #"{"action":"\u0001","repository":{"full_name":"\u0001","id":"\u0001"}}"#
        let problem = try #require(try unknown("pull_request", json).problem)
        #expect(
            problem == """
                the pull_request event has no pull_request object; the repository id has control characters \
                and was left out; the repository has control characters and was left out; the action has \
                control characters and was left out
                """
        )
    }
}
