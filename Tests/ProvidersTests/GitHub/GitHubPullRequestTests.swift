import Events
import Providers
import Testing

@Suite("GitHub pull requests")
struct GitHubPullRequestTests {
    /// A delivery with what every one has, and more.
    private func json(
        _ action: String = "opened",
        pullRequest: String = "",
        head: String = #""repo":{"id":2,"full_name":"cleo/app"}"#,
        more: String = ""
    ) -> String {
        """
        {"action":"\(action)","number":7,"pull_request":{"id":9007199254740993,"number":7,"state":"open",\
        "title":"T","body":"B","user":{"id":3,"login":"cleo","type":"User"},"html_url":"https://x/7",\
        "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z",\
        "head":{"ref":"h","sha":"aa",\(head)},"base":{"ref":"b","sha":"bb","repo":{"id":1,\
        "full_name":"acme/app"}}\
        \(pullRequest)},"repository":{"id":1,"full_name":"acme/app","private":true,"html_url":"https://x"},\
        "sender":{"id":4,"login":"ada","type":"User"}\(more)}
        """
    }

    private func pullRequest(_ json: String) throws -> PullRequest {
        try event("pull_request", json, as: PullRequestEvent.self).pullRequest
    }

    @Test("All fields are taken over, identity and privacy from the repository that received the event")
    func fields() throws {
        let event: PullRequestEvent = try event("pull_request", json())
        #expect(event.kind == .pullRequest)
        #expect(event.action == .opened)
        #expect(event.subject == "pull_request/7")
        #expect(event.occurredAt == (try time("2026-01-01T00:00:00Z")))
        #expect(
            event.repository == Repository(id: "1", fullName: "acme/app", isPrivate: true, url: "https://x")
        )
        #expect(event.actor == User(id: "4", username: "ada"))
        var expected = PullRequest(number: 7)
        expected.id = "9007199254740993"
        expected.title = "T"
        expected.description = "B"
        expected.author = User(id: "3", username: "cleo")
        expected.state = .open
        expected.draft = false
        expected.isFork = true
        expected.url = "https://x/7"
        expected.head = PullRequest.Branch(ref: "h", sha: "aa", repository: "cleo/app")
        expected.base = PullRequest.Branch(ref: "b", sha: "bb", repository: "acme/app")
        #expect(event.pullRequest == expected)
    }

    @Test("Every action of the model passes", arguments: PullRequestAction.known)
    func actions(action: PullRequestAction) throws {
        let event: PullRequestEvent = try event("pull_request", json(action.rawValue))
        #expect(event.action == action)
        #expect(event.action.isKnown)
    }

    @Test("An action that the model does not know passes as it is")
    func unknownAction() throws {
        let event: PullRequestEvent = try event("pull_request", json("teleported"))
        #expect(event.action.rawValue == "teleported")
        #expect(!event.action.isKnown)
    }

    @Test("An empty description is none", arguments: [#","body":"""#, #","body":null"#])
    func emptyDescription(body: String) throws {
        #expect(try pullRequest(json(pullRequest: body)).description == nil)
    }

    @Test(
        "A deleted account, or an object that is none, is no author",
        arguments: ["null", "7", "{}", "[]", #""cleo""#, #"{"id":null,"login":""}"#]
    )
    func deletedAuthor(user: String) throws {
        let event: PullRequestEvent = try event(
            "pull_request",
            json(pullRequest: #","user":\#(user)"#, more: #","sender":\#(user)"#)
        )
        #expect(event.pullRequest.author == nil)
        #expect(event.actor == nil)
    }

    @Test(
        "Bots are told by their type or their name",
        arguments: [
            (#"{"id":1,"login":"acme-ci[bot]","type":"Bot"}"#, true),
            (#"{"id":1,"login":"x","type":"Bot"}"#, true),
            (#"{"id":1,"login":"acme-ci[bot]"}"#, true), (#"{"id":1,"login":"bot","type":"User"}"#, false),
            (#"{"id":1,"login":"x","type":null}"#, false),
        ]
    )
    func bots(user: String, isBot: Bool) throws {
        #expect(try pullRequest(json(pullRequest: #","user":\#(user)"#)).author?.isBot == isBot)
    }

    @Test(
        "A head in another repository, or in one that was deleted, is a fork's",
        arguments: [
            (#""repo":null"#, true, nil), (#""repo":{"id":2,"full_name":"cleo/app"}"#, true, "cleo/app"),
            (#""repo":{"id":1,"full_name":"acme/app"}"#, false, "acme/app"), (#""user":null"#, nil, nil),
        ] as [(String, Bool?, String?)]
    )
    func forks(head: String, isFork: Bool?, repository: String?) throws {
        let pullRequest = try pullRequest(json(head: head))
        #expect(pullRequest.isFork == isFork)
        #expect(pullRequest.head.repository == repository)
        #expect(pullRequest.head.sha == "aa")
    }

    @Test("Closed by a merge, it has the merge's commit and time")
    func merged() throws {
        let more = """
            ,"state":"closed","merged":true,"merge_commit_sha":"cc","merged_at":"2026-01-03T00:00:00Z",\
            "closed_at":"2026-01-03T00:00:01Z"
            """
        let event: PullRequestEvent = try event("pull_request", json("closed", pullRequest: more))
        #expect(event.pullRequest.merged == true)
        #expect(event.pullRequest.state == .closed)
        #expect(event.pullRequest.mergeCommitSha == "cc")
        #expect(event.pullRequest.mergedAt == (try time("2026-01-03T00:00:00Z")))
        #expect(event.occurredAt == (try time("2026-01-03T00:00:00Z")))
    }

    @Test("Not merged, its trial merge commit is left out")
    func unmerged() throws {
        let more = """
            ,"state":"closed","merged":false,"merge_commit_sha":"cc","merged_at":null,\
            "closed_at":"2026-01-04T00:00:00Z"
            """
        let event: PullRequestEvent = try event("pull_request", json("closed", pullRequest: more))
        #expect(event.pullRequest.merged == false)
        #expect(event.pullRequest.mergeCommitSha == nil)
        #expect(event.pullRequest.mergedAt == nil)
        #expect(event.occurredAt == (try time("2026-01-04T00:00:00Z")))
    }

    @Test("A body without `merged` says it by the time of the merge")
    func mergedByTime() throws {
        #expect(try pullRequest(json()).merged == nil)
        #expect(try pullRequest(json(pullRequest: #","merged_at":null"#)).merged == false)
        #expect(try pullRequest(json(pullRequest: #","merged_at":"2026-01-03T00:00:00Z""#)).merged == true)
    }

    @Test("Other actions happened at the last change")
    func occurredAt() throws {
        let event: PullRequestEvent = try event("pull_request", json("labeled"))
        #expect(event.occurredAt == (try time("2026-01-02T00:00:00Z")))
    }

    @Test(
        "A time that cannot be read is none",
        arguments: [#""yesterday""#, #""0001-01-01T00:00:00Z""#, "null", "{}", "true", "1e9", "-1", #""""#]
    )
    func unreadableTime(value: String) throws {
        let more = #","created_at":\#(value),"updated_at":\#(value)"#
        let event: PullRequestEvent = try event("pull_request", json(pullRequest: more))
        #expect(event.occurredAt == nil)
    }

    @Test("Draft is false where it is not said")
    func draft() throws {
        #expect(try pullRequest(json()).draft == false)
        #expect(try pullRequest(json(pullRequest: #","draft":true"#)).draft == true)
    }

    @Test(
        "A repository is private if its visibility or its privacy says so",
        arguments: [
            (#""visibility":"internal","private":true"#, true),
            (#""visibility":"internal","private":false"#, true),
            (#""visibility":"public","private":false"#, false),
            (#""visibility":"public","private":true"#, true),
            (#""visibility":"public""#, false), (#""visibility":"private""#, true),
            (#""visibility":"secret""#, true), (#""private":false"#, false), (#""visibility":null"#, nil),
        ] as [(String, Bool?)]
    )
    func visibility(fields: String, isPrivate: Bool?) throws {
        let event: PullRequestEvent = try event(
            "pull_request",
            json(more: #","repository":{"id":1,\#(fields)}"#)
        )
        #expect(event.repository?.isPrivate == isPrivate)
    }

    @Test("Without repository and sender the event is taken", arguments: ["null", "[]", "1", #""acme/app""#])
    func withoutRepository(value: String) throws {
        let event: PullRequestEvent = try event("pull_request", json(more: #","repository":\#(value)"#))
        #expect(event.repository == nil)
        #expect(event.pullRequest.number == 7)
    }

    @Test(
        "Without its object, number or action it is unknown, with a problem",
        arguments: [
            (#"{"action":"opened"}"#, "opened", "the pull_request event has no pull_request object"),
            (
                #"{"action":"opened","pull_request":null}"#, "opened",
                "the pull_request event has no pull_request object"
            ),
            (
                #"{"action":"opened","number":1,"pull_request":{"id":1}}"#, "opened",
                "the pull_request event has no number in its pull_request object"
            ),
            (
                #"{"action":"opened","pull_request":{"number":0}}"#, "opened",
                "the pull_request event has no number in its pull_request object"
            ),
            (
                #"{"action":"opened","pull_request":{"number":1.5}}"#, "opened",
                "the pull_request event has no number in its pull_request object"
            ),
        ] as [(String, String?, String)]
    )
    func incomplete(json: String, action: String?, problem: String) throws {
        let result = try unknown("pull_request", json)
        #expect(result.event.action == action)
        #expect(result.problem == problem)
    }

    @Test(
        "Without an action it is not known what changed",
        arguments: ["", #""action":"","#, #""action":1,"#]
    )
    func withoutAction(action: String) throws {
        let event: PullRequestEvent = try event("pull_request", #"{\#(action)"pull_request":{"number":1}}"#)
        #expect(event.action == .edited)
        #expect(event.pullRequest.ambiguous == true)
    }

    @Test("A number alone makes an event, of which the rest is not known")
    func numberAlone() throws {
        let pullRequest = try pullRequest(#"{"action":"opened","pull_request":{"number":1}}"#)
        var expected = PullRequest(number: 1)
        expected.draft = false
        #expect(pullRequest == expected)
    }
}
