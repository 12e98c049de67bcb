import Events
import Foundation
import Providers
import TestKit
import Testing

@Suite("Gitea, Forgejo and Gogs corpus", .enabled(if: Corpus.isPresent, "\(Corpus.absence)"))
struct GiteaCorpusTests {
    static let entries = ["gitea", "forgejo", "gogs"].flatMap(Corpus.entries(of:))

    /// What a body must map to, by rules written apart from the mapping and read with another reader.
    struct Expectation: Equatable {
        var kind: String
        var action: String?
        var repository: String?
        var isPrivate: Bool?
        var actor: String?
        var subject: String?
        var number: Int?
        var title: String?
        var headSha: String?
        var author: String?
        var state: String?

        private static func name(_ user: Any?) -> String? {
            let user = user as? [String: Any]
            return (user?["login"] ?? user?["username"]) as? String
        }

        private static func kind(_ event: String, isReview: Bool) -> String {
            switch event {
            case "push": "push"
            case "issue_comment": "comment"
            case _ where event.hasPrefix("pull_request"): isReview ? "pull_request_review" : "pull_request"
            default: "unknown"
            }
        }

        init(_ event: String, _ body: [String: Any]) {
            let pullRequest = body["pull_request"] as? [String: Any]
            let issue = body["issue"] as? [String: Any]
            let review = body["review"] as? [String: Any]
            let repositoryObject = body["repository"] as? [String: Any]
            kind = Self.kind(event, isReview: review != nil)
            repository = repositoryObject?["full_name"] as? String
            isPrivate = repositoryObject?["private"] as? Bool
            if repositoryObject?["internal"] as? Bool == true { isPrivate = true }
            actor = Self.name(body["sender"] ?? body["pusher"])
            action = body["action"] as? String
            let words = [
                "synchronized": "synchronize", "label_updated": "labeled", "label_cleared": "unlabeled",
                "reviewed": "submitted",
            ]
            if let word = action.flatMap({ words[$0] }) { action = word }
            let outer = body["number"] as? Int
            if let issue {
                number = (issue["number"] as? Int) ?? outer
                let isPull = body["is_pull"] as? Bool == true || issue["pull_request"] is [String: Any]
                subject = number.map { isPull ? "pull_request/\($0)" : "issue/\($0)" }
            } else if let pullRequest {
                number = (pullRequest["number"] as? Int) ?? outer
                subject = number.map { "pull_request/\($0)" }
            }
            setParts(body, pullRequest, review)
        }

        private mutating func setParts(
            _ body: [String: Any],
            _ pullRequest: [String: Any]?,
            _ review: [String: Any]?
        ) {
            switch kind {
            case "push":
                action = "pushed"
                subject = body["ref"] as? String
            case "comment": author = Self.name((body["comment"] as? [String: Any])?["user"])
            case "pull_request":
                title = pullRequest?["title"] as? String
                headSha = (pullRequest?["head"] as? [String: Any])?["sha"] as? String
                author = Self.name(pullRequest?["user"])
                state = pullRequest?["state"] as? String
            case "pull_request_review":
                title = pullRequest?["title"] as? String
                author = actor
                let states = [
                    "approved": "approved", "rejected": "changes_requested", "comment": "commented",
                ]
                let word = (review?["type"] as? String)?.split(separator: "_").last.map(String.init)
                state = word.flatMap { states[$0] }
            default: break
            }
        }

        init(mapped event: any Event) throws {
            let object = try JSONSerialization.jsonObject(with: Data(event.json.utf8)) as? [String: Any]
            let fields = try #require(object)
            func part(_ name: String) -> [String: Any] { fields[name] as? [String: Any] ?? [:] }
            kind = fields["kind"] as? String ?? ""
            action = fields["action"] as? String
            repository = part("repository")["fullName"] as? String
            isPrivate = part("repository")["isPrivate"] as? Bool
            actor = part("actor")["username"] as? String
            subject = fields["subject"] as? String
            let numbered = kind == "comment" ? part("comment") : part("pullRequest")
            number = numbered["number"] as? Int
            if kind == "unknown", let subject { number = Int(subject.drop { $0 != "/" }.dropFirst()) }
            title = part("pullRequest")["title"] as? String
            headSha = (part("pullRequest")["head"] as? [String: Any])?["sha"] as? String
            let written = [part("review"), part("comment"), part("pullRequest")].first { !$0.isEmpty }
            author = (written?["author"] as? [String: Any])?["username"] as? String
            state = (kind == "pull_request_review" ? part("review") : part("pullRequest"))["state"] as? String
        }
    }

    @Test("The corpus has the bodies that its manifest lists")
    func count() {
        #expect(Self.entries.count > 40)
    }

    @Test("A signed body is authentic and maps to what it is", arguments: entries)
    func mapping(entry: Corpus.Entry) throws {
        let dialect = try #require(Gitea.Dialect(rawValue: entry.provider))
        let body = try Corpus.bytes(entry.file)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
        let hook = try Hook(Gitea(dialect))
        let recorded = entry.headers?.first { $0.key.lowercased() == "x-\(dialect.rawValue)-event" }?.value
        for name in Set([entry.event, recorded ?? entry.event]) {
            let delivery = try hook.delivery(try hook.request(name, body))
            #expect(delivery.eventName == name)
            #expect(delivery.problem == nil)
            #expect(delivery.events.count == 1)
            let event = try #require(delivery.events.first)
            #expect(try Expectation(mapped: event) == Expectation(entry.event, object))
            #expect(!event.json.contains(#":"""#))
        }
    }

    @Test("The same body as a form makes the same events", arguments: entries)
    func forms(entry: Corpus.Entry) throws {
        let dialect = try #require(Gitea.Dialect(rawValue: entry.provider))
        let hook = try Hook(Gitea(dialect))
        let body = try Corpus.bytes(entry.file)
        let json = try hook.request(entry.event, body)
        var form = try hook.request(entry.event, body, ["Content-Type": GiteaAuthenticationTests.formType])
        let text = String(decoding: body, as: UTF8.self)
        let encoded = try #require(text.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        form.body = Array("payload=\(encoded)".utf8)
        #expect(try hook.delivery(form).events.map(\.json) == hook.delivery(json).events.map(\.json))
    }

    @Test("One flipped bit anywhere in a body, and it is refused", arguments: entries)
    func flippedBit(entry: Corpus.Entry) throws {
        let dialect = try #require(Gitea.Dialect(rawValue: entry.provider))
        let hook = try Hook(Gitea(dialect))
        let request = try hook.request(entry.event, try Corpus.bytes(entry.file))
        for offset in [0, request.body.count / 2, request.body.count - 1] {
            var flipped = request
            flipped.body[offset] ^= 1
            #expect(hook.isRefused(flipped))
        }
    }
}
