import Events
import Foundation
import Providers
import TestKit
import Testing

@Suite("GitHub corpus", .enabled(if: Corpus.isPresent, "\(Corpus.absence)"))
struct GitHubCorpusTests {
    /// What a body must map to, by rules written apart from the mapping and read with another reader.
    struct Expectation: Equatable {
        var kind: String
        var action: String?
        var repository: String?
        var number: Int?
        var isPrivate: Bool?
        var actor: String?
        var subject: String?

        init(_ event: String, _ body: [String: Any]) {
            let kinds = [
                "check_run": "check_run", "check_suite": "check_suite", "status": "check_run", "push": "push",
                "pull_request": "pull_request", "pull_request_review": "pull_request_review",
                "issue_comment": "comment", "commit_comment": "comment",
                "pull_request_review_comment": "comment",
                "pull_request_review_thread": "comment",
            ]
            let repository = body["repository"] as? [String: Any]
            self.repository = repository?["full_name"] as? String
            isPrivate = repository?["private"] as? Bool
            if let visibility = repository?["visibility"] as? String, visibility != "public" {
                isPrivate = true
            }
            actor = (body["sender"] as? [String: Any])?["login"] as? String
            action = body["action"] as? String
            if action == "", let comment = body["comment"] as? [String: Any] {
                let isNew = comment["created_at"] as? String == comment["updated_at"] as? String
                action = isNew ? "created" : "edited"
            }
            if event == "push" { action = "pushed" }
            if event == "status" { action = body["state"] as? String == "pending" ? "created" : "completed" }
            kind = kinds[event] ?? "unknown"
            number = Self.number(event, body)
            if kind == "unknown" && event != "issues" { number = nil }
            subject = subject(event, body)
        }

        private static func number(_ event: String, _ body: [String: Any]) -> Int? {
            let parent = event.hasPrefix("issue") ? "issue" : "pull_request"
            return (body[parent] as? [String: Any])?["number"] as? Int
        }

        private func subject(_ event: String, _ body: [String: Any]) -> String? {
            if kind == "push" { return body["ref"] as? String }
            if kind == "check_run" || kind == "check_suite" || event == "commit_comment" {
                let object = body[event == "commit_comment" ? "comment" : event] as? [String: Any]
                let sha = object?["head_sha"] ?? object?["commit_id"] ?? body["sha"]
                return (sha as? String).map { "commit/\($0)" }
            }
            guard let number else { return nil }
            let isIssue =
                event.hasPrefix("issue") && (body["issue"] as? [String: Any])?["pull_request"] == nil
            return isIssue ? "issue/\(number)" : "pull_request/\(number)"
        }

        init(mapped event: any Event) throws {
            let object = try JSONSerialization.jsonObject(with: Data(event.json.utf8)) as? [String: Any]
            let fields = try #require(object)
            func text(_ name: String, in parent: String) -> String? {
                (fields[parent] as? [String: Any])?[name] as? String
            }
            kind = fields["kind"] as? String ?? ""
            action = fields["action"] as? String
            repository = text("fullName", in: "repository")
            isPrivate = (fields["repository"] as? [String: Any])?["isPrivate"] as? Bool
            actor = text("username", in: "actor")
            subject = fields["subject"] as? String
            let parents = [fields["pullRequest"], fields["comment"]].compactMap { $0 as? [String: Any] }
            number = parents.first?["number"] as? Int
            if kind == "unknown", let subject { number = Int(subject.drop { $0 != "/" }.dropFirst()) }
        }
    }

    @Test("The corpus has the bodies that its manifest lists")
    func count() {
        #expect(Corpus.entries(of: "github").count > 300)
    }

    @Test("A signed body is authentic and maps to what it is", arguments: Corpus.entries(of: "github"))
    func mapping(entry: Corpus.Entry) throws {
        let body = try Corpus.bytes(entry.file)
        let hook = try Hook()
        let delivery = try hook.delivery(try hook.request(entry.event, body))
        #expect(delivery.events.count == 1)
        #expect(delivery.eventName == entry.event)
        let event = try #require(delivery.events.first)
        let text = body.starts(with: [0xEF, 0xBB, 0xBF]) ? body.dropFirst(3) : body[...]
        let object = try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any]
        let expected = Expectation(entry.event, try #require(object))
        #expect(try Expectation(mapped: event) == expected)
        #expect(delivery.problem == nil)
        #expect(!event.json.contains(#":"""#))
    }

    @Test("One flipped bit anywhere in a body, and it is refused", arguments: Corpus.entries(of: "github"))
    func flippedBit(entry: Corpus.Entry) throws {
        let hook = try Hook()
        let request = try hook.request(entry.event, try Corpus.bytes(entry.file))
        for offset in [0, request.body.count / 2, request.body.count - 1] {
            var flipped = request
            flipped.body[offset] ^= 1
            #expect(hook.isRefused(flipped))
        }
    }
}
