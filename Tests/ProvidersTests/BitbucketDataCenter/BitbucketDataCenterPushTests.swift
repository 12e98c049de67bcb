import Events
import Providers
import Testing

@Suite("Bitbucket Data Center pushes")
struct BitbucketDataCenterPushTests {
    static let zero = String(repeating: "0", count: 40)
    static let update = change("refs/heads/main", from: "aa", to: "bb", "UPDATE")

    private static func change(_ ref: String, from: String, to: String, _ type: String) -> String {
        let hashes = #""fromHash":"\#(from)","toHash":"\#(to)""#
        return #"{"ref":{"id":"\#(ref)"},"refId":"\#(ref)",\#(hashes),"type":"\#(type)"}"#
    }

    private func json(_ changes: [String], _ more: String = "") -> String {
        """
        {"date":"2026-01-03T01:00:00+0100","actor":{"id":4,"name":"ada"},\
        "repository":{"id":1,"slug":"app","project":{"key":"ACME"}},\
        "changes":[\(changes.joined(separator: ","))]\(more)}
        """
    }

    private func push(_ json: String) throws -> Push {
        try event("repo:refs_changed", json, from: BitbucketDataCenter(), as: PushEvent.self).push
    }

    @Test("All fields are taken over; an old body knows no commits")
    func fields() throws {
        let event: PushEvent = try event(
            "repo:refs_changed",
            json([Self.update]),
            from: BitbucketDataCenter()
        )
        #expect(event.action == .pushed && event.subject == "refs/heads/main")
        #expect(event.occurredAt == (try time("2026-01-03T00:00:00Z")))
        #expect(event.repository?.fullName == "ACME/app" && event.actor?.username == "ada")
        var expected = PushedRef()
        expected.ref = "refs/heads/main"
        expected.before = "aa"
        expected.after = "bb"
        expected.created = false
        expected.deleted = false
        #expect(event.push == Push(first: expected))
    }

    @Test("A ref begins and ends")
    func ends() throws {
        let begun = try push(json([Self.change("refs/tags/v1", from: Self.zero, to: "bb", "ADD")])).first
        #expect(begun.created == true && begun.deleted == false && begun.before == nil && begun.after == "bb")
        let ended = try push(json([Self.change("refs/tags/v1", from: "aa", to: Self.zero, "DELETE")])).first
        #expect(ended.created == false && ended.deleted == true && ended.before == "aa" && ended.after == nil)
    }

    @Test("A change that does not say so tells it by the zero hash, and its ref by its other name")
    func derived() throws {
        let change = #"{"refId":"refs/heads/x","fromHash":"\#(Self.zero)","toHash":"bb"}"#
        let first = try push(json([change])).first
        #expect(first.ref == "refs/heads/x" && first.created == true && first.deleted == false)
        let bare = try push(json([#"{"refId":"refs/heads/x"}"#])).first
        #expect(bare.created == nil && bare.deleted == nil)
    }

    @Test("A newer body has commits, of which it lists five at most")
    func commits() throws {
        let newest = #","toCommit":{"id":"bb","message":"Fix\n\nIt"}"#
        let few = try push(json([Self.update], newest + #","commits":[{"id":"bb"},{"id":"b0"}]"#)).first
        #expect(few.commitCount == 2 && few.headMessage == "Fix\n\nIt")
        let many = try push(json([Self.update], newest + #","commits":[{},{},{},{},{}]"#)).first
        #expect(many.commitCount == nil && many.headMessage == "Fix\n\nIt")
        let listed = try push(json([Self.update], #","commits":[{"id":"bb","message":"M"}]"#)).first
        #expect(listed.commitCount == 1 && listed.headMessage == "M")
    }

    @Test("An annotated tag has the message of the commit that it names")
    func annotatedTag() throws {
        let tag = Self.change("refs/tags/v1", from: Self.zero, to: "dd", "ADD")
        let first = try push(json([tag], #","toCommit":{"id":"bb","message":"M"},"commits":[]"#)).first
        #expect(first.headMessage == "M" && first.commitCount == 0)
    }

    @Test("Several refs are one event about the first; a message is the one's that is at its commit")
    func several() throws {
        let tag = Self.change("refs/tags/v1", from: Self.zero, to: "cc", "ADD")
        let more = #","toCommit":{"id":"cc","message":"M"},"commits":[{"id":"cc"}]"#
        let push = try push(json([Self.update, tag], more))
        let refs = try #require(push.refs)
        #expect(refs.map(\.ref) == ["refs/heads/main", "refs/tags/v1"])
        #expect(refs.first == push.first)
        #expect(refs.map(\.headMessage) == [nil, "M"])
        #expect(refs.map(\.commitCount) == [nil, nil])
    }

    @Test("Without any change there is no neutral event, and no problem")
    func empty() throws {
        let result = try unknown("repo:refs_changed", json([]), from: BitbucketDataCenter())
        #expect(result.problem == nil && result.event.repository?.fullName == "ACME/app")
    }

    @Test(
        "What has no changes or no ref is unknown, with a problem",
        arguments: [
            ("{}", "has no changes"), (#"{"changes":{}}"#, "has no changes"),
            (#"{"changes":[{"type":"ADD"}]}"#, "has a change without a ref"),
        ]
    )
    func incomplete(json: String, problem: String) throws {
        let result = try unknown("repo:refs_changed", json, from: BitbucketDataCenter())
        #expect(result.problem == "the repo:refs_changed event \(problem)")
    }
}
