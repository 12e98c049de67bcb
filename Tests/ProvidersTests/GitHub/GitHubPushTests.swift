import Events
import Providers
import Testing

@Suite("GitHub pushes")
struct GitHubPushTests {
    static let zero = String(repeating: "0", count: 40)

    private func json(_ fields: String) -> String {
        """
        {"ref":"refs/heads/main","before":"aa","after":"bb","created":false,"deleted":false,"forced":true,\
        "commits":[{"id":"b0"},{"id":"bb"}],"head_commit":{"id":"bb","message":"Fix\\n\\nIt"},\
        "pusher":{"name":"ada"},"sender":{"id":4,"login":"ada"},\
        "repository":{"id":1,"full_name":"acme/app","private":false,"pushed_at":1767225600}\(fields)}
        """
    }

    @Test("All fields are taken over")
    func fields() throws {
        let event: PushEvent = try event("push", json(""))
        #expect(event.action == .pushed)
        #expect(event.subject == "refs/heads/main")
        #expect(event.occurredAt == (try time("2026-01-01T00:00:00Z")))
        var expected = PushedRef()
        expected.ref = "refs/heads/main"
        expected.before = "aa"
        expected.after = "bb"
        expected.created = false
        expected.deleted = false
        expected.forced = true
        expected.commitCount = 2
        expected.headMessage = "Fix\n\nIt"
        #expect(event.push == Push(first: expected))
    }

    @Test("A branch that begins has no commit before", arguments: [zero, String(repeating: "0", count: 64)])
    func created(hash: String) throws {
        let push = try event("push", json(#","before":"\#(hash)","created":true"#), as: PushEvent.self).push
            .first
        #expect(push.before == nil && push.after == "bb")
        #expect(push.created == true)
    }

    @Test("A branch that ends has no commit after, and no message")
    func deleted() throws {
        let fields = #","after":"\#(Self.zero)","deleted":true,"commits":[],"head_commit":null"#
        let push = try event("push", json(fields), as: PushEvent.self).push.first
        #expect(push.after == nil && push.before == "aa")
        #expect(push.deleted == true)
        #expect(push.commitCount == 0)
        #expect(push.headMessage == nil)
    }

    @Test("A body that does not say so tells it by the zero hash")
    func derived() throws {
        let body = #"{"ref":"refs/tags/v1","before":"\#(Self.zero)","after":"bb"}"#
        let event: PushEvent = try event("push", body)
        #expect(event.subject == "refs/tags/v1")
        #expect(event.push.first.created == true && event.push.first.deleted == false)
        #expect(event.push.first.forced == nil && event.push.first.commitCount == nil)
    }

    @Test("A body with a ref alone is a push of which nothing else is known")
    func refAlone() throws {
        let event: PushEvent = try event("push", #"{"ref":"refs/heads/x"}"#)
        var expected = PushedRef()
        expected.ref = "refs/heads/x"
        #expect(event.push.first == expected)
        #expect(event.occurredAt == nil && event.repository == nil && event.actor == nil)
    }

    @Test("Text, too, is a time of the push")
    func textTime() throws {
        let repository = #","repository":{"id":1,"pushed_at":"2026-02-01T00:00:00Z"}"#
        let event: PushEvent = try event("push", json(repository))
        #expect(event.occurredAt == (try time("2026-02-01T00:00:00Z")))
    }

    @Test("Without a ref it is unknown, with a problem", arguments: ["{}", #"{"ref":null}"#, #"{"ref":""}"#])
    func withoutRef(body: String) throws {
        #expect(try unknown("push", body).problem == "the push event has no ref")
    }

    @Test("A ref too long for a subject stays in the push")
    func longRef() throws {
        let ref = "refs/heads/" + String(repeating: "x", count: 250)
        let delivery = try Hook().delivery("push", json(#","ref":"\#(ref)""#))
        let event = try #require(delivery.events.first as? PushEvent)
        #expect(event.subject == nil)
        #expect(event.push.first.ref == ref)
        #expect(delivery.problem == "the subject is longer than 255 bytes and was left out")
    }
}
