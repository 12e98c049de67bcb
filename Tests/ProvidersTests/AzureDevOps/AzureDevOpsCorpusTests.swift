import Events
import Foundation
import Providers
import TestKit
import Testing

@Suite("Azure DevOps corpus", .enabled(if: Corpus.isPresent, "\(Corpus.absence)"))
struct AzureDevOpsCorpusTests {
    /// What a body must map to, by rules written apart from the mapping and read with another reader.
    struct Expectation: Equatable {
        var kind = "unknown"
        var action: String?
        var repository: String?
        var repositoryId: String?
        var isPrivate: Bool?
        var number: Int?
        var title: String?
        var headSha: String?
        var author: String?
        var actor: String?
        var merged: Bool?
        var subject: String?

        init(_ body: [String: Any]) throws {
            let name = try #require(body["eventType"] as? String)
            let resource = try #require(body["resource"] as? [String: Any])
            let pullRequest = resource["pullRequest"] as? [String: Any] ?? resource
            let repository = pullRequest["repository"] as? [String: Any] ?? [:]
            let project = repository["project"] as? [String: Any] ?? [:]
            self.repository = "\(project["name"] ?? "")/\(repository["name"] ?? "")"
            repositoryId = repository["id"] as? String
            isPrivate = (project["visibility"] as? String).map { $0 != "public" }
            number = pullRequest["pullRequestId"] as? Int
            subject = number.map { "pull_request/\($0)" }
            func account(_ name: String, in object: [String: Any]) -> String? {
                (object[name] as? [String: Any])?["uniqueName"] as? String
            }
            if name.hasPrefix("git.pullrequest") {
                kind = "pull_request"
                action = name.hasSuffix("created") ? "opened" : "closed"
                title = resource["title"] as? String
                headSha = (resource["lastMergeSourceCommit"] as? [String: Any])?["commitId"] as? String
                author = account("createdBy", in: resource)
                actor = action == "opened" ? author : nil
                merged = resource["status"] as? String == "completed"
            } else if let comment = resource["comment"] as? [String: Any] {
                kind = "comment"
                let isNew = comment["publishedDate"] as? String == comment["lastUpdatedDate"] as? String
                action = isNew ? "created" : "edited"
                author = account("author", in: comment)
                actor = author
            } else if let refs = resource["refUpdates"] as? [[String: Any]] {
                kind = "push"
                action = "pushed"
                actor = account("pushedBy", in: resource)
                subject = refs.first?["name"] as? String
                headSha = refs.first?["newObjectId"] as? String
            }
        }

        init(mapped event: any Event) throws {
            let object = try JSONSerialization.jsonObject(with: Data(event.json.utf8)) as? [String: Any]
            let fields = try #require(object)
            func member(_ name: String, of parent: String) -> Any? {
                (fields[parent] as? [String: Any])?[name]
            }
            kind = fields["kind"] as? String ?? ""
            action = fields["action"] as? String
            repository = member("fullName", of: "repository") as? String
            repositoryId = member("id", of: "repository") as? String
            isPrivate = member("isPrivate", of: "repository") as? Bool
            number = (member("number", of: "pullRequest") ?? member("number", of: "comment")) as? Int
            title = member("title", of: "pullRequest") as? String
            let head = member("head", of: "pullRequest") as? [String: Any]
            headSha = (head?["sha"] ?? member("after", of: "push")) as? String
            let author = member("author", of: "pullRequest") ?? member("author", of: "comment")
            self.author = (author as? [String: Any])?["username"] as? String
            actor = member("username", of: "actor") as? String
            merged = member("merged", of: "pullRequest") as? Bool
            subject = fields["subject"] as? String
        }
    }

    @Test("The corpus has the bodies that its manifest lists")
    func count() {
        #expect(Corpus.entries(of: "azure-devops").count >= 5)
    }

    @Test(
        "A body with the right password is authentic and maps to what it is",
        arguments: Corpus.entries(of: "azure-devops")
    )
    func mapping(entry: Corpus.Entry) throws {
        let body = try Corpus.bytes(entry.file)
        let hook = try Hook(AzureDevOps())
        let delivery = try hook.delivery(hook.request(nil, body))
        #expect(delivery.eventName == entry.event)
        #expect(delivery.events.count == 1 && delivery.problem == nil)
        let event = try #require(delivery.events.first)
        let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
        #expect(try Expectation(mapped: event) == Expectation(try #require(object)))
        #expect(!event.json.contains(#":"""#) && event.occurredAt != nil)
    }

    @Test("A body with another password is refused", arguments: Corpus.entries(of: "azure-devops"))
    func refused(entry: Corpus.Entry) throws {
        let body = try Corpus.bytes(entry.file)
        let request = try Hook(AzureDevOps(), secret: "hooks:other").request(nil, body)
        #expect(try Hook(AzureDevOps()).isRefused(request))
    }
}
