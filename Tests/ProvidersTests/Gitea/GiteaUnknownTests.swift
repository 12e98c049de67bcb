import Events
import Providers
import Testing

@Suite("Gitea events without a neutral kind")
struct GiteaUnknownTests {
    private static let common = #"""
        "repository":{"id":1,"full_name":"acme/app","private":false,"html_url":"https://x"},
        "sender":{"id":4,"login":"ada"}
        """#

    @Test(
        "They keep repository, actor and action",
        arguments: [
            "create", "delete", "fork", "release", "repository", "package", "wiki", "schedule",
            "workflow_dispatch", "levitate",
        ]
    )
    func others(name: String) throws {
        for dialect in Gitea.Dialect.allCases {
            let json = #"{"action":"created",\#(Self.common)}"#
            let (event, problem) = try unknown(name, json, from: Gitea(dialect))
            #expect(problem == nil)
            #expect(event.action == "created" && event.subject == nil)
            #expect(event.actor == User(id: "4", username: "ada"))
            let expected = Repository(id: "1", fullName: "acme/app", isPrivate: false, url: "https://x")
            #expect(event.repository == expected)
        }
    }

    @Test(
        "Those about an issue keep its lane",
        arguments: ["issues", "issue_assign", "issue_label", "issue_milestone"]
    )
    func issues(name: String) throws {
        let cases = [
            (#""issue":{"number":7,"pull_request":null}"#, "issue/7"),
            (#""issue":{"number":7,"pull_request":{"merged":false}}"#, "pull_request/7"),
            (#""number":7,"issue":null"#, "issue/7"), (#""issue":{}"#, nil),
        ]
        for (issue, subject) in cases {
            let json = #"{"action":"opened",\#(issue),\#(Self.common)}"#
            let (event, problem) = try unknown(name, json, from: Gitea(.gitea))
            #expect(problem == nil)
            #expect(event.subject == subject && event.action == "opened")
        }
    }

    @Test("A delivery without an event name is unknown")
    func withoutName() throws {
        let json = GiteaPullRequestTests.json()
        let (event, problem) = try unknown(nil, json, from: Gitea(.forgejo))
        #expect(problem == nil)
        #expect(event.action == "opened" && event.repository?.fullName == "acme/app")
    }

    @Test("A fork is told to the repository that was forked, whichever of the two names it has")
    func fork() throws {
        let (old, new) = (
            #"{"id":1,"full_name":"acme/app","parent":null}"#,
            #"{"id":2,"full_name":"cleo/app","parent":{"id":1}}"#
        )
        let gitea = try unknown("fork", #"{"forkee":\#(old),"repository":\#(new)}"#, from: Gitea(.gitea))
        #expect(gitea.event.repository?.fullName == "acme/app")
        let gogs = try unknown("fork", #"{"forkee":\#(new),"repository":\#(old)}"#, from: Gitea(.gogs))
        #expect(gogs.event.repository?.fullName == "acme/app")
    }

    @Test("A package's repository is taken where the body has no other")
    func package() throws {
        let json = #"{"repository":null,"package":{"repository":{"id":1,"full_name":"acme/app"}}}"#
        let result = try unknown("package", json, from: Gitea(.gitea))
        #expect(result.event.repository?.fullName == "acme/app")
    }

    @Test(
        "Private and internal repositories are private; what nobody says is not known",
        arguments: [
            (#""private":true"#, true), (#""private":false"#, false),
            (#""private":false,"internal":false"#, false), (#""private":false,"internal":true"#, true),
            (#""private":true,"internal":false"#, true), (#""internal":true"#, true),
            (#""internal":false"#, nil), (#""x":1"#, nil), (#""private":null"#, nil),
        ] as [(String, Bool?)]
    )
    func privacy(members: String, isPrivate: Bool?) throws {
        let json = #"{"repository":{"id":1,"full_name":"acme/app",\#(members)}}"#
        #expect(try unknown("create", json, from: Gitea(.gitea)).event.repository?.isPrivate == isPrivate)
    }

    @Test(
        "Owner and name make the full name where there is none",
        arguments: [
            (#""owner":{"login":"acme"},"name":"app""#, "acme/app"),
            (#""owner":{"username":"acme"},"name":"app","full_name":"""#, "acme/app"),
            (#""name":"app""#, nil), (#""owner":{"login":"acme"}"#, nil),
        ] as [(String, String?)]
    )
    func fullName(members: String, fullName: String?) throws {
        let json = #"{"repository":{"id":1,\#(members)}}"#
        #expect(try unknown("create", json, from: Gitea(.gogs)).event.repository?.fullName == fullName)
    }

    @Test(
        "A deleted account is nobody, other negative ids are the forge's machines",
        arguments: [
            (#"{"id":-1,"login":"Ghost","username":"Ghost"}"#, nil),
            (
                #"{"id":-2,"login":"forgejo-actions"}"#,
                User(id: "-2", username: "forgejo-actions", isBot: true)
            ),
            (#"{"id":4,"login":"ada","username":"eve"}"#, User(id: "4", username: "ada")),
            (#"{"id":4,"login":"","username":"ada"}"#, User(id: "4", username: "ada")),
            (#"{"id":"4","username":"ada"}"#, User(id: "4", username: "ada")),
            (#"{"id":0,"login":"ada"}"#, User(id: nil, username: "ada")),
            (#"{"login":"ada"}"#, User(id: nil, username: "ada")),
            (#"{"id":4}"#, User(id: "4", username: nil)),
            (#"{"id":0,"login":""}"#, nil), ("{}", nil), ("null", nil), (#""ada""#, nil),
        ] as [(String, User?)]
    )
    func users(json: String, user: User?) throws {
        let result = try unknown("create", #"{"sender":\#(json)}"#, from: Gitea(.forgejo))
        #expect(result.event.actor == user)
        #expect(result.problem == nil)
        let body = GiteaPullRequestTests.json(pullRequest: #","user":\#(json)"#)
        let event: PullRequestEvent = try event("pull_request", body, from: Gitea(.forgejo))
        #expect(event.pullRequest.author == user)
    }

    @Test("A text that cannot be stored is left out, with a problem")
    func unstorable() throws {
        let long = String(repeating: "x", count: 256)
        let json = #"{"action":"\#(long)","repository":{"id":"\#(long)","full_name":"a\u0000b"}}"#
        let (event, problem) = try unknown("release", json, from: Gitea(.gitea))
        #expect(event.action == nil)
        #expect(event.repository?.id == nil && event.repository?.fullName == nil)
        let problems = try #require(problem)
        for name in ["action", "repository id", "repository"] { #expect(problems.contains("the \(name) ")) }
    }

    @Test("An action that is too long makes any event unknown")
    func longActions() throws {
        let long = String(repeating: "x", count: 256)
        let bodies = [
            ("pull_request", GiteaPullRequestTests.json(long)),
            ("pull_request_approved", GiteaPullRequestTests.json(long, more: #","review":{"type":"x"}"#)),
            ("issue_comment", #"{"action":"\#(long)","issue":{"number":7},"comment":{}}"#),
            ("workflow_job", GiteaCheckTests.job(long)), ("workflow_run", GiteaCheckTests.run(long)),
        ]
        for (name, json) in bodies {
            let (event, problem) = try unknown(name, json, from: Gitea(.gitea))
            #expect(problem == "the action is longer than 255 bytes and was left out")
            #expect(event.action == nil)
        }
    }
}
