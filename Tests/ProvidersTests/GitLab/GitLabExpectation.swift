import Events
import Foundation
import Testing

/// What a body of the corpus must map to, by rules written apart from the mapping and read with another
/// reader.
struct GitLabExpectation: Equatable {
    var events: [String] = []
    var repository: String?
    var isPrivate: Bool?
    var actor: String?
    var subject: String?
    var number: Int?
    var title: String?
    var headSha: String?
    var author: String?
    var conclusion: String?

    init(mapped events: [any Event]) throws {
        self.events = events.map(TestDelivery.name)
        let first = try #require(events.first)
        let parsed = try JSONSerialization.jsonObject(with: Data(first.json.utf8)) as? [String: Any]
        let event = GitLabNode(parsed)
        repository = event.repository.fullName.string
        isPrivate = event.repository.isPrivate.bool
        actor = event.actor.username.string
        subject = event.subject.string
        number = event.pullRequest.number.int ?? event.comment.number.int
        title = event.pullRequest.title.string
        let check = [event.checkRun, event.checkSuite].first { $0.value is [String: Any] }
        headSha =
            event.pullRequest.head.sha.string ?? event.push.after.string ?? check?.headSha.string
            ?? event.review.commitSha.string
        author = [event.pullRequest, event.review, event.comment].compactMap(\.author.id.string).first
        conclusion = check?.conclusion.string
    }

    init(body: GitLabNode) {
        let kind = body.object_kind.string ?? body.event_name.string ?? ""
        let object = body.object_attributes
        repository = Self.fullName(body)
        isPrivate = Self.isPrivate(body)
        actor = body.user.username.string
        events = ["unknown" + Self.suffix(object.action.string ?? body.action.string)]
        switch kind {
        case "merge_request": expectMergeRequest(body)
        case "note": expectNote(body)
        case "pipeline": expectCheck(object.sha, Self.pipelineAction(object.status.string), object.status)
        case "build": expectCheck(body.sha, Self.jobAction(body.build_status.string), body.build_status)
        case "push", "tag_push", "repository_update":
            let change = kind == "repository_update" ? body.changes.first : body
            events = ["push.pushed"]
            subject = change.ref.string
            headSha = change.after.string.flatMap { Set($0) == ["0"] ? nil : $0 }
            actor = body.user_username.string
        case "issue": subject = object.iid.int.map { "issue/\($0)" }
        default: break
        }
    }

    private mutating func expectMergeRequest(_ body: GitLabNode) {
        let object = body.object_attributes
        subject = object.iid.int.map { "pull_request/\($0)" }
        events = Self.mergeRequestEvents(body)
        guard events.first?.hasPrefix("unknown") != true else { return }
        title = object.title.string
        number = object.iid.int
        headSha = object.last_commit.id.string
        author = object.author_id.int.map(String.init)
        if events.first?.hasPrefix("pull_request_review") == true {
            author = body.user.id.int.map(String.init)
        }
    }

    private static func mergeRequestEvents(_ body: GitLabNode) -> [String] {
        let named = [
            "open": "pull_request.opened", "close": "pull_request.closed", "merge": "pull_request.closed",
            "reopen": "pull_request.reopened", "approved": "pull_request_review.submitted",
            "approval": "pull_request_review.submitted",
        ]
        let (action, changes) = (body.object_attributes.action.string, body.changes)
        if let action, let event = named[action] { return [event] }
        var events: [String] = []
        if body.object_attributes.oldrev.string != nil { events.append("synchronize") }
        if let isDraft = changes.draft.current.bool {
            events.append(isDraft ? "converted_to_draft" : "ready_for_review")
        }
        let (old, new) = (changes.labels.previous.titles, changes.labels.current.titles)
        events += new.subtracting(old).map { _ in "labeled" } + old.subtracting(new).map { _ in "unlabeled" }
        if changes.milestone_id.current.int != nil { events.append("milestoned") }
        if changes.title.current.string != nil || changes.description.current.string != nil
            || changes.target_branch.current.string != nil
        {
            events.append("edited")
        }
        return events.isEmpty ? ["unknown" + suffix(action)] : events.map { "pull_request.\($0)" }
    }

    private mutating func expectNote(_ body: GitLabNode) {
        let note = body.object_attributes
        let isNew = note.action.string.map { $0 == "create" } ?? true
        events = [isNew ? "comment.created" : "comment.edited"]
        author = note.author_id.int.map(String.init)
        switch note.noteable_type.string {
        case "MergeRequest":
            number = body.merge_request.iid.int
            subject = number.map { "pull_request/\($0)" }
        case "Issue":
            number = body.issue.iid.int
            subject = number.map { "issue/\($0)" }
        case "Commit": subject = body.commit.id.string.map { "commit/\($0)" }
        default: break
        }
    }

    private mutating func expectCheck(_ sha: GitLabNode, _ event: String, _ status: GitLabNode) {
        events = [event]
        headSha = sha.string
        subject = headSha.map { "commit/\($0)" }
        conclusion = ["success": "success", "failed": "failure"][status.string ?? ""]
    }

    private static func pipelineAction(_ status: String?) -> String {
        ["success", "failed"].contains(status) ? "check_suite.completed" : "check_suite.updated"
    }

    private static func jobAction(_ status: String?) -> String {
        switch status {
        case "created": "check_run.created"
        case "success", "failed": "check_run.completed"
        default: "check_run.updated"
        }
    }

    private static func suffix(_ action: String?) -> String { action.map { ".\($0)" } ?? "" }

    private static func fullName(_ body: GitLabNode) -> String? {
        let names = [
            body.project.path_with_namespace, body.path_with_namespace, body.project_path_with_namespace,
        ]
        if let name = names.compactMap(\.string).first { return name }
        return body.repository.homepage.string.flatMap { URL(string: $0)?.path.dropFirst() }.map(String.init)
    }

    private static func isPrivate(_ body: GitLabNode) -> Bool? {
        if body.event_type.string == "confidential_note" { return true }
        if let level = body.project.visibility_level.int ?? body.repository.visibility_level.int {
            return level != 20
        }
        return body.project_visibility.string.map { !$0.hasSuffix("public") }
    }
}

/// A value of a body as Foundation reads it.
@dynamicMemberLookup
struct GitLabNode {
    let value: Any?

    init(_ value: Any?) { self.value = value }

    subscript(dynamicMember name: String) -> GitLabNode { GitLabNode((value as? [String: Any])?[name]) }

    var string: String? { (value as? String).flatMap { $0.isEmpty ? nil : $0 } }
    var int: Int? { value as? Int }
    var bool: Bool? { value as? Bool }
    var first: GitLabNode { GitLabNode((value as? [Any])?.first) }
    var titles: Set<String> {
        Set((value as? [[String: Any]] ?? []).compactMap { $0["title"] as? String })
    }
}
