import Events
import Providers
import Testing

@Suite("Gitea pull requests")
struct GiteaPullRequestTests {
    /// A delivery with what every one has, and more; a member that stands twice counts as it stands last.
    static func json(
        _ action: String = "opened",
        pullRequest: String = "",
        head: String = #""repo_id":2,"repo":{"id":2,"full_name":"cleo/app"}"#,
        more: String = ""
    ) -> String {
        """
        {"action":"\(action)","number":7,"pull_request":{"id":9007199254740993,"number":7,"state":"open",\
        "title":"T","body":"B","user":{"id":3,"login":"cleo","username":"cleo"},"html_url":"https://x/7",\
        "created_at":"2026-01-01T01:00:00+01:00","updated_at":"2026-01-02T00:00:00Z","draft":false,\
        "merged":false,"merged_at":null,"merge_commit_sha":null,\
        "head":{"label":"h","ref":"h","sha":"aa",\(head)},"base":{"ref":"b","sha":"bb","repo_id":1,\
        "repo":{"id":1,"full_name":"acme/app"}}\
        \(pullRequest)},"repository":{"id":1,"full_name":"acme/app","private":true,"html_url":"https://x"},\
        "sender":{"id":4,"login":"ada","username":"ada"},"commit_id":"","review":null\(more)}
        """
    }

    private func pullRequest(
        _ json: String,
        from dialect: Gitea.Dialect = .gitea,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> PullRequest {
        let event: PullRequestEvent = try event(
            "pull_request",
            json,
            from: Gitea(dialect),
            sourceLocation: sourceLocation
        )
        return event.pullRequest
    }

    @Test("All fields are taken over, identity and privacy from the repository that received the event")
    func fields() throws {
        let event: PullRequestEvent = try event("pull_request", Self.json(), from: Gitea(.forgejo))
        #expect(event.envelope.provider == "forgejo")
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
        expected.merged = false
        expected.draft = false
        expected.isFork = true
        expected.url = "https://x/7"
        expected.head = PullRequest.Branch(ref: "h", sha: "aa", repository: "cleo/app")
        expected.base = PullRequest.Branch(ref: "b", sha: "bb", repository: "acme/app")
        #expect(event.pullRequest == expected)
    }

    @Test(
        "The forges' words are translated, all others pass",
        arguments: [
            ("synchronized", "synchronize"), ("label_updated", "labeled"), ("label_cleared", "unlabeled"),
            ("opened", "opened"), ("closed", "closed"), ("reopened", "reopened"), ("edited", "edited"),
            ("assigned", "assigned"), ("unassigned", "unassigned"), ("milestoned", "milestoned"),
            ("demilestoned", "demilestoned"), ("review_requested", "review_requested"),
            ("review_request_removed", "review_request_removed"), ("labeled", "labeled"),
            ("teleported", "teleported"),
        ]
    )
    func actions(word: String, action: String) throws {
        for dialect in Gitea.Dialect.allCases {
            let event: PullRequestEvent = try event("pull_request", Self.json(word), from: Gitea(dialect))
            #expect(event.action.rawValue == action)
        }
    }

    @Test(
        "The event's type will do for its name",
        arguments: [
            "pull_request", "pull_request_assign", "pull_request_label", "pull_request_milestone",
            "pull_request_sync", "pull_request_review_request", "pull_request_something_new",
        ]
    )
    func eventTypes(name: String) throws {
        let event: PullRequestEvent = try event(name, Self.json("reopened"), from: Gitea(.gitea))
        #expect(event.action == .reopened)
    }

    @Test("Without an action it was edited in some way")
    func withoutAction() throws {
        let event: PullRequestEvent = try event("pull_request", Self.json(""), from: Gitea(.gitea))
        #expect(event.action == .edited)
        #expect(event.pullRequest.ambiguous == true)
    }

    @Test("The number beside the pull request will do")
    func outerNumber() throws {
        #expect(try pullRequest(Self.json(pullRequest: #","number":null"#)).number == 7)
    }

    @Test("Without its object or number it is unknown, with the reason, and keeps its lane where it can")
    func unreadable() throws {
        for object in ["null", "7", "[]"] {
            let json = Self.json(more: #","pull_request":\#(object)"#)
            let (event, problem) = try unknown("pull_request", json, from: Gitea(.gitea))
            #expect(problem == "the pull_request event has no pull_request object")
            #expect(event.subject == "pull_request/7")
            #expect(event.action == "opened")
            #expect(event.repository?.fullName == "acme/app" && event.actor?.username == "ada")
        }
        let json = Self.json(pullRequest: #","number":0"#, more: #","number":null"#)
        let (event, problem) = try unknown("pull_request_sync", json, from: Gitea(.gitea))
        #expect(problem == "the pull_request_sync event has no number in its pull_request object")
        #expect(event.subject == nil)
    }

    @Test(
        "It is a fork's by the repositories' ids; a deleted fork counts",
        arguments: [
            (#""repo_id":1,"repo":{"id":1,"full_name":"acme/app"}"#, false, "acme/app"),
            (#""repo_id":2,"repo":{"id":2,"full_name":"cleo/app"}"#, true, "cleo/app"),
            (#""repo_id":-1,"repo":null"#, true, nil), (#""repo":null"#, true, nil),
            (#""repo_id":1,"repo":null"#, false, nil), (#""repo_id":2"#, true, nil),
            (#""x":1"#, nil, nil),
        ] as [(String, Bool?, String?)]
    )
    func fork(head: String, isFork: Bool?, repository: String?) throws {
        let pullRequest = try pullRequest(Self.json(head: head))
        #expect(pullRequest.isFork == isFork)
        #expect(pullRequest.head.repository == repository)
    }

    @Test("The ref of a deleted branch stays as it is, an empty hash is none")
    func deletedBranch() throws {
        let head = #""ref":"refs/pull/7/head","sha":"","repo_id":-1,"repo":null"#
        let pullRequest = try pullRequest(Self.json(head: head))
        #expect(pullRequest.head == PullRequest.Branch(ref: "refs/pull/7/head", sha: nil, repository: nil))
    }

    @Test("A merged one says when, and what the merge made; older versions by another name")
    func merged() throws {
        for name in ["merge_commit_sha", "merged_commit_id"] {
            let members =
                #","state":"closed","merged":true,"merged_at":"2026-01-03T00:00:00Z","\#(name)":"cc""#
            let json = Self.json("closed", pullRequest: members)
            let event: PullRequestEvent = try event("pull_request", json, from: Gitea(.gitea))
            #expect(event.pullRequest.merged == true)
            #expect(event.pullRequest.state == .closed)
            #expect(event.pullRequest.mergeCommitSha == "cc")
            #expect(event.pullRequest.mergedAt == (try time("2026-01-03T00:00:00Z")))
            #expect(event.occurredAt == event.pullRequest.mergedAt)
        }
    }

    @Test("One that is closed unmerged has no merge")
    func closed() throws {
        let members = #","state":"closed","merge_commit_sha":"cc","closed_at":"2026-01-04T00:00:00Z""#
        let event: PullRequestEvent = try event(
            "pull_request",
            Self.json("closed", pullRequest: members),
            from: Gitea(.gitea)
        )
        #expect(event.pullRequest.merged == false)
        #expect(event.pullRequest.mergeCommitSha == nil && event.pullRequest.mergedAt == nil)
        #expect(event.occurredAt == (try time("2026-01-04T00:00:00Z")))
    }

    @Test("Where nothing says so, the time of the merge tells whether there was one")
    func mergedByTime() throws {
        let time = #","merged":null,"merged_at":"2026-01-03T00:00:00Z""#
        #expect(try pullRequest(Self.json(pullRequest: time)).merged == true)
        #expect(try pullRequest(Self.json(pullRequest: #","merged":null"#)).merged == false)
    }

    @Test("A time that stands for none is none", arguments: ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"])
    func unsetTimes(text: String) throws {
        let members = #","created_at":"\#(text)","updated_at":"\#(text)""#
        let event: PullRequestEvent = try event(
            "pull_request",
            Self.json(pullRequest: members),
            from: Gitea(.gitea)
        )
        #expect(event.occurredAt == nil)
    }

    @Test("Gogs names branches and repositories, without hashes and drafts")
    func gogs() throws {
        let json = #"""
            {"action":"synchronized","number":2,"pull_request":{"id":11,"number":2,"title":"WIP: T","body":"",
             "user":{"id":1,"login":"cleo","username":"cleo"},"state":"open","head_branch":"h",
             "head_repo":{"id":62,"full_name":"cleo/app"},"base_branch":"b",
             "base_repo":{"id":61,"full_name":"acme/app"},"html_url":"https://x/2","merged":false,
             "merged_at":null,"merge_commit_sha":null},"repository":{"id":61,"full_name":"acme/app"},
             "sender":{"id":1,"username":"cleo"}}
            """#
        let event: PullRequestEvent = try event("pull_request", json, from: Gitea(.gogs))
        let pullRequest = event.pullRequest
        #expect(event.action == .synchronize)
        #expect(pullRequest.head == PullRequest.Branch(ref: "h", sha: nil, repository: "cleo/app"))
        #expect(pullRequest.base == PullRequest.Branch(ref: "b", sha: nil, repository: "acme/app"))
        #expect(pullRequest.isFork == true)
        #expect(pullRequest.draft == nil && pullRequest.description == nil && pullRequest.after == nil)
        #expect(event.repository?.isPrivate == nil)
        #expect(event.actor == User(id: "1", username: "cleo"))
        let deleted = json.replacingOnce(#"{"id":62,"full_name":"cleo/app"}"#, with: "null")
        #expect(try self.pullRequest(deleted, from: .gogs).isFork == true)
    }
}

extension String {
    /// The text with the first occurrence of another replaced.
    fileprivate func replacingOnce(_ text: String, with other: String) -> String {
        guard let range = firstRange(of: text) else { return self }
        return self[..<range.lowerBound] + other + self[range.upperBound...]
    }
}
