import Events
import Providers
import Testing

@Suite("Azure DevOps accounts, repositories and events without a neutral kind")
struct AzureDevOpsUnknownTests {
    typealias Bodies = AzureDevOpsDeliveries

    @Test(
        "They are unknown, without a problem",
        arguments: [
            "workitem.created", "workitem.updated", "tfvc.checkin", "ms.vss-release.release-created-event",
            "git.repo.created", "message.posted", "Git.Push", "invented",
        ]
    )
    func unmapped(name: String) throws {
        let (event, problem) = try unknown(nil, Bodies.body(name, #"{"id":5}"#), from: AzureDevOps())
        #expect(problem == nil)
        #expect(event.action == nil && event.subject == nil && event.repository == nil && event.actor == nil)
        #expect(event.occurredAt == (try time("2026-01-05T00:00:00.123Z")))
    }

    @Test("They have the repository, and the pull request as subject, where the body has")
    func envelope() throws {
        let json = Bodies.body("git.pullrequest.invented", Bodies.pullRequest())
        let (event, problem) = try unknown(nil, json, from: AzureDevOps())
        #expect(event.repository?.fullName == "acme/app" && event.subject == "pull_request/7")
        #expect(problem == nil)
    }

    @Test(
        "Whoever cannot be known to be public is private, but where nothing is said",
        arguments: [
            (#""public""#, false), (#""private""#, true), (#""organization""#, true), (#""unchanged""#, true),
            (#""systemPrivate""#, true), (#""invented""#, true), ("null", nil), (#""""#, nil), ("2", nil),
        ] as [(String, Bool?)]
    )
    func visibility(word: String, isPrivate: Bool?) throws {
        let resource = #"{"repository":{"id":"r-1","name":"app","project":{"visibility":\#(word)}}}"#
        let event = try unknown(nil, Bodies.body("git.repo.created", resource), from: AzureDevOps()).event
        #expect(event.repository?.isPrivate == isPrivate)
        #expect(event.repository?.fullName == nil && event.repository?.id == "r-1")
    }

    @Test(
        "The page of a repository is the address to clone from where there is no other",
        arguments: [
            (#""webUrl":"https://x/w","remoteUrl":"https://x/r""#, "https://x/w"),
            (#""webUrl":null,"remoteUrl":"https://x/r""#, "https://x/r"), (#""url":"https://x/api""#, nil),
        ] as [(String, String?)]
    )
    func page(members: String, url: String?) throws {
        let json = Bodies.body("git.repo.created", #"{"repository":{\#(members)}}"#)
        #expect(try unknown(nil, json, from: AzureDevOps()).event.repository?.url == url)
    }

    @Test(
        "Services are bots, people are not",
        arguments: [
            (#""uniqueName":"ada@acme.example","descriptor":"aad.4""#, false),
            (#""uniqueName":"Windows Live ID\\ada@acme.example""#, false),
            (#""uniqueName":"Build\\0f5c""#, true), (#""uniqueName":"Service\\0f5c""#, true),
            (#""uniqueName":"0@2c","descriptor":"s2s.4""#, true),
            (#""uniqueName":"0f","descriptor":"svc.4""#, true),
            (#""uniqueName":"0f","descriptor":"aadsp.4""#, true), (#""uniqueName":"Builder\\ada""#, false),
        ]
    )
    func services(members: String, isBot: Bool) throws {
        let resource = #"{"refUpdates":[{"name":"refs/heads/a"}],"pushedBy":{\#(members)}}"#
        let event: PushEvent = try event(nil, Bodies.body("git.push", resource), from: AzureDevOps())
        #expect(event.actor?.isBot == isBot && event.actor?.username != nil)
    }

    @Test(
        "An account without id and name is none",
        arguments: ["null", "{}", #"{"displayName":"Ada"}"#, #"{"id":"","uniqueName":""}"#, "7"]
    )
    func nobody(user: String) throws {
        let resource = #"{"refUpdates":[{"name":"refs/heads/a"}],"pushedBy":\#(user)}"#
        let event: PushEvent = try event(nil, Bodies.body("git.push", resource), from: AzureDevOps())
        #expect(event.actor == nil)
    }

    @Test(
        "What cannot be stored is left out, and told",
        arguments: [
            (#"{"repository":{"id":"LONG"}}"#, "the repository id is longer than 255 bytes and was left out"),
            (
                #"{"repository":{"name":"a\u001b","project":{"name":"acme"}}}"#,
                "the repository has control characters and was left out"
            ),
        ]
    )
    func unstorable(resource: String, problem: String) throws {
        let resource = resource.replacing("LONG", with: String(repeating: "x", count: 256))
        let result = try unknown(nil, Bodies.body("git.repo.created", resource), from: AzureDevOps())
        #expect(result.problem == problem)
        #expect(result.event.repository?.id == nil && result.event.repository?.fullName == nil)
    }
}
