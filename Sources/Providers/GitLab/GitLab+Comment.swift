import Events

extension GitLab {
    /// `note`: on a merge request, an issue, a commit or a snippet; notes on anything else stay unknown.
    func note(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let note = context.object("object_attributes", of: body) else { return nil }
        switch Self.noteable(note, body) {
        case .mergeRequest: return numbered(note, on: "merge_request", .pullRequest, body, &context)
        case .issue: return numbered(note, on: "issue", .issue, body, &context)
        case .commit:
            var comment = neutral(note, .commit, of: body, &context)
            comment.commitSha =
                body["commit"]["id"].text ?? note["commit_id"].text ?? note["commit_sha"].text
            return event(comment, subject: comment.commitSha.map { "commit/\($0)" }, note, body, &context)
        case .snippet:
            return event(neutral(note, .snippet, of: body, &context), subject: nil, note, body, &context)
        case nil: return nil
        }
    }

    private enum Noteable {
        case commit, issue, mergeRequest, snippet
    }

    /// Issues are work items, which newer servers may call them; the object that is there tells which.
    private static func noteable(_ note: JSONValue, _ body: JSONValue) -> Noteable? {
        switch note["noteable_type"].word {
        case "MergeRequest": .mergeRequest
        case "Issue": .issue
        case "Commit": .commit
        case "Snippet", "ProjectSnippet", "PersonalSnippet": .snippet
        case nil where body["merge_request"].isObject: .mergeRequest
        case nil where body["commit"].isObject: .commit
        case nil where body["snippet"].isObject: .snippet
        case nil where body["issue"].isObject, "WorkItem" where body["issue"].isObject: .issue
        default: nil
        }
    }

    /// A note on what has a number.
    private func numbered(
        _ note: JSONValue,
        on name: String,
        _ type: CommentType,
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> (any Event)? {
        guard let parent = context.object(name, of: body),
            let number = context.number(of: parent, name, key: "iid")
        else { return nil }
        var comment = neutral(note, type, of: body, &context)
        comment.number = number
        return event(comment, subject: "\(type)/\(number)", note, body, &context)
    }

    private func event(
        _ comment: Comment,
        subject: String?,
        _ note: JSONValue,
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> (any Event)? {
        let word = Self.action(of: note)
        guard let action = context.shortText(word, "action") else { return nil }
        let (created, updated) = (note["created_at"].timestamp, note["updated_at"].timestamp)
        let isNew = action == CommentAction.created.rawValue
        return CommentEvent(
            envelope: envelope(
                .comment,
                subject: subject,
                occurredAt: isNew ? created ?? updated : updated ?? created,
                body,
                &context
            ),
            action: CommentAction(rawValue: action),
            comment: comment
        )
    }

    private func neutral(
        _ note: JSONValue,
        _ type: CommentType,
        of body: JSONValue,
        _ context: inout MappingContext
    ) -> Comment {
        let isNew = Self.action(of: note) == CommentAction.created.rawValue
        let position = note["position"]
        var comment = Comment(type: type)
        comment.id = context.identifier(note["id"], "note id")
        comment.body = note["note"].text
        comment.author = account(note["author_id"], in: body, isActor: isNew, &context)
        comment.url = note["url"].text
        comment.threadId = context.identifier(note["discussion_id"], "thread id")
        comment.path =
            position["new_path"].text ?? position["old_path"].text ?? note["st_diff"]["new_path"].text
        comment.line = position["new_line"].number ?? position["old_line"].number
        comment.commitSha = position["head_sha"].text ?? note["commit_id"].text
        comment.isSystem = note["system"].bool == true
        return comment
    }

    /// Servers before 16.11 send none: then a note that was changed is an edited one.
    private static func action(of note: JSONValue) -> String {
        switch note["action"].text {
        case "create": CommentAction.created.rawValue
        case "update": CommentAction.edited.rawValue
        case let action?: action
        case nil: (isChanged(note) ? CommentAction.edited : .created).rawValue
        }
    }

    private static func isChanged(_ note: JSONValue) -> Bool {
        guard let created = note["created_at"].timestamp, let updated = note["updated_at"].timestamp
        else { return false }
        return created != updated
    }
}
