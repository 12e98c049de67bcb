import Events
import Providers
import Testing

@Suite("Bitbucket Data Center pull requests")
struct BitbucketDataCenterPullRequestTests {
    /// A body with what every one has, and more.
    private func json(
        _ more: String = "",
        from: String = #""repository":{"id":2,"slug":"app","project":{"key":"~cleo"}}"#,
        outside: String = ""
    ) -> String {
        """
        {"eventKey":"x","date":"2026-01-03T01:00:00+0100","actor":{"id":4,"name":"ada","type":"NORMAL"},\
        "pullRequest":{"id":7,"version":1,"title":"T","description":"D","state":"OPEN","draft":false,\
        "createdDate":1767225600000,"updatedDate":1767312000000,\
        "author":{"user":{"id":3,"name":"cleo","type":"NORMAL"},"role":"AUTHOR"},\
        "fromRef":{"id":"refs/heads/h","displayId":"h","latestCommit":"aa",\(from)},\
        "toRef":{"id":"refs/heads/b","displayId":"b","latestCommit":"bb","repository":{"id":1,"slug":"app",\
        "public":false,"project":{"key":"ACME","public":false},\
        "links":{"self":[{"href":"https://x/browse"}]}}},\
        "links":{"self":[{"href":"https://x/7"}]}\(more)}\(outside)}
        """
    }

    private func event(_ name: String, _ json: String) throws -> PullRequestEvent {
        try ProvidersTests.event(name, json, from: BitbucketDataCenter())
    }

    private func pullRequest(_ json: String) throws -> PullRequest {
        try event("pr:opened", json).pullRequest
    }

    @Test("All fields are taken over, identity and privacy from the repository that received the event")
    func fields() throws {
        let event = try event("pr:opened", json())
        #expect(event.action == .opened)
        #expect(event.subject == "pull_request/7")
        #expect(event.occurredAt == (try time("2026-01-03T00:00:00Z")))
        #expect(
            event.repository
                == Repository(id: "1", fullName: "ACME/app", isPrivate: true, url: "https://x/browse")
        )
        #expect(event.actor == User(id: "4", username: "ada"))
        var expected = PullRequest(number: 7)
        expected.title = "T"
        expected.description = "D"
        expected.author = User(id: "3", username: "cleo")
        expected.state = .open
        expected.merged = false
        expected.draft = false
        expected.isFork = true
        expected.url = "https://x/7"
        expected.head = PullRequest.Branch(ref: "h", sha: "aa", repository: "~cleo/app")
        expected.base = PullRequest.Branch(ref: "b", sha: "bb", repository: "ACME/app")
        #expect(event.pullRequest == expected)
    }

    @Test(
        "A pull request ends in three ways, in one of them merged",
        arguments: [("pr:merged", true), ("pr:declined", false), ("pr:deleted", false)]
    )
    func closed(name: String, merged: Bool) throws {
        let more = #","properties":{"mergeCommit":{"id":"cc"}},"closedDate":1767398400000"#
        let event = try event(name, json(more))
        #expect(event.action == .closed)
        #expect(event.pullRequest.state == .closed && event.pullRequest.merged == merged)
        #expect(event.pullRequest.mergeCommitSha == (merged ? "cc" : nil))
        #expect(event.pullRequest.mergedAt == (merged ? try time("2026-01-03T00:00:00Z") : nil))
    }

    @Test("Without a closing date the merge's time is the event's")
    func mergedAt() throws {
        let pullRequest = try event("pr:merged", json()).pullRequest
        #expect(pullRequest.mergedAt == (try time("2026-01-03T00:00:00Z")))
        #expect(pullRequest.mergeCommitSha == nil)
    }

    @Test("The heads before and after a push")
    func synchronize() throws {
        let event = try event("pr:from_ref_updated", json(outside: #","previousFromHash":"a0""#))
        #expect(event.action == .synchronize)
        #expect(event.pullRequest.before == "a0" && event.pullRequest.after == "aa")
    }

    @Test(
        "States are told in the model's words, others as they are",
        arguments: [
            (#""OPEN""#, .open, false), (#""MERGED""#, .closed, true), (#""DECLINED""#, .closed, false),
            (#""FROZEN""#, PullRequestState(rawValue: "FROZEN"), nil), ("null", nil, nil),
        ] as [(String, PullRequestState?, Bool?)]
    )
    func states(value: String, state: PullRequestState?, merged: Bool?) throws {
        let pullRequest = try pullRequest(json(#","state":\#(value)"#))
        #expect(pullRequest.state == state && pullRequest.merged == merged)
    }

    @Test(
        "A head in another repository is a fork's",
        arguments: [
            (#""repository":{"id":1,"slug":"app","project":{"key":"ACME"}}"#, false, "ACME/app"),
            (#""repository":{"slug":"app","project":{"key":"ACME"}}"#, false, "ACME/app"),
            (#""repository":{"slug":"app","project":{"key":"~cleo"}}"#, true, "~cleo/app"),
            (#""repository":{"slug":"app"}"#, nil, nil), (#""repository":null"#, nil, nil),
        ] as [(String, Bool?, String?)]
    )
    func forks(from: String, isFork: Bool?, repository: String?) throws {
        let pullRequest = try pullRequest(json(from: from))
        #expect(pullRequest.isFork == isFork)
        #expect(pullRequest.head.repository == repository)
    }

    @Test("A ref without a name for display has that of its id")
    func displayId() throws {
        let from = #","fromRef":{"id":"refs/heads/a/b"},"toRef":{"id":"refs/tags/v1","displayId":"v1"}"#
        let pullRequest = try pullRequest(json(from))
        #expect(pullRequest.head.ref == "a/b" && pullRequest.base.ref == "v1")
    }

    @Test("Draft is false and the description none where they are not said")
    func absent() throws {
        let pullRequest = try pullRequest(json(#","draft":null,"description":null,"links":{"self":[null]}"#))
        #expect(pullRequest.draft == false && pullRequest.description == nil && pullRequest.url == nil)
    }

    @Test("A draft says that it is one")
    func draft() throws {
        #expect(try pullRequest(json(#","draft":true"#)).draft == true)
    }

    @Test(
        "Accounts have an id and a name; services are bots",
        arguments: [
            (#"{"id":1,"name":"n","slug":"s","type":"NORMAL"}"#, User(id: "1", username: "n")),
            (#"{"id":1,"slug":"s"}"#, User(id: "1", username: "s")),
            (#"{"username":"u"}"#, User(id: nil, username: "u")),
            (#"{"id":1,"name":"n","type":"SERVICE"}"#, User(id: "1", username: "n", isBot: true)),
            ("null", nil), ("{}", nil), ("7", nil),
        ] as [(String, User?)]
    )
    func users(json user: String, expected: User?) throws {
        let event = try event(
            "pr:opened",
            json(#","author":{"user":\#(user)}"#, outside: #","actor":\#(user)"#)
        )
        #expect(event.pullRequest.author == expected && event.actor == expected)
    }

    @Test(
        "A repository is private unless it or its project is public",
        arguments: [
            (#""public":true,"project":{"key":"P","public":false}"#, false),
            (#""public":false,"project":{"key":"P","public":true}"#, false),
            (#""public":false,"project":{"key":"P"}"#, true), (#""project":{"key":"P"}"#, true),
            (#""public":null,"project":{"key":"P","public":null}"#, true),
        ]
    )
    func privacy(fields: String, isPrivate: Bool) throws {
        let more = #","toRef":{"repository":{"id":1,"slug":"app",\#(fields)}}"#
        #expect(try event("pr:opened", json(more)).repository?.isPrivate == isPrivate)
    }

    @Test("Without the event's date the last change counts")
    func occurredAt() throws {
        let event = try event("pr:opened", json(outside: #","date":null"#))
        #expect(event.occurredAt == (try time("2026-01-02T00:00:00Z")))
    }

    @Test(
        "Without its object or number it is unknown, with a problem",
        arguments: [
            ("{}", "has no pullRequest object"), (#"{"pullRequest":[]}"#, "has no pullRequest object"),
            (#"{"pullRequest":{}}"#, "has no id in its pullRequest object"),
        ]
    )
    func incomplete(json: String, problem: String) throws {
        let result = try unknown("pr:merged", json, from: BitbucketDataCenter())
        #expect(result.problem == "the pr:merged event \(problem)")
    }
}
