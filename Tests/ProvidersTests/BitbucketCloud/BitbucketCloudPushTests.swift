import Events
import Providers
import Testing

@Suite("Bitbucket Cloud pushes")
struct BitbucketCloudPushTests {
    static let old = #"{"type":"branch","name":"main","target":{"hash":"aa","message":"Old\n"}}"#
    static let new = #"{"type":"branch","name":"main","target":{"hash":"bb","message":"Fix\n\nIt\n"}}"#
    static let update = change(old: old, new: new)

    private static func change(
        old: String,
        new: String,
        _ more: String = #","created":false,"closed":false,"forced":true,"truncated":false,"commits":[{},{}]"#
    ) -> String {
        #"{"old":\#(old),"new":\#(new)\#(more)}"#
    }

    private func json(_ changes: String...) -> String {
        """
        {"push":{"changes":[\(changes.joined(separator: ","))]},\
        "repository":{"uuid":"{r}","full_name":"acme/app"},"actor":{"uuid":"{a}","nickname":"ada"}}
        """
    }

    private func push(_ json: String) throws -> Push {
        try event("repo:push", json, from: BitbucketCloud(), as: PushEvent.self).push
    }

    @Test("All fields are taken over, the message as it was sent")
    func fields() throws {
        let event: PushEvent = try event("repo:push", json(Self.update), from: BitbucketCloud())
        #expect(event.action == .pushed)
        #expect(event.subject == "refs/heads/main")
        #expect(event.repository?.id == "{r}" && event.actor?.username == "ada")
        var expected = PushedRef()
        expected.ref = "refs/heads/main"
        expected.before = "aa"
        expected.after = "bb"
        expected.created = false
        expected.deleted = false
        expected.forced = true
        expected.commitCount = 2
        expected.headMessage = "Fix\n\nIt\n"
        #expect(event.push == Push(first: expected))
    }

    @Test("A ref that begins has no commit before")
    func created() throws {
        let more = #","created":true,"closed":false,"forced":false,"truncated":false"#
        let first = try push(json(Self.change(old: "null", new: Self.new, more))).first
        #expect(first.before == nil && first.after == "bb" && first.created == true && first.deleted == false)
        #expect(first.commitCount == nil)
    }

    @Test("A ref that ends has no commit after, and no message")
    func deleted() throws {
        let more = #","created":false,"closed":true,"forced":false,"truncated":false"#
        let first = try push(json(Self.change(old: Self.old, new: "null", more))).first
        #expect(first.ref == "refs/heads/main" && first.before == "aa" && first.after == nil)
        #expect(first.deleted == true && first.created == false && first.headMessage == nil)
    }

    @Test("A body that does not say so tells it by what is missing")
    func derived() throws {
        let begun = try push(json(Self.change(old: "null", new: Self.new, ""))).first
        #expect(begun.created == true && begun.deleted == false && begun.forced == nil)
        let ended = try push(json(#"{"old":\#(Self.old)}"#)).first
        #expect(ended.created == false && ended.deleted == true)
    }

    @Test("How many commits there are is not known where the list was cut")
    func truncated() throws {
        let more = #","truncated":true,"commits":[{},{},{},{},{}]"#
        #expect(try push(json(Self.change(old: Self.old, new: Self.new, more))).first.commitCount == nil)
    }

    @Test(
        "The full ref goes with its type",
        arguments: [
            ("branch", "refs/heads/v1"), ("named_branch", "refs/heads/v1"), ("bookmark", "refs/heads/v1"),
            ("tag", "refs/tags/v1"), ("annotated_tag", "refs/tags/v1"), ("", "refs/heads/v1"),
        ]
    )
    func types(type: String, ref: String) throws {
        let new = #"{"type":"\#(type)","name":"v1","target":{"hash":"bb"}}"#
        #expect(try push(json(Self.change(old: "null", new: new))).first.ref == ref)
    }

    @Test("Several refs are one event about the first, with all of them")
    func several() throws {
        let tag = #"{"type":"tag","name":"v1","target":{"hash":"cc"}}"#
        let push = try push(json(Self.update, Self.change(old: "null", new: tag, "")))
        let refs = try #require(push.refs)
        #expect(refs.map(\.ref) == ["refs/heads/main", "refs/tags/v1"])
        #expect(refs.first == push.first)
        #expect(refs.last?.after == "cc" && refs.last?.created == true)
    }

    @Test("Without any change there is no neutral event, and no problem")
    func empty() throws {
        let result = try unknown("repo:push", json(), from: BitbucketCloud())
        #expect(result.problem == nil)
        #expect(result.event.repository?.fullName == "acme/app")
    }

    @Test(
        "What has no changes or no ref is unknown, with a problem",
        arguments: [
            ("{}", "has no push object"), (#"{"push":{}}"#, "has no changes in its push object"),
            (#"{"push":{"changes":{}}}"#, "has no changes in its push object"),
            (#"{"push":{"changes":[{"old":null,"new":null}]}}"#, "has a change without a ref"),
            (#"{"push":{"changes":[7]}}"#, "has a change without a ref"),
        ]
    )
    func incomplete(json: String, problem: String) throws {
        #expect(
            try unknown("repo:push", json, from: BitbucketCloud()).problem == "the repo:push event \(problem)"
        )
    }

    @Test("A change without a ref among others is told")
    func partly() throws {
        let delivery = try Hook(BitbucketCloud()).delivery("repo:push", json("{}", Self.update))
        let event = try #require(delivery.events.first as? PushEvent)
        #expect(event.push.first.ref == "refs/heads/main" && event.push.refs == nil)
        #expect(delivery.problem == "the repo:push event has a change without a ref")
    }
}
