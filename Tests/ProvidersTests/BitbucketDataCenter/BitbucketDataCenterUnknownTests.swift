import Events
import Providers
import Testing

@Suite("Bitbucket Data Center events without a neutral kind")
struct BitbucketDataCenterUnknownTests {
    private static let app = #"{"id":1,"slug":"app","project":{"key":"ACME"}}"#
    private static let fork = #"{"id":2,"slug":"app","project":{"key":"~cleo"},"origin":\#(app)}"#

    @Test(
        "They are unknown, without a problem, in the repository that received them",
        arguments: [
            ("mirror:repo_synchronized", #""repository":\#(app),"changes":[]"#, "ACME/app"),
            ("repo:forked", #""repository":\#(fork)"#, "ACME/app"),
            ("repo:comment:praised", #""repository":\#(fork)"#, "~cleo/app"),
            ("repo:modified", #""old":{"slug":"old"},"new":\#(app)"#, "ACME/app"),
            ("project:modified", #""old":{"key":"A"},"new":{"key":"ACME","id":7}"#, nil),
            ("repo:secret_detected", #""secretLocations":[{"line":3,"repository":\#(app)}]"#, "ACME/app"),
            ("repo:push", #""push":{"changes":[]},"repository":\#(app)"#, "ACME/app"),
            (nil, #""repository":\#(app)"#, "ACME/app"),
        ] as [(String?, String, String?)]
    )
    func unmapped(name: String?, fields: String, repository: String?) throws {
        let json = #"{\#(fields),"actor":{"id":4,"name":"ada"},"date":"2026-01-03T01:00:00+0100"}"#
        let result = try unknown(name, json, from: BitbucketDataCenter())
        #expect(result.problem == nil)
        #expect(result.event.action == nil && result.event.subject == nil)
        #expect(result.event.repository?.fullName == repository)
        #expect(result.event.actor == User(id: "4", username: "ada"))
        #expect(result.event.occurredAt == (try time("2026-01-03T00:00:00Z")))
    }

    @Test(
        "Those of one pull request are in one lane",
        arguments: [
            ("pr:to_ref_updated", #"{"pullRequest":{"id":7}}"#, "pull_request/7"),
            ("pr:blessed", #"{"pullRequest":{"id":7}}"#, "pull_request/7"),
            ("pullrequest:created", #"{"pullrequest":{"id":"7"}}"#, "pull_request/7"),
            ("pr:to_ref_updated", #"{"pullRequest":{}}"#, nil),
        ] as [(String, String, String?)]
    )
    func subjects(name: String, json: String, subject: String?) throws {
        let result = try unknown(name, json, from: BitbucketDataCenter())
        #expect(result.event.subject == subject && result.problem == nil)
    }

    @Test("What cannot be stored is left out, and told")
    func unstorable() throws {
        let json = #"{"repository":{"id":"\u0001","slug":"LONG","project":{"key":"P"}},"action":"\u0007"}"#
        let long = json.replacing("LONG", with: String(repeating: "x", count: 256))
        let result = try unknown("repo:forked", long, from: BitbucketDataCenter())
        #expect(result.event.repository == Repository(id: nil, fullName: nil, isPrivate: true, url: nil))
        #expect(
            result.problem == """
                the repository id has control characters and was left out; the repository is longer than 255 \
                bytes and was left out; the action has control characters and was left out
                """
        )
    }
}
