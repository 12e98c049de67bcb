import Events
import Providers
import Testing

@Suite("GitLab merge requests")
struct GitLabPullRequestTests {
    static let name = "Merge Request Hook"

    private func pullRequest(_ json: String) throws -> PullRequestEvent {
        try event(Self.name, json, from: GitLab())
    }

    @Test("All fields are taken over; number is the project's, id GitLab's")
    func fields() throws {
        let event = try pullRequest(GitLabBody.mergeRequest("open"))
        #expect(event.action == .opened)
        #expect(event.subject == "pull_request/7")
        #expect(event.occurredAt == (try time("2026-01-01T00:00:00Z")))
        #expect(
            event.repository
                == Repository(id: "1", fullName: "acme/app", isPrivate: false, url: "https://x/acme/app")
        )
        #expect(event.actor == User(id: "4", username: "ada"))
        var expected = PullRequest(number: 7)
        expected.id = "42"
        expected.title = "Add a door"
        expected.description = "It opens."
        expected.author = User(id: "5", username: nil)
        expected.state = .open
        expected.merged = false
        expected.draft = false
        expected.isFork = true
        expected.url = "https://x/acme/app/-/merge_requests/7"
        expected.head = PullRequest.Branch(ref: "door", sha: "a1", repository: "ben/app")
        expected.base = PullRequest.Branch(ref: "main", repository: "acme/app")
        #expect(event.pullRequest == expected)
    }

    @Test("A merge closes, with its commit and time")
    func merged() throws {
        let event = try pullRequest(
            GitLabBody.mergeRequest("merge", #","state":"merged","state_id":3,"merge_commit_sha":"c3""#)
        )
        #expect(event.action == .closed)
        #expect(event.pullRequest.merged == true)
        #expect(event.pullRequest.state == .closed)
        #expect(event.pullRequest.mergeCommitSha == "c3")
        #expect(event.pullRequest.mergedAt == (try time("2026-01-02T00:00:00Z")))
        #expect(event.occurredAt == event.pullRequest.mergedAt)
    }

    @Test("A merge is one even if the state is still that of its lock")
    func mergedWhileLocked() throws {
        let event = try pullRequest(GitLabBody.mergeRequest("merge", #","state":"locked","state_id":4"#))
        #expect(event.pullRequest.merged == true)
        #expect(event.pullRequest.state == .closed)
        #expect(event.pullRequest.mergeCommitSha == nil)
    }

    @Test("A squash that was fast-forwarded has a commit, too")
    func squashed() throws {
        let attributes = #","state":"merged","merge_commit_sha":null,"squash_commit_sha":"d4""#
        let event = try pullRequest(GitLabBody.mergeRequest("merge", attributes))
        #expect(event.pullRequest.mergeCommitSha == "d4")
    }

    @Test("Closed is not merged, and the commit that only tries the merge is not told")
    func closed() throws {
        let event = try pullRequest(
            GitLabBody.mergeRequest("close", #","state":"closed","merge_commit_sha":"c3""#)
        )
        #expect(event.action == .closed)
        #expect(event.pullRequest.merged == false)
        #expect(event.pullRequest.state == .closed)
        #expect(event.pullRequest.mergeCommitSha == nil)
        #expect(event.pullRequest.mergedAt == nil)
    }

    @Test("Opened again, it is open")
    func reopened() throws {
        let event = try pullRequest(GitLabBody.mergeRequest("reopen"))
        #expect(event.action == .reopened)
        #expect(event.pullRequest.state == .open)
        #expect(event.occurredAt == (try time("2026-01-02T00:00:00Z")))
    }

    @Test("An action that is new passes as it is")
    func unknownAction() throws {
        let event = try pullRequest(GitLabBody.mergeRequest("teleported"))
        #expect(event.action.rawValue == "teleported")
        #expect(!event.action.isKnown)
    }

    @Test("An action that cannot be kept is told")
    func badAction() throws {
        let action = String(repeating: "x", count: 256)
        let (event, problem) = try unknown(Self.name, GitLabBody.mergeRequest(action), from: GitLab())
        #expect(problem?.contains("action") == true)
        #expect(event.subject == "pull_request/7")
    }

    @Test(
        "States have their words, else their numbers",
        arguments: [
            (#""state":"opened""#, "open", false), (#""state":"closed""#, "closed", false),
            (#""state":"merged""#, "closed", true), (#""state":"locked""#, "open", false),
            (#""state":null,"state_id":1"#, "open", false), (#""state":null,"state_id":2"#, "closed", false),
            (#""state":null,"state_id":3"#, "closed", true), (#""state":null,"state_id":4"#, "open", false),
            (#""state":"frozen""#, "frozen", false), (#""state":null,"state_id":null"#, nil, nil),
        ] as [(String, String?, Bool?)]
    )
    func states(attributes: String, state: String?, merged: Bool?) throws {
        let event = try pullRequest(GitLabBody.mergeRequest("reopen", ",\(attributes)"))
        #expect(event.pullRequest.state?.rawValue == state)
        #expect(event.pullRequest.merged == merged)
    }

    @Test(
        "The author is the author's id, with the name of an account that has it",
        arguments: [
            ("", nil), (#","assignees":[{"id":6},{"id":5,"username":"ben"}]"#, "ben"),
            (#","reviewers":[{"id":5,"username":"ben"}]"#, "ben"),
            (#","assignee":{"id":5,"username":"ben"}"#, "ben"),
            (#","user":{"id":5,"username":"ben"}"#, "ben"),
            // Old servers send accounts without ids; who opens a merge request is its author.
            (#","user":{"username":"ben"}"#, "ben"), (#","assignees":[{"username":"cleo"}]"#, nil),
        ] as [(String, String?)]
    )
    func author(more: String, username: String?) throws {
        let event = try pullRequest(GitLabBody.mergeRequest("open", more: more))
        #expect(event.pullRequest.author == User(id: "5", username: username))
    }

    @Test("Who does something later is not the author")
    func actor() throws {
        let event = try pullRequest(GitLabBody.mergeRequest("close", more: #","user":{"username":"ben"}"#))
        #expect(event.actor == User(id: nil, username: "ben"))
        #expect(event.pullRequest.author == User(id: "5", username: nil))
    }

    @Test("What is null, missing or empty is nothing, never an empty text")
    func absent() throws {
        let attributes = #"""
            ,"description":"","author_id":null,"draft":null,"last_commit":null,"source":null,"id":null,
            "url":"",
            "created_at":null,"updated_at":"never"
            """#
        let event = try pullRequest(GitLabBody.mergeRequest("close", attributes, changes: nil))
        #expect(event.pullRequest.description == nil)
        #expect(event.pullRequest.author == nil)
        #expect(event.pullRequest.draft == nil)
        #expect(event.pullRequest.head == PullRequest.Branch(ref: "door"))
        #expect(event.pullRequest.id == nil)
        #expect(event.pullRequest.url == nil)
        #expect(event.occurredAt == nil)
    }

    @Test("A draft has an older name")
    func workInProgress() throws {
        let event = try pullRequest(
            GitLabBody.mergeRequest("open", #","draft":null,"work_in_progress":true"#)
        )
        #expect(event.pullRequest.draft == true)
    }

    @Test(
        "A fork is another project, whether it is still there or not",
        arguments: [
            (#","source_project_id":1"#, false), (#","source":null"#, true),
            (#","source_project_id":null"#, nil), (#","target_project_id":null"#, nil),
        ] as [(String, Bool?)]
    )
    func forks(attributes: String, isFork: Bool?) throws {
        let event = try pullRequest(GitLabBody.mergeRequest("open", attributes))
        #expect(event.pullRequest.isFork == isFork)
    }

    @Test("The time of what was done is before that of the last change")
    func actionedAt() throws {
        let event = try pullRequest(
            GitLabBody.mergeRequest("close", #","actioned_at":"2026-01-03T00:00:00.500Z""#)
        )
        #expect(event.occurredAt == (try time("2026-01-03T00:00:00.500Z")))
    }

    @Test(
        "Without an action, the change of the state is it",
        arguments: [
            (#""state_id":{"previous":1,"current":2}"#, "closed", false),
            (#""state_id":{"previous":4,"current":3}"#, "closed", true),
            (#""state_id":{"previous":2,"current":1}"#, "reopened", false),
            (#""state_id":{"previous":null,"current":1}"#, "opened", false),
            (#""state":{"previous":"opened","current":"closed"}"#, "closed", false),
            (#""state":{"previous":"opened","current":"merged"}"#, "closed", true),
            (#""state":{"previous":"closed","current":"opened"}"#, "reopened", false),
            (#""title":{"previous":"A","current":"B"}"#, "edited", false),
        ]
    )
    func derivedAction(changes: String, action: String, merged: Bool) throws {
        let state = merged ? #","state":"merged""# : ""
        let event = try pullRequest(GitLabBody.mergeRequest(nil, state, changes: changes))
        #expect(event.action.rawValue == action)
        #expect(event.pullRequest.merged == merged)
        #expect(event.pullRequest.ambiguous == nil)
    }

    @Test(
        "Without an action and a change that says anything, it is unknown",
        arguments: [
            "", #""state_id":{"previous":1,"current":4}"#, #""state_id":{"previous":4,"current":1}"#,
            #""total_time_spent":{"previous":null,"current":0}"#,
        ]
    )
    func noAction(changes: String) throws {
        let body = GitLabBody.mergeRequest(nil, changes: changes)
        let (event, problem) = try unknown("System Hook", body, from: GitLab())
        #expect(problem == nil)
        #expect(event.action == nil)
        #expect(event.subject == "pull_request/7")
    }

    @Test(
        "A body without its object or number is unknown, and told",
        arguments: [
            (#"{"object_kind":"merge_request"}"#, "object_attributes"),
            (#"{"object_kind":"merge_request","object_attributes":[]}"#, "object_attributes"),
            (#"{"object_kind":"merge_request","object_attributes":{"action":"open"}}"#, "iid"),
            (#"{"object_kind":"merge_request","object_attributes":{"iid":0}}"#, "iid"),
        ]
    )
    func noObject(json: String, name: String) throws {
        let (event, problem) = try unknown(Self.name, json, from: GitLab())
        #expect(problem?.contains(name) == true)
        #expect(event.subject == nil)
    }

    @Test("The header decides only where the body says nothing")
    func dispatch() throws {
        let body = GitLabBody.mergeRequest("open")
        for name in ["System Hook", "Service Hook", "Push Hook", "anything", nil] {
            let event: PullRequestEvent = try event(name, body, from: GitLab())
            #expect(event.action == .opened)
        }
        let silent = body.replacing(#""object_kind":"merge_request","#, with: "")
        #expect(try pullRequest(silent).action == .opened)
        #expect(try unknown("System Hook", silent, from: GitLab()).problem == nil)
        let named = body.replacing("object_kind", with: "event_name")
        let event: PullRequestEvent = try event("System Hook", named, from: GitLab())
        #expect(event.action == .opened)
    }
}
