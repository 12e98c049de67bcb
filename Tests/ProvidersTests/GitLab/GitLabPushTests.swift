import Events
import Providers
import Testing

@Suite("GitLab pushes")
struct GitLabPushTests {
    private func push(
        _ more: String,
        kind: String = #""object_kind":"push""#,
        _ name: String = "Push Hook"
    ) throws -> PushEvent {
        let body = #"""
            {\#(kind),"ref":"refs/heads/main","before":"b1","after":"b2","user_id":4,"user_name":"Ada Acme",
             "user_username":"ada","project_id":1,\#(GitLabBody.project)\#(more)}
            """#
        return try event(name, body, from: GitLab())
    }

    @Test("A push has its ref, its commits and who pushed")
    func fields() throws {
        let commits = #"[{"id":"b0","message":"One"},{"id":"b2","message":"Two"}]"#
        let event = try push(#","checkout_sha":"b2","commits":\#(commits),"total_commits_count":25"#)
        #expect(event.action == .pushed)
        #expect(event.subject == "refs/heads/main")
        #expect(event.actor == User(id: "4", username: "ada"))
        #expect(event.repository?.fullName == "acme/app")
        #expect(event.occurredAt == nil)
        var expected = PushedRef()
        expected.ref = "refs/heads/main"
        expected.before = "b1"
        expected.after = "b2"
        expected.created = false
        expected.deleted = false
        expected.commitCount = 25
        expected.headMessage = "Two"
        #expect(event.push == Push(first: expected))
    }

    @Test("A new ref has no commit before, a deleted one none after")
    func zeroHashes() throws {
        let zero = String(repeating: "0", count: 40)
        let created = try push(#","before":"\#(zero)""#)
        #expect(created.push.first.before == nil)
        #expect(created.push.first.created == true)
        #expect(created.push.first.deleted == false)
        let deleted = try push(#","after":"\#(zero)","checkout_sha":null,"commits":[]"#)
        #expect(deleted.push.first.after == nil)
        #expect(deleted.push.first.deleted == true)
        #expect(deleted.push.first.commitCount == 0)
        #expect(deleted.push.first.headMessage == nil)
    }

    @Test(
        "The message is that of the commit pushed, of a tag's commit, else of the newest",
        arguments: [
            (#"[{"id":"b2","message":"Two"},{"id":"b0","message":"One"}]"#, "Two"),
            (#"[{"id":"c3","message":"Tagged"},{"id":"b0","message":"One"}]"#, "Tagged"),
            (#"[{"id":"b0","message":"One"},{"id":"b9","message":"Nine"}]"#, "Nine"), ("[]", nil),
            ("null", nil), (#"[7,{"id":"b2"}]"#, nil),
        ] as [(String, String?)]
    )
    func headMessage(commits: String, message: String?) throws {
        let event = try push(#","checkout_sha":"c3","commits":\#(commits)"#)
        #expect(event.push.first.headMessage == message)
    }

    @Test("A count that is none is that of the commits listed", arguments: ["null", #""many""#, "1.5"])
    func commitCount(count: String) throws {
        let event = try push(#","commits":[{"id":"b2"}],"total_commits_count":\#(count)"#)
        #expect(event.push.first.commitCount == 1)
    }

    @Test("A tag is pushed, too, also by a system hook")
    func tags() throws {
        for kind in [#""object_kind":"tag_push""#, #""event_name":"tag_push""#] {
            let event = try push(#","ref":"refs/tags/v1""#, kind: kind, "System Hook")
            #expect(event.subject == "refs/tags/v1")
        }
    }

    @Test("A person's name is no login")
    func oldActor() throws {
        #expect(try push(#","user_username":null"#).actor == User(id: "4", username: nil))
        #expect(try push(#","user_username":null,"user_id":null"#).actor == nil)
    }

    @Test("The header alone names a push whose body does not")
    func byHeader() throws {
        #expect(try push("", kind: #""event_name":null"#, "Tag Push Hook").action == .pushed)
    }

    @Test("A push without a ref is unknown, and told")
    func noRef() throws {
        let (event, problem) = try unknown("Push Hook", #"{"object_kind":"push"}"#, from: GitLab())
        #expect(problem?.contains("ref") == true)
        #expect(event.action == nil)
    }

    @Test("A repository's update tells all refs of a push")
    func repositoryUpdate() throws {
        let main = #"{"ref":"refs/heads/main","before":"b1","after":"b2"}"#
        let door = #"{"ref":"refs/heads/door","before":"000","after":"a1"}"#
        func update(_ changes: String) throws -> PushEvent {
            try push(#","changes":[\#(changes)]"#, kind: #""event_name":"repository_update""#, "System Hook")
        }
        let one = try update(main)
        #expect(one.push.first.ref == "refs/heads/main")
        #expect(one.push.refs == nil)
        #expect(one.subject == "refs/heads/main")
        let two = try update("\(door),\(main)")
        #expect(two.push.refs?.map(\.ref) == ["refs/heads/door", "refs/heads/main"])
        #expect(two.push.first == two.push.refs?.first)
        #expect(two.push.first.created == true)
        #expect(two.push.first.commitCount == nil)
    }

    @Test(
        "A repository's update without refs is unknown, without a problem",
        arguments: ["[]", "null"]
    )
    func noChanges(changes: String) throws {
        let body = #"{"event_name":"repository_update","project_id":1,"changes":\#(changes)}"#
        let (event, problem) = try unknown("System Hook", body, from: GitLab())
        #expect(problem == nil)
        #expect(event.repository?.id == "1")
    }

    @Test("A change without a ref is told, and the others are taken")
    func changeWithoutRef() throws {
        let body = #"{"event_name":"repository_update","changes":[{},{"ref":"refs/heads/main"}]}"#
        let delivery = try Hook(GitLab()).delivery("System Hook", body)
        #expect((delivery.events.first as? PushEvent)?.push.first.ref == "refs/heads/main")
        #expect(delivery.problem == "the System Hook event has a change without a ref")
    }
}
