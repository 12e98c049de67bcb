import Events

extension Gitea {
    /// `issue_comment`, or `pull_request_comment` as an event type: issues and pull requests share it.
    func comment(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let comment = context.object("comment", of: body),
            let parent = parent(of: body, &context),
            let number = parent["number"].number ?? context.number(of: parent, "issue")
        else { return nil }
        let isPull = isPull(body)
        var neutral = neutral(comment, type: isPull ? .pullRequest : .issue, &context)
        neutral.number = number
        let isEdited = comment["created_at"].timestamp != comment["updated_at"].timestamp
        let assumed: CommentAction = isEdited ? .edited : .created
        guard let action = action(of: body, assumed: assumed.rawValue, &context) else { return nil }
        let kind = CommentAction(rawValue: action)
        return CommentEvent(
            envelope: envelope(
                .comment,
                subject: isPull ? "pull_request/\(number)" : "issue/\(number)",
                occurredAt: CommentTimes(comment, parent: parent).occurredAt(kind),
                body,
                &context
            ),
            action: kind,
            comment: neutral
        )
    }

    /// A pull request is an issue, too, and newer versions send it as both.
    private func parent(of body: JSONValue, _ context: inout MappingContext) -> JSONValue? {
        let pullRequest = body["pull_request"]
        if pullRequest.isObject, !body["issue"].isObject { return pullRequest }
        return context.object("issue", of: body)
    }

    /// Every version tells it, in one place or another.
    private func isPull(_ body: JSONValue) -> Bool {
        body["is_pull"].bool == true || body["pull_request"].isObject
            || body["issue"]["pull_request"].isObject
    }

    private func neutral(
        _ comment: JSONValue,
        type: CommentType,
        _ context: inout MappingContext
    ) -> Comment {
        var neutral = Comment(type: type)
        neutral.id = context.identifier(comment["id"], "comment id")
        neutral.body = comment["body"].text
        neutral.author = user(comment["user"], &context)
        neutral.url = comment["html_url"].text
        neutral.path = comment["path"].text
        neutral.line = comment["line"].number
        neutral.commitSha = comment["commit_id"].commitHash
        return neutral
    }
}
