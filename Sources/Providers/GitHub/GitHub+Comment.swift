import Events

extension GitHub {
    /// `issue_comment`: on a pull request if the issue says that it is one.
    func issueComment(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let comment = context.object("comment", of: body),
            let issue = context.object("issue", of: body),
            let number = context.number(of: issue, "issue")
        else { return nil }
        let type: CommentType = issue["pull_request"].isObject ? .pullRequest : .issue
        var neutral = neutral(comment, type: type, &context)
        neutral.number = number
        let subject = Self.subject(ofIssue: issue, number: number)
        return event(neutral, subject: subject, from: comment, parent: issue, of: body, &context)
    }

    /// `pull_request_review_comment`.
    func reviewComment(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let comment = context.object("comment", of: body),
            let pullRequest = context.object("pull_request", of: body),
            let number = context.number(of: pullRequest, "pull_request")
        else { return nil }
        var neutral = neutral(comment, type: .review, &context)
        neutral.number = number
        let subject = "pull_request/\(number)"
        return event(neutral, subject: subject, from: comment, parent: pullRequest, of: body, &context)
    }

    /// `pull_request_review_thread`: the comment that began the thread stands for it.
    func reviewThread(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let thread = context.object("thread", of: body),
            let pullRequest = context.object("pull_request", of: body),
            let number = context.number(of: pullRequest, "pull_request")
        else { return nil }
        // The thread was resolved after its comments were written: their times say nothing.
        let (root, parent) = (thread["comments"].first, body["updated_at"].exists ? body : pullRequest)
        var neutral = neutral(root, type: .review, &context)
        neutral.number = number
        neutral.threadId = context.identifier(thread["node_id"], "thread id")
        return event(
            neutral,
            subject: "pull_request/\(number)",
            from: .missing,
            parent: parent,
            of: body,
            &context
        )
    }

    /// `commit_comment`.
    func commitComment(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let comment = context.object("comment", of: body) else { return nil }
        let neutral = neutral(comment, type: .commit, &context)
        let subject = neutral.commitSha.map { "commit/\($0)" }
        return event(neutral, subject: subject, from: comment, parent: .missing, of: body, &context)
    }

    private func event(
        _ neutral: Comment,
        subject: String?,
        from comment: JSONValue,
        parent: JSONValue,
        of body: JSONValue,
        _ context: inout MappingContext
    ) -> (any Event)? {
        let isEdited = comment["created_at"].timestamp != comment["updated_at"].timestamp
        let assumed: CommentAction = !comment.exists ? .resolved : isEdited ? .edited : .created
        guard let action = action(of: body, assumed: assumed.rawValue, &context) else { return nil }
        let kind = CommentAction(rawValue: action)
        let occurredAt = CommentTimes(comment, parent: parent).occurredAt(kind)
        return CommentEvent(
            envelope: envelope(.comment, subject: subject, occurredAt: occurredAt, body, &context),
            action: kind,
            comment: neutral
        )
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
        neutral.inReplyTo = context.identifier(comment["in_reply_to_id"], "replied comment's id")
        neutral.path = comment["path"].text
        neutral.line = comment["line"].number
        neutral.commitSha = comment["commit_id"].text
        return neutral
    }
}
