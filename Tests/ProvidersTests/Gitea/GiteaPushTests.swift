import Events
import Providers
import Testing

@Suite("Gitea pushes")
struct GiteaPushTests {
    static let zero = String(repeating: "0", count: 40)

    private func push(_ members: String, from dialect: Gitea.Dialect = .gitea) throws -> PushEvent {
        let json = #"""
            {"ref":"refs/heads/main","before":"b1","after":"b2","commits":[{"id":"b2","message":"Second\n"},
             {"id":"b1","message":"First"}],"repository":{"id":1,"full_name":"acme/app","private":false},
             "pusher":{"id":5,"login":"ben"},"sender":{"id":4,"login":"ada"}\#(members)}
            """#
        return try event("push", json, from: Gitea(dialect))
    }

    @Test("All fields are taken over", arguments: Gitea.Dialect.allCases)
    func fields(dialect: Gitea.Dialect) throws {
        let head = #","total_commits":25,"head_commit":{"id":"b2","message":"Second"}"#
        let event = try push(head, from: dialect)
        #expect(event.action == .pushed)
        #expect(event.subject == "refs/heads/main")
        #expect(event.actor == User(id: "4", username: "ada"))
        #expect(event.occurredAt == nil)
        var expected = PushedRef()
        expected.ref = "refs/heads/main"
        expected.before = "b1"
        expected.after = "b2"
        expected.created = false
        expected.deleted = false
        expected.commitCount = 25
        expected.headMessage = "Second"
        #expect(event.push == Push(first: expected))
    }

    @Test("Older versions list the newest commit first and do not count")
    func older() throws {
        let first = try push("").push.first
        #expect(first.commitCount == 2 && first.headMessage == "Second\n")
        let reversed = #","commits":[{"id":"b1","message":"First"},{"id":"b2","message":"Second"}]"#
        #expect(try push(reversed).push.first.headMessage == "Second")
        #expect(try push(#","after":"b3""#).push.first.headMessage == "Second\n")
    }

    @Test("A ref that begins or ends with no commit is new or gone")
    func createdAndDeleted() throws {
        let tag = try push(#","ref":"refs/tags/v1","before":"\#(Self.zero)","commits":null"#)
        #expect(tag.subject == "refs/tags/v1")
        #expect(tag.push.first.created == true && tag.push.first.before == nil)
        #expect(tag.push.first.deleted == false && tag.push.first.commitCount == nil)
        let gone = try push(#","after":"\#(Self.zero)","commits":[],"total_commits":0,"head_commit":null"#)
        #expect(gone.push.first.deleted == true && gone.push.first.after == nil)
        #expect(gone.push.first.commitCount == 0 && gone.push.first.headMessage == nil)
    }

    @Test("Without a sender it was the pusher; without a count that makes sense the list counts")
    func fallbacks() throws {
        #expect(try push(#","sender":null"#).actor == User(id: "5", username: "ben"))
        #expect(try push(#","total_commits":-1"#).push.first.commitCount == 2)
    }

    @Test("Without a ref it is unknown, with the reason")
    func withoutRef() throws {
        for ref in [#""ref":null"#, #""ref":"""#] {
            let (event, problem) = try unknown("push", "{\(ref)}", from: Gitea(.gogs))
            #expect(problem == "the push event has no ref")
            #expect(event.kind == .unknown)
        }
    }
}
