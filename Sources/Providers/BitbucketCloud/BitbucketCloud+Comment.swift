import Events

extension BitbucketCloud {
    /// What the events of comments on pull requests mean.
    static let commentActions: [String: CommentAction] = [
        "pullrequest:comment_created": .created,
        "pullrequest:comment_deleted": .deleted,
        "pullrequest:comment_reopened": .unresolved,
        "pullrequest:comment_resolved": .resolved,
        "pullrequest:comment_updated": .edited,
    ]

    /// `pullrequest:comment_created` and its siblings, for comments on the diff too.
    func pullRequestComment(
        _ action: CommentAction,
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> (any Event)? {
        guard let comment = context.object("comment", of: body),
            let pullRequest = context.object("pullrequest", of: body),
            let number = context.number(of: pullRequest, "pullrequest", key: "id")
        else { return nil }
        var neutral = neutral(comment, type: .pullRequest, &context)
        neutral.number = number
        return CommentEvent(
            envelope: envelope(
                .comment,
                subject: "pull_request/\(number)",
                occurredAt: Self.occurredAt(action, comment: comment, parent: pullRequest),
                body,
                &context
            ),
            action: action,
            comment: neutral
        )
    }

    /// `issue:comment_created`.
    func issueComment(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let comment = context.object("comment", of: body),
            let issue = context.object("issue", of: body),
            let number = context.number(of: issue, "issue", key: "id")
        else { return nil }
        var neutral = neutral(comment, type: .issue, &context)
        neutral.number = number
        return created(neutral, subject: "issue/\(number)", from: comment, of: body, &context)
    }

    /// `repo:commit_comment_created`.
    func commitComment(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let comment = context.object("comment", of: body) else { return nil }
        var neutral = neutral(comment, type: .commit, &context)
        neutral.commitSha = body["commit"]["hash"].text
        let subject = neutral.commitSha.map { "commit/\($0)" }
        return created(neutral, subject: subject, from: comment, of: body, &context)
    }

    private func created(
        _ neutral: Comment,
        subject: String?,
        from comment: JSONValue,
        of body: JSONValue,
        _ context: inout MappingContext
    ) -> any Event {
        let occurredAt = Self.occurredAt(.created, comment: comment, parent: .missing)
        return CommentEvent(
            envelope: envelope(.comment, subject: subject, occurredAt: occurredAt, body, &context),
            action: .created,
            comment: neutral
        )
    }

    private func neutral(
        _ comment: JSONValue,
        type: CommentType,
        _ context: inout MappingContext
    ) -> Comment {
        let inline = comment["inline"]
        var neutral = Comment(type: type)
        neutral.id = context.identifier(comment["id"], "comment id")
        neutral.body = comment["content"]["raw"].text
        neutral.author = user(comment["user"], &context)
        neutral.url = Self.page(of: comment)
        neutral.inReplyTo = context.identifier(comment["parent"]["id"], "replied comment's id")
        neutral.path = inline["path"].text
        // `to` is the line as it is now, `from` the one before: a removed line has no other.
        neutral.line = inline["to"].number ?? inline["from"].number
        return neutral
    }

    /// A resolution has a time of its own.
    private static func occurredAt(
        _ action: CommentAction,
        comment: JSONValue,
        parent: JSONValue
    ) -> Timestamp? {
        let resolved = action == .resolved ? comment["resolution"]["created_on"].timestamp : nil
        let times = CommentTimes(
            created: comment["created_on"].timestamp,
            updated: comment["updated_on"].timestamp,
            parent: parent["updated_on"].timestamp
        )
        return resolved ?? times.occurredAt(action)
    }
}
