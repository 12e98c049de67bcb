import Events
import Foundation
import Providers
import TestKit
import Testing

@Suite("Bitbucket Cloud corpus", .enabled(if: Corpus.isPresent, "\(Corpus.absence)"))
struct BitbucketCloudCorpusTests {
    @Test("The corpus has the bodies that its manifest lists")
    func count() {
        #expect(Corpus.entries(of: "bitbucket-cloud").count >= 25)
    }

    @Test(
        "A signed body is authentic and maps to what it is",
        arguments: Corpus.entries(of: "bitbucket-cloud")
    )
    func mapping(entry: Corpus.Entry) throws {
        let body = try Corpus.bytes(entry.file)
        let hook = try Hook(BitbucketCloud())
        let delivery = try hook.delivery(try hook.request(entry.event, body))
        #expect(delivery.eventName == entry.event && delivery.problem == nil)
        let event = try #require(delivery.events.first)
        #expect(delivery.events.count == 1)
        let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
        let expected = Self.expectation(entry.event, try #require(object))
        #expect(try BitbucketExpectation(mapped: event) == expected)
        #expect(!event.json.contains(#":"""#))
    }

    @Test(
        "One flipped bit anywhere in a body, and it is refused",
        arguments: Corpus.entries(of: "bitbucket-cloud")
    )
    func flippedBit(entry: Corpus.Entry) throws {
        let hook = try Hook(BitbucketCloud())
        let request = try hook.request(entry.event, try Corpus.bytes(entry.file))
        for offset in [0, request.body.count / 2, request.body.count - 1] {
            var flipped = request
            flipped.body[offset] ^= 1
            #expect(hook.isRefused(flipped))
        }
    }

    /// Kind and action of the events that the corpus has.
    private static let names: [String: [String]] = [
        "issue:comment_created": ["comment", "created"],
        "pullrequest:approved": ["pull_request_review", "submitted"],
        "pullrequest:comment_created": ["comment", "created"],
        "pullrequest:comment_deleted": ["comment", "deleted"],
        "pullrequest:comment_updated": ["comment", "edited"],
        "pullrequest:created": ["pull_request", "opened"],
        "pullrequest:fulfilled": ["pull_request", "closed"],
        "pullrequest:rejected": ["pull_request", "closed"],
        "pullrequest:unapproved": ["pull_request_review", "dismissed"],
        "pullrequest:updated": ["pull_request", "edited"],
        "repo:commit_comment_created": ["comment", "created"],
        "repo:push": ["push", "pushed"],
    ]

    private static func expectation(_ name: String, _ body: [String: Any]) -> BitbucketExpectation {
        let repository = body["repository"] as? [String: Any]
        let pullRequest = body["pullrequest"] as? [String: Any]
        var expected = BitbucketExpectation(kind: names[name]?.first ?? "unknown")
        expected.action = names[name]?.last
        expected.repository = repository?["full_name"] as? String
        expected.repositoryId = repository?["uuid"] as? String
        expected.isPrivate = repository?["is_private"] as? Bool
        expected.actor = login(body["actor"])
        expected.number = (pullRequest ?? body["issue"] as? [String: Any])?["id"] as? Int
        if expected.kind == "pull_request" || expected.kind == "pull_request_review" {
            expected.title = pullRequest?["title"] as? String
        }
        if let pullRequest { addPullRequest(pullRequest, of: body, to: &expected) }
        if expected.kind == "comment" {
            expected.author = login((body["comment"] as? [String: Any])?["user"])
        }
        addSubject(name, body, to: &expected)
        return expected
    }

    private static func addPullRequest(
        _ object: [String: Any],
        of body: [String: Any],
        to expected: inout BitbucketExpectation
    ) {
        if expected.kind == "pull_request_review" {
            expected.author = login((body["approval"] as? [String: Any])?["user"])
        } else if expected.kind == "pull_request" {
            let source = object["source"] as? [String: Any]
            expected.author = login(object["author"])
            expected.headSha = (source?["commit"] as? [String: Any])?["hash"] as? String
        }
    }

    private static func addSubject(
        _ name: String,
        _ body: [String: Any],
        to expected: inout BitbucketExpectation
    ) {
        if let status = body["commit_status"] as? [String: Any] {
            let words =
                ["INPROGRESS": nil, "SUCCESSFUL": "success", "FAILED": "failure"] as [String: String?]
            let commit = (status["commit"] as? [String: Any])?["hash"] as? String
            let links = status["links"] as? [String: [String: String]]
            expected.kind = "check_run"
            expected.conclusion = words[status["state"] as? String ?? ""] ?? nil
            let verb = name.hasSuffix("created") ? "created" : "updated"
            expected.action = expected.conclusion == nil ? verb : "completed"
            expected.headSha = commit ?? links?["commit"]?["href"]?.components(separatedBy: "/").last
            expected.subject = expected.headSha.map { "commit/\($0)" }
        } else if let commit = body["commit"] as? [String: Any] {
            expected.subject = (commit["hash"] as? String).map { "commit/\($0)" }
        } else if let push = body["push"] as? [String: Any] {
            let change = (push["changes"] as? [[String: Any]])?.first
            let side =
                (change?["new"] ?? change?["old"]) as? [String: Any] ?? change?["old"] as? [String: Any]
            let folder = side?["type"] as? String == "tag" ? "tags" : "heads"
            expected.subject = (side?["name"] as? String).map { "refs/\(folder)/\($0)" }
        } else if let number = expected.number {
            expected.subject = body["issue"] == nil ? "pull_request/\(number)" : "issue/\(number)"
        }
    }

    private static func login(_ user: Any?) -> String? {
        let user = user as? [String: Any]
        return (user?["nickname"] ?? user?["username"]) as? String
    }
}

/// What a body must map to, by rules written apart from the mapping and read with another reader.
struct BitbucketExpectation: Equatable {
    var kind: String
    var action: String?
    var repository: String?
    var repositoryId: String?
    var isPrivate: Bool?
    var number: Int?
    var title: String?
    var headSha: String?
    var author: String?
    var actor: String?
    var conclusion: String?
    var subject: String?

    init(kind: String) { self.kind = kind }

    /// What an event says.
    init(mapped event: any Event) throws {
        let object = try JSONSerialization.jsonObject(with: Data(event.json.utf8)) as? [String: Any]
        let fields = try #require(object)
        func part(_ name: String) -> [String: Any] { fields[name] as? [String: Any] ?? [:] }
        func login(_ user: Any?) -> String? { (user as? [String: Any])?["username"] as? String }
        kind = fields["kind"] as? String ?? ""
        action = fields["action"] as? String
        subject = fields["subject"] as? String
        repository = part("repository")["fullName"] as? String
        repositoryId = part("repository")["id"] as? String
        isPrivate = part("repository")["isPrivate"] as? Bool
        actor = login(fields["actor"])
        number = (part("pullRequest")["number"] ?? part("comment")["number"]) as? Int
        title = part("pullRequest")["title"] as? String
        conclusion = part("checkRun")["conclusion"] as? String
        let head = part("pullRequest")["head"] as? [String: Any]
        headSha = (head?["sha"] ?? part("checkRun")["headSha"]) as? String
        let authored = [part("pullRequest"), part("review"), part("comment")]
        author = authored.compactMap { login($0["author"]) }.first
    }
}
