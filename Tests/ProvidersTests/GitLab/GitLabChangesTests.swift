import Events
import Providers
import Testing

@Suite("GitLab updates of merge requests")
struct GitLabChangesTests {
    /// The events of an update, which must be about pull requests.
    private func update(
        _ changes: String,
        _ attributes: String = "",
        more: String = ""
    ) throws -> [PullRequestEvent] {
        let body = GitLabBody.mergeRequest("update", attributes, changes: changes, more: more)
        let delivery = try Hook(GitLab()).delivery("Merge Request Hook", body)
        #expect(delivery.problem == nil)
        return try delivery.events.map { try #require($0 as? PullRequestEvent) }
    }

    private func actions(_ changes: String, _ attributes: String = "") throws -> [String] {
        try update(changes, attributes).map(\.action.rawValue)
    }

    @Test("A push moves the head")
    func synchronize() throws {
        let events = try update("", #","oldrev":"a0""#)
        #expect(events.map(\.action) == [.synchronize])
        #expect(events.first?.pullRequest.before == "a0")
        #expect(events.first?.pullRequest.after == "a1")
        #expect(events.first?.pullRequest.head.sha == "a1")
    }

    @Test(
        "A draft is told by its own name, by its old name, or by the title",
        arguments: [
            (#""draft":{"previous":false,"current":true}"#, ["converted_to_draft"]),
            (#""draft":{"previous":true,"current":false}"#, ["ready_for_review"]),
            (#""draft":{"previous":null,"current":true}"#, ["converted_to_draft"]),
            (#""work_in_progress":{"previous":false,"current":true}"#, ["converted_to_draft"]),
            (#""work_in_progress":{"previous":true,"current":false}"#, ["ready_for_review"]),
            (#""title":{"previous":"A","current":"Draft: A"}"#, ["converted_to_draft", "edited"]),
            (#""title":{"previous":"WIP: A","current":"A"}"#, ["ready_for_review", "edited"]),
            (#""title":{"previous":"[wip] A","current":"(Draft) A"}"#, ["edited"]),
            (#""title":{"previous":"A","current":"Drafty"}"#, ["edited"]),
            (
                #""draft":{"previous":false,"current":true},"title":{"previous":"A","current":"Draft: A"}"#,
                ["converted_to_draft", "edited"]
            ),
            (
                #""draft":{"previous":true,"current":true},"title":{"previous":"A","current":"Draft: A"}"#,
                ["edited"]
            ),
        ]
    )
    func draft(changes: String, actions: [String]) throws {
        #expect(try self.actions(changes) == actions)
    }

    @Test("Labels are told one by one, told apart by their ids")
    func labels() throws {
        let events = try update(
            #"""
            "labels":{"previous":[{"id":1,"title":"a"},{"id":2,"title":"b"}],
                      "current":[{"id":2,"title":"b2"},{"id":3,"title":"c"},{"id":4,"title":"d"}]}
            """#
        )
        #expect(events.map(\.action) == [.labeled, .labeled, .unlabeled])
        #expect(events.map(\.pullRequest.label) == ["c", "d", "a"])
    }

    @Test("Assignees are told one by one")
    func assignees() throws {
        let events = try update(
            #"""
            "assignees":{"previous":[{"id":1,"username":"a"},{"id":2,"username":"b"}],
                         "current":[{"id":2,"username":"b"},{"id":3,"username":"project_1_bot"}]},
            "assignee_id":{"previous":1,"current":2}
            """#
        )
        #expect(events.map(\.action) == [.assigned, .unassigned])
        let assignees = events.map(\.pullRequest.assignee)
        #expect(
            assignees == [
                User(id: "3", username: "project_1_bot", isBot: true), User(id: "1", username: "a"),
            ]
        )
    }

    @Test("Accounts without ids are told apart by their names")
    func withoutIds() throws {
        let changes =
            #""assignees":{"previous":[{"username":"a"}],"current":[{"username":"a"},{"username":"b"}]}"#
        let events = try update(changes)
        #expect(events.map(\.action) == [.assigned])
        #expect(events.first?.pullRequest.assignee == User(id: nil, username: "b"))
    }

    @Test("Old servers know one assignee: its account, or its id")
    func oneAssignee() throws {
        let account = #""assignee":{"previous":null,"current":{"username":"a"}}"#
        #expect(try update(account).map(\.pullRequest.assignee) == [User(id: nil, username: "a")])
        let id = #""assignee_id":{"previous":6,"current":5}"#
        let events = try update(id, more: #","assignee":{"id":5,"username":"ben"}"#)
        #expect(events.map(\.action) == [.assigned, .unassigned])
        #expect(
            events.map(\.pullRequest.assignee)
                == [User(id: "5", username: "ben"), User(id: "6", username: nil)]
        )
    }

    @Test("Reviewers are asked, asked again and taken off")
    func reviewers() throws {
        let events = try update(
            #"""
            "reviewers":{"previous":[{"id":1,"username":"a"},{"id":2,"username":"b","state":"reviewed"}],
              "current":[{"id":2,"username":"b","state":"unreviewed","re_requested":true},
                         {"id":3,"username":"c","state":"unreviewed","re_requested":false}]}
            """#
        )
        #expect(events.map(\.action) == [.reviewRequested, .reviewRequested, .reviewRequestRemoved])
        #expect(events.map(\.pullRequest.reviewer?.username) == ["c", "b", "a"])
    }

    @Test("One who is new and asked again is asked once")
    func askedOnce() throws {
        let reviewer = #"{"id":3,"username":"c","re_requested":true}"#
        #expect(
            try actions(#""reviewers":{"previous":[],"current":[\#(reviewer)]}"#) == ["review_requested"]
        )
    }

    @Test(
        "A milestone is entered, left or changed",
        arguments: [
            (#"{"previous":null,"current":3}"#, ["milestoned"]),
            (#"{"previous":3,"current":null}"#, ["demilestoned"]),
            (#"{"previous":3,"current":4}"#, ["demilestoned", "milestoned"]),
        ]
    )
    func milestone(change: String, actions: [String]) throws {
        let events = try update(#""milestone_id":\#(change)"#)
        #expect(events.map(\.action.rawValue) == actions)
        #expect(events.allSatisfy { $0.pullRequest.milestone == nil })
    }

    @Test(
        "Locks and auto-merge are switched",
        arguments: [
            (#""discussion_locked":{"previous":null,"current":true}"#, "locked"),
            (#""discussion_locked":{"previous":true,"current":false}"#, "unlocked"),
            (#""discussion_locked":{"previous":true,"current":null}"#, "unlocked"),
            (#""merge_when_pipeline_succeeds":{"previous":false,"current":true}"#, "auto_merge_enabled"),
            (#""merge_when_pipeline_succeeds":{"previous":true,"current":false}"#, "auto_merge_disabled"),
        ]
    )
    func switches(change: String, action: String) throws {
        #expect(try actions(change) == [action])
    }

    @Test("Title, description and base are edited once, with what they were")
    func edited() throws {
        let events = try update(
            #"""
            "title":{"previous":"A","current":"B"},"description":{"previous":null,"current":"C"},
            "target_branch":{"previous":"next","current":"main"}
            """#
        )
        #expect(events.map(\.action) == [.edited])
        #expect(events.first?.pullRequest.previous == PullRequest.Previous(title: "A", baseRef: "next"))
        #expect(events.first?.pullRequest.ambiguous == nil)
    }

    @Test("A detail belongs to its own event alone")
    func details() throws {
        let events = try update(
            #"""
            "labels":{"previous":[],"current":[{"id":1,"title":"a"}]},
            "reviewers":{"previous":[],"current":[{"id":6,"username":"cleo"}]}
            """#,
            #","oldrev":"a0""#
        )
        #expect(events.map(\.action) == [.synchronize, .reviewRequested, .labeled])
        #expect(events.map(\.pullRequest.label) == [nil, nil, "a"])
        #expect(events.map(\.pullRequest.before) == ["a0", nil, nil])
        #expect(events.map(\.pullRequest.reviewer?.id) == [nil, "6", nil])
    }

    @Test(
        "An update that changes nothing that has a neutral event is unknown, without a problem",
        arguments: [
            "", #""updated_at":{"previous":"2026-01-01 00:00:00 UTC","current":"2026-01-02 00:00:00 UTC"}"#,
            #""merge_status":{"previous":"unchecked","current":"can_be_merged"}"#,
            #""head_pipeline_id":{"previous":1,"current":2},"prepared_at":{"previous":null,"current":"x"}"#,
            #""time_estimate":{"previous":0,"current":60},"last_edited_by_id":{"previous":null,"current":4}"#,
            #""labels":{"previous":[{"id":1}],"current":[{"id":1}]}"#,
            #""labels":7,"assignees":[],"reviewers":null,"draft":true,"title":"x","milestone_id":3"#,
            #""assignees":{"previous":null,"current":[7,null,{}]}"#,
            #""milestone_id":{"previous":3,"current":3}"#,
        ]
    )
    func bookkeeping(changes: String) throws {
        let body = GitLabBody.mergeRequest("update", changes: changes)
        let (event, problem) = try unknown("Merge Request Hook", body, from: GitLab())
        #expect(problem == nil)
        #expect(event.action == "update")
        #expect(event.subject == "pull_request/7")
        #expect(event.repository?.fullName == "acme/app")
        #expect(event.actor?.username == "ada")
    }

    @Test("An update of an old server, which tells no changes at all, edits something")
    func ambiguous() throws {
        let body = GitLabBody.mergeRequest("update", changes: nil)
        let event: PullRequestEvent = try event("Merge Request Hook", body, from: GitLab())
        #expect(event.action == .edited)
        #expect(event.pullRequest.ambiguous == true)
        let pushed = GitLabBody.mergeRequest("update", #","oldrev":"a0""#, changes: nil)
        let push: PullRequestEvent = try ProvidersTests.event("Merge Request Hook", pushed, from: GitLab())
        #expect(push.action == .synchronize)
        #expect(push.pullRequest.ambiguous == nil)
    }

    @Test("Changes that come with another action are not told apart")
    func otherActions() throws {
        let changes = #""labels":{"previous":[],"current":[{"id":1,"title":"a"}]}"#
        let body = GitLabBody.mergeRequest("open", changes: changes)
        let event: PullRequestEvent = try event("Merge Request Hook", body, from: GitLab())
        #expect(event.action == .opened)
        #expect(event.pullRequest.label == nil)
    }
}
