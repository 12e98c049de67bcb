import Events
import Providers
import Testing

@Suite("GitLab notes")
struct GitLabCommentTests {
    private func comment(_ body: String, _ name: String = "Note Hook") throws -> CommentEvent {
        try event(name, body, from: GitLab())
    }

    static let onMergeRequest = #""merge_request":{"id":42,"iid":7}"#
    static let onIssue = #""issue":{"id":80,"iid":8}"#

    @Test("A note on a merge request has its number, and its place in the diff")
    func mergeRequest() throws {
        let attributes = #"""
            ,"action":"create","type":"DiffNote","commit_id":"",
            "position":{"head_sha":"a1","old_path":"gate.swift","new_path":"door.swift","new_line":3,
              "old_line":null}
            """#
        let event = try comment(GitLabBody.note("MergeRequest", attributes, on: Self.onMergeRequest))
        #expect(event.action == .created)
        #expect(event.subject == "pull_request/7")
        #expect(event.occurredAt == (try time("2026-01-01T00:00:00Z")))
        var expected = Comment(type: .pullRequest)
        expected.id = "11"
        expected.body = "Why?"
        expected.author = User(id: "4", username: "ada")
        expected.number = 7
        expected.url = "https://x/11"
        expected.threadId = "d1"
        expected.path = "door.swift"
        expected.line = 3
        expected.commitSha = "a1"
        #expect(event.comment == expected)
    }

    @Test(
        "A line that was removed has its old number and name",
        arguments: [
            (#""old_path":"a","new_path":"b","old_line":4,"new_line":null"#, "b", 4),
            (#""old_path":"a","new_path":null,"old_line":4"#, "a", 4),
            (#""old_path":"a","new_path":"b","old_line":4,"new_line":5"#, "b", 5),
            (#""new_path":"b","position_type":"file""#, "b", nil), ("", nil, nil),
        ] as [(String, String?, Int?)]
    )
    func position(position: String, path: String?, line: Int?) throws {
        let body = GitLabBody.note("MergeRequest", #","position":{\#(position)}"#, on: Self.onMergeRequest)
        let event = try comment(body)
        #expect(event.comment.path == path)
        #expect(event.comment.line == line)
    }

    @Test("A note on an issue has its number")
    func issue() throws {
        let event = try comment(GitLabBody.note("Issue", on: Self.onIssue))
        #expect(event.comment.type == .issue)
        #expect(event.comment.number == 8)
        #expect(event.subject == "issue/8")
    }

    @Test("A note on a commit has its hash", arguments: [#""commit":{"id":"a1"}"#, #""commit":null"#])
    func commit(parent: String) throws {
        let event = try comment(GitLabBody.note("Commit", #","commit_id":"a1""#, on: parent))
        #expect(event.comment.type == .commit)
        #expect(event.comment.commitSha == "a1")
        #expect(event.comment.number == nil)
        #expect(event.subject == "commit/a1")
    }

    @Test("An old note on a commit has the file beside it")
    func commitFile() throws {
        let attributes = #","st_diff":{"new_path":"six","old_path":"five"}"#
        #expect(
            try comment(GitLabBody.note("Commit", attributes, on: #""commit":{"id":"a1"}"#)).comment.path
                == "six"
        )
    }

    @Test("A note on a snippet has no subject")
    func snippet() throws {
        let event = try comment(GitLabBody.note("Snippet", on: #""snippet":{"id":53}"#))
        #expect(event.comment.type == .snippet)
        #expect(event.subject == nil)
        #expect(event.comment.number == nil)
    }

    @Test(
        "What a note without a type is on is what is there",
        arguments: [
            (onMergeRequest, .pullRequest), (onIssue, .issue), (#""commit":{"id":"a1"}"#, .commit),
            (#""snippet":{}"#, .snippet),
        ] as [(String, CommentType)]
    )
    func untyped(parent: String, type: CommentType) throws {
        #expect(try comment(GitLabBody.note("", on: parent)).comment.type == type)
    }

    @Test("An issue may be called a work item")
    func workItem() throws {
        #expect(try comment(GitLabBody.note("WorkItem", on: Self.onIssue)).subject == "issue/8")
    }

    @Test(
        "Notes on anything else are unknown, without a problem",
        arguments: ["Epic", "WorkItem", "Vulnerability"]
    )
    func others(type: String) throws {
        let body = GitLabBody.note(type, on: #""epic":{"iid":1}"#)
        let (event, problem) = try unknown("Note Hook", body, from: GitLab())
        #expect(problem == nil)
        #expect(event.action == "create")
        #expect(event.repository?.fullName == "acme/app")
    }

    static let same = #","updated_at":"2026-01-01 00:00:00 UTC""#

    @Test(
        "A note is created or edited; old servers leave that to its times",
        arguments: [
            (#","action":"create""#, "created"), (#","action":"update""#, "edited"), ("", "edited"),
            (same, "created"), (#","updated_at":null"#, "created"), (#","created_at":"x""#, "created"),
            (#","action":"destroy""#, "destroy"),
        ]
    )
    func actions(attributes: String, action: String) throws {
        let event = try comment(GitLabBody.note("Issue", attributes, on: Self.onIssue))
        #expect(event.action.rawValue == action)
        if action == "edited" { #expect(event.occurredAt == (try time("2026-01-02T00:00:00Z"))) }
    }

    @Test("Who edits a note is not its author, who writes one is")
    func author() throws {
        let other = #","author_id":5"#
        let edited = try comment(GitLabBody.note("Issue", #","action":"update"\#(other)"#, on: Self.onIssue))
        #expect(edited.comment.author == User(id: "5", username: nil))
        #expect(edited.actor == User(id: "4", username: "ada"))
        let named = #","user":{"username":"ada"}"#
        let old = try comment(GitLabBody.note("Issue", Self.same, on: Self.onIssue, more: named))
        #expect(old.comment.author == User(id: "4", username: "ada"))
        let changed = try comment(GitLabBody.note("Issue", "", on: Self.onIssue, more: named))
        #expect(changed.comment.author == User(id: "4", username: nil))
    }

    @Test("What GitLab writes itself is marked")
    func system() throws {
        #expect(try !comment(GitLabBody.note("Issue", on: Self.onIssue)).comment.isSystem)
        #expect(try comment(GitLabBody.note("Issue", #","system":true"#, on: Self.onIssue)).comment.isSystem)
    }

    @Test("A confidential note is private, whatever the project is")
    func confidential() throws {
        let open = try comment(GitLabBody.note("Issue", #","internal":false"#, on: Self.onIssue))
        #expect(open.repository?.isPrivate == false)
        let marked = try comment(GitLabBody.note("Issue", #","internal":true"#, on: Self.onIssue))
        #expect(marked.repository?.isPrivate == true)
        let typed = GitLabBody.note("Issue", on: Self.onIssue, more: #","event_type":"confidential_note""#)
        #expect(try comment(typed).repository?.isPrivate == true)
        let named = try comment(GitLabBody.note("Issue", on: Self.onIssue), "Confidential Note Hook")
        #expect(named.repository?.isPrivate == true)
    }

    @Test(
        "A note without what it is on is unknown, and told",
        arguments: [
            (#"{"object_kind":"note"}"#, "object_attributes"),
            (GitLabBody.note("MergeRequest", on: onIssue), "merge_request"),
            (GitLabBody.note("MergeRequest", on: #""merge_request":{"id":42}"#), "iid"),
            (GitLabBody.note("Issue", on: #""issue":null"#), "issue"),
        ]
    )
    func noParent(json: String, name: String) throws {
        let (_, problem) = try unknown("Note Hook", json, from: GitLab())
        #expect(problem?.contains(name) == true)
    }
}
