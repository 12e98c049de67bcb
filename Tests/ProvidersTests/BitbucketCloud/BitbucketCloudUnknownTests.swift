import Events
import Providers
import Testing

@Suite("Bitbucket Cloud events without a neutral kind")
struct BitbucketCloudUnknownTests {
    @Test(
        "They are unknown, without a problem",
        arguments: [
            "repo:fork", "repo:updated", "repo:transfer", "repo:deleted", "repo:created", "issue:created",
            "issue:updated", "pullrequest:blessed", "project:updated", "Pullrequest:Created", nil,
        ]
    )
    func unmapped(name: String?) throws {
        let json = """
            {"repository":{"uuid":"{r}","full_name":"acme/app","is_private":false},\
            "actor":{"uuid":"{a}","nickname":"ada"}}
            """
        let result = try unknown(name, json, from: BitbucketCloud())
        #expect(result.problem == nil)
        #expect(result.event.action == nil && result.event.subject == nil)
        #expect(
            result.event.repository == Repository(id: "{r}", fullName: "acme/app", isPrivate: false, url: nil)
        )
        #expect(result.event.actor == User(id: "{a}", username: "ada"))
    }

    @Test(
        "Those of one pull request or issue are in one lane",
        arguments: [
            ("issue:created", #"{"issue":{"id":17}}"#, "issue/17"),
            ("issue:updated", #"{"issue":{"id":17},"changes":{}}"#, "issue/17"),
            ("pullrequest:blessed", #"{"pullrequest":{"id":7}}"#, "pull_request/7"),
            ("issue:created", #"{"issue":{}}"#, nil),
        ] as [(String, String, String?)]
    )
    func subjects(name: String, json: String, subject: String?) throws {
        #expect(try unknown(name, json, from: BitbucketCloud()).event.subject == subject)
    }

    @Test("Where a repository does not say whether it is private, that is not known")
    func privacy() throws {
        let json = #"{"repository":{"full_name":"acme/app"}}"#
        let repository = try unknown("repo:fork", json, from: BitbucketCloud()).event.repository
        #expect(repository == Repository(id: nil, fullName: "acme/app", isPrivate: nil, url: nil))
    }

    @Test("What cannot be stored is left out, and told")
    func unstorable() throws {
        let json =
            #"{"action":"a\u0000","repository":{"uuid":"LONG","full_name":"a\u001b"},"actor":{"uuid":"\n"}}"#
        let long = json.replacing("LONG", with: String(repeating: "x", count: 256))
        let result = try unknown("repo:fork", long, from: BitbucketCloud())
        #expect(result.event.action == nil && result.event.actor == nil)
        #expect(result.event.repository?.id == nil && result.event.repository?.fullName == nil)
        #expect(
            result.problem == """
                the repository id is longer than 255 bytes and was left out; the repository has control \
                characters and was left out; the user id has control characters and was left out; the action \
                has control characters and was left out
                """
        )
    }
}
