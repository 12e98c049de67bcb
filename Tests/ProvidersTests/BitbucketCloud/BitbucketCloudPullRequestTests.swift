import Events
import Providers
import Testing

@Suite("Bitbucket Cloud pull requests")
struct BitbucketCloudPullRequestTests {
    /// A body with what every one has, and more.
    private func json(
        _ more: String = "",
        source: String = #""repository":{"uuid":"{f}","full_name":"cleo/app"}"#,
        outside: String = ""
    ) -> String {
        """
        {"pullrequest":{"id":7,"title":"T","description":"D","state":"OPEN","draft":false,\
        "author":{"uuid":"{c}","nickname":"cleo","type":"user"},"links":{"html":{"href":"https://x/7"}},\
        "created_on":"2026-01-01T00:00:00.123456+00:00","updated_on":"2026-01-02T00:00:00.123456+00:00",\
        "source":{"branch":{"name":"h"},"commit":{"hash":"aaaaaaaaaaaa"},\(source)},\
        "destination":{"branch":{"name":"b"},"commit":{"hash":"bbbbbbbbbbbb"},\
        "repository":{"uuid":"{r}","full_name":"acme/app"}}\(more)},\
        "repository":{"uuid":"{r}","full_name":"acme/app","is_private":true,\
        "links":{"html":{"href":"https://x"}}},\
        "actor":{"uuid":"{a}","nickname":"ada","type":"user"}\(outside)}
        """
    }

    private func event(_ name: String, _ json: String) throws -> PullRequestEvent {
        try ProvidersTests.event(name, json, from: BitbucketCloud())
    }

    private func pullRequest(_ json: String) throws -> PullRequest {
        try event("pullrequest:created", json).pullRequest
    }

    @Test("All fields are taken over, identity and privacy from the repository that received the event")
    func fields() throws {
        let event = try event("pullrequest:created", json())
        #expect(event.action == .opened)
        #expect(event.subject == "pull_request/7")
        #expect(event.occurredAt == (try time("2026-01-01T00:00:00.123Z")))
        #expect(
            event.repository == Repository(id: "{r}", fullName: "acme/app", isPrivate: true, url: "https://x")
        )
        #expect(event.actor == User(id: "{a}", username: "ada"))
        var expected = PullRequest(number: 7)
        expected.title = "T"
        expected.description = "D"
        expected.author = User(id: "{c}", username: "cleo")
        expected.state = .open
        expected.merged = false
        expected.draft = false
        expected.isFork = true
        expected.url = "https://x/7"
        expected.head = PullRequest.Branch(ref: "h", sha: "aaaaaaaaaaaa", repository: "cleo/app")
        expected.base = PullRequest.Branch(ref: "b", sha: "bbbbbbbbbbbb", repository: "acme/app")
        #expect(event.pullRequest == expected)
    }

    @Test(
        "The event's key says what happened",
        arguments: [
            ("pullrequest:created", .opened, .open, false), ("pullrequest:updated", .edited, .open, false),
            ("pullrequest:fulfilled", .closed, .closed, true),
            ("pullrequest:rejected", .closed, .closed, false),
            ("pullrequest:superseded", .closed, .closed, false),
            ("pullrequest:push", .synchronize, .open, false),
        ] as [(String, PullRequestAction, PullRequestState, Bool)]
    )
    func actions(name: String, action: PullRequestAction, state: PullRequestState, merged: Bool) throws {
        let event = try event(name, json())
        #expect(event.action == action)
        #expect(event.pullRequest.state == state)
        #expect(event.pullRequest.merged == merged)
        #expect(event.pullRequest.ambiguous == (action == .edited ? true : nil))
        #expect(event.pullRequest.after == (action == .synchronize ? "aaaaaaaaaaaa" : nil))
        #expect(event.occurredAt?.milliseconds == (action == .opened ? 1_767_225_600_123 : 1_767_312_000_123))
    }

    @Test("Merged, it has the merge's commit and time")
    func merged() throws {
        let more = #","state":"MERGED","merge_commit":{"hash":"cccccccccccc"}"#
        let merged = try event("pullrequest:fulfilled", json(more)).pullRequest
        #expect(merged.mergeCommitSha == "cccccccccccc")
        #expect(merged.mergedAt == (try time("2026-01-02T00:00:00.123Z")))
        let later = try event("pullrequest:updated", json(more)).pullRequest
        #expect(later.merged == true && later.state == .closed && later.mergeCommitSha == "cccccccccccc")
        #expect(later.mergedAt == nil)
    }

    @Test("Not merged, it has neither", arguments: ["pullrequest:rejected", "pullrequest:created"])
    func unmerged(name: String) throws {
        let pullRequest = try event(name, json(#","merge_commit":{"hash":"cccccccccccc"}"#)).pullRequest
        #expect(pullRequest.mergeCommitSha == nil && pullRequest.mergedAt == nil)
    }

    @Test(
        "States are told in the model's words, others as they are",
        arguments: [
            (#""OPEN""#, .open, false), (#""MERGED""#, .closed, true), (#""DECLINED""#, .closed, false),
            (#""SUPERSEDED""#, .closed, false), (#""FROZEN""#, PullRequestState(rawValue: "FROZEN"), nil),
            ("null", nil, nil), ("1", nil, nil), (#""""#, nil, nil),
        ] as [(String, PullRequestState?, Bool?)]
    )
    func states(value: String, state: PullRequestState?, merged: Bool?) throws {
        let pullRequest = try event("pullrequest:updated", json(#","state":\#(value)"#)).pullRequest
        #expect(pullRequest.state == state)
        #expect(pullRequest.merged == merged)
    }

    @Test("Nothing, an empty text and null are no description", arguments: [#""""#, "null", "7"])
    func emptyDescription(value: String) throws {
        #expect(try pullRequest(json(#","description":\#(value)"#)).description == nil)
    }

    @Test("Draft is false where it is not said", arguments: [("true", true), ("null", false)])
    func draft(value: String, isDraft: Bool) throws {
        #expect(try pullRequest(json(#","draft":\#(value)"#)).draft == isDraft)
    }

    @Test(
        "A source in another repository, or in one that was deleted, is a fork's",
        arguments: [
            (#""repository":null"#, true, nil),
            (#""repository":{"uuid":"{f}","full_name":"cleo/app"}"#, true, "cleo/app"),
            (#""repository":{"uuid":"{r}","full_name":"acme/old-name"}"#, false, "acme/old-name"),
            (#""repository":{"full_name":"acme/app"}"#, false, "acme/app"),
            (#""repository":{"full_name":"cleo/app"}"#, true, "cleo/app"),
            (#""repository":{}"#, nil, nil), (#""x":1"#, nil, nil),
        ] as [(String, Bool?, String?)]
    )
    func forks(source: String, isFork: Bool?, repository: String?) throws {
        let pullRequest = try pullRequest(json(source: source))
        #expect(pullRequest.isFork == isFork)
        #expect(pullRequest.head.repository == repository)
    }

    @Test("Without a destination's repository the one that received the event counts")
    func destination() throws {
        let pullRequest = try pullRequest(json(#","destination":{"branch":{"name":"b"}}"#))
        #expect(pullRequest.isFork == true)
        #expect(pullRequest.base == PullRequest.Branch(ref: "b"))
    }

    @Test("Of branches and commits that are gone nothing is known")
    func goneBranches() throws {
        let gone = #"{"branch":null,"commit":null,"repository":null}"#
        let pullRequest = try pullRequest(json(#","source":\#(gone),"destination":null"#))
        #expect(pullRequest.head == PullRequest.Branch() && pullRequest.base == PullRequest.Branch())
    }

    @Test(
        "Accounts are known by their UUIDs, and by nicknames or what came before",
        arguments: [
            (
                #"{"uuid":"{u}","account_id":"5","nickname":"n","username":"o"}"#,
                User(id: "{u}", username: "n")
            ),
            (#"{"account_id":"5","nickname":"n"}"#, User(id: "5", username: "n")),
            (#"{"username":"acme","type":"team","uuid":"{t}"}"#, User(id: "{t}", username: "acme")),
            (
                #"{"uuid":"{b}","nickname":"b","type":"app_user"}"#,
                User(id: "{b}", username: "b", isBot: true)
            ),
            (#"{"uuid":"{u}"}"#, User(id: "{u}", username: nil)),
            (#"{"nickname":"n"}"#, User(id: nil, username: "n")),
            (#"{"display_name":"Former user","type":"user"}"#, nil), ("null", nil), ("[]", nil), ("{}", nil),
        ] as [(String, User?)]
    )
    func users(json user: String, expected: User?) throws {
        let event = try event(
            "pullrequest:created",
            json(#","author":\#(user)"#, outside: #","actor":\#(user)"#)
        )
        #expect(event.pullRequest.author == expected)
        #expect(event.actor == expected)
    }

    @Test("Without a repository the event is taken", arguments: ["null", "[]", #""acme/app""#])
    func withoutRepository(value: String) throws {
        let event = try event("pullrequest:created", json(outside: #","repository":\#(value)"#))
        #expect(event.repository == nil)
    }

    @Test(
        "Without its object or number it is unknown, with a problem",
        arguments: [
            ("{}", "has no pullrequest object"), (#"{"pullrequest":7}"#, "has no pullrequest object"),
            (#"{"pullrequest":{}}"#, "has no id in its pullrequest object"),
            (#"{"pullrequest":{"id":0}}"#, "has no id in its pullrequest object"),
        ]
    )
    func incomplete(json: String, problem: String) throws {
        let result = try unknown("pullrequest:created", json, from: BitbucketCloud())
        #expect(result.problem == "the pullrequest:created event \(problem)")
    }

    @Test("A number alone makes an event, of which the rest is not known")
    func numberAlone() throws {
        var expected = PullRequest(number: 1)
        expected.draft = false
        #expect(try pullRequest(#"{"pullrequest":{"id":1}}"#) == expected)
    }
}
