import Events

extension BitbucketDataCenter {
    /// What the events of comments on pull requests mean.
    static let pullRequestCommentActions: [String: CommentAction] = [
        "pr:comment:added": .created,
        "pr:comment:deleted": .deleted,
        "pr:comment:edited": .edited,
    ]

    /// What the events of comments on commits mean.
    static let commitCommentActions: [String: CommentAction] = [
        "repo:comment:added": .created,
        "repo:comment:deleted": .deleted,
        "repo:comment:edited": .edited,
    ]

    /// `pr:comment:added` and its siblings, for comments on the diff too.
    func pullRequestComment(
        _ action: CommentAction,
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> (any Event)? {
        guard let comment = context.object("comment", of: body),
            let pullRequest = context.object("pullRequest", of: body),
            let number = context.number(of: pullRequest, "pullRequest", key: "id")
        else { return nil }
        var neutral = neutral(comment, type: .pullRequest, of: body, &context)
        neutral.number = number
        return CommentEvent(
            envelope: envelope(.comment, subject: "pull_request/\(number)", body, &context),
            action: action,
            comment: neutral
        )
    }

    /// `repo:comment:added` and its siblings.
    func commitComment(
        _ action: CommentAction,
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> (any Event)? {
        guard let comment = context.object("comment", of: body) else { return nil }
        var neutral = neutral(comment, type: .commit, of: body, &context)
        neutral.commitSha = body["commit"].commitHash
        let subject = neutral.commitSha.map { "commit/\($0)" }
        return CommentEvent(
            envelope: envelope(.comment, subject: subject, body, &context),
            action: action,
            comment: neutral
        )
    }

    private func neutral(
        _ comment: JSONValue,
        type: CommentType,
        of body: JSONValue,
        _ context: inout MappingContext
    ) -> Comment {
        let anchor = Self.anchor(of: comment, body)
        var neutral = Comment(type: type)
        neutral.id = context.identifier(comment["id"], "comment id")
        neutral.body = comment["text"].text
        neutral.author = user(comment["author"], &context)
        neutral.url = Self.page(of: comment)
        neutral.inReplyTo = context.identifier(body["commentParentId"], "replied comment's id")
        // REST writes a path as an object, whose member of this name is the text.
        neutral.path = anchor["path"].text ?? anchor["path"]["toString"].text
        neutral.line = anchor["line"].number
        return neutral
    }

    /// Where a comment stands in the diff; most versions do not say.
    private static func anchor(of comment: JSONValue, _ body: JSONValue) -> JSONValue {
        [comment["anchor"], body["anchor"], body["commentAnchor"]].first { $0.isObject } ?? .missing
    }
}
