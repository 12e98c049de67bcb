import Events
import Foundation
import Providers
import TestKit
import Testing

@Suite("Bitbucket Data Center corpus", .enabled(if: Corpus.isPresent, "\(Corpus.absence)"))
struct BitbucketDataCenterCorpusTests {
    @Test("The corpus has the bodies that its manifest lists")
    func count() {
        #expect(Corpus.entries(of: "bitbucket-dc").count >= 33)
    }

    @Test("A signed body is authentic and maps to what it is", arguments: Corpus.entries(of: "bitbucket-dc"))
    func mapping(entry: Corpus.Entry) throws {
        let body = try Corpus.bytes(entry.file)
        let hook = try Hook(BitbucketDataCenter())
        let delivery = try hook.delivery(try hook.request(entry.event, body))
        #expect(delivery.eventName == entry.event && delivery.problem == nil)
        let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
        let expected = Self.expectation(entry.event, try #require(object))
        #expect(delivery.events.count == 1)
        #expect(try delivery.events.map(BitbucketExpectation.init(mapped:)) == [expected])
        for event in delivery.events { #expect(!event.json.contains(#":"""#)) }
    }

    @Test(
        "One flipped bit anywhere in a body, and it is refused",
        arguments: Corpus.entries(of: "bitbucket-dc")
    )
    func flippedBit(entry: Corpus.Entry) throws {
        let hook = try Hook(BitbucketDataCenter())
        let request = try hook.request(entry.event, try Corpus.bytes(entry.file))
        for offset in [0, request.body.count / 2, request.body.count - 1] {
            var flipped = request
            flipped.body[offset] ^= 1
            #expect(hook.isRefused(flipped))
        }
    }

    /// Kind and action of the events that the corpus has; those of a plug-in's dialect are not Bitbucket's.
    private static let names: [String: [String]] = [
        "pr:comment:added": ["comment", "created"],
        "pr:comment:deleted": ["comment", "deleted"],
        "pr:declined": ["pull_request", "closed"],
        "pr:deleted": ["pull_request", "closed"],
        "pr:from_ref_updated": ["pull_request", "synchronize"],
        "pr:merged": ["pull_request", "closed"],
        "pr:modified": ["pull_request", "edited"],
        "pr:opened": ["pull_request", "opened"],
        "pr:reviewer:approved": ["pull_request_review", "submitted"],
        "pr:reviewer:needs_work": ["pull_request_review", "submitted"],
        "pr:reviewer:unapproved": ["pull_request_review", "dismissed"],
        "pr:reviewer:updated": ["pull_request", "review_requested"],
        "repo:comment:deleted": ["comment", "deleted"],
        "repo:comment:edited": ["comment", "edited"],
        "repo:refs_changed": ["push", "pushed"],
    ]

    private static func expectation(_ name: String, _ body: [String: Any]) -> BitbucketExpectation {
        let pullRequest = body["pullRequest"] as? [String: Any]
        let target = pullRequest?["toRef"] as? [String: Any]
        let repository =
            (target?["repository"] ?? body["repository"] ?? body["new"]) as? [String: Any] ?? [:]
        let project = repository["project"] as? [String: Any]
        var expected = BitbucketExpectation(kind: names[name]?.first ?? "unknown")
        expected.action = names[name]?.last
        if let key = project?["key"] as? String, let slug = repository["slug"] as? String {
            expected.repository = "\(key)/\(slug)"
        }
        expected.repositoryId = (repository["id"] as? Int).map(String.init)
        expected.isPrivate =
            !(repository["public"] as? Bool ?? false) && !(project?["public"] as? Bool ?? false)
        expected.actor = login(body["actor"])
        expected.subject = subject(body)
        if let pullRequest { addPullRequest(pullRequest, of: body, to: &expected) }
        if let comment = body["comment"] as? [String: Any] { expected.author = login(comment["author"]) }
        return expected
    }

    private static func addPullRequest(
        _ object: [String: Any],
        of body: [String: Any],
        to expected: inout BitbucketExpectation
    ) {
        expected.number = object["id"] as? Int
        guard expected.kind != "comment" else { return }
        expected.title = object["title"] as? String
        if let participant = body["participant"] as? [String: Any] {
            expected.author = login(participant["user"])
        } else {
            expected.author = login((object["author"] as? [String: Any])?["user"])
            expected.headSha = (object["fromRef"] as? [String: Any])?["latestCommit"] as? String
        }
    }

    private static func subject(_ body: [String: Any]) -> String? {
        if let pullRequest = (body["pullRequest"] ?? body["pullrequest"]) as? [String: Any] {
            return pullRequest["id"].map { "pull_request/\($0)" }
        }
        if let commit = body["commit"] as? String { return "commit/\(commit)" }
        guard body["eventKey"] as? String == "repo:refs_changed" else { return nil }
        return (body["changes"] as? [[String: Any]])?.first?["refId"] as? String
    }

    private static func login(_ user: Any?) -> String? {
        let user = user as? [String: Any]
        return (user?["name"] ?? user?["slug"] ?? user?["username"]) as? String
    }
}
