import Events

extension AzureDevOps {
    /// `ms.vss-code.git-pullrequest-comment-event`: version 2.0 of the resource has the comment and its pull
    /// request, version 1.0 is the comment, with the rest in its links.
    func comment(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let resource = context.object("resource", of: body) else { return nil }
        let isComment = resource["author"].isObject || resource["content"].exists
        let object = isComment ? resource : resource["comment"]
        guard object.isObject else {
            context.report("the \(context.eventName ?? "") event has no comment object")
            return nil
        }
        let pullRequest = resource["pullRequest"]
        let links = object["_links"]
        let thread = links["threads"]["href"].address ?? links["self"]["href"].address
        let numberInLink = Self.pathSegment(behind: "pullRequests", in: thread).flatMap { Int($0) }
        guard let number = pullRequest["pullRequestId"].number ?? numberInLink, number > 0 else {
            context.report("the \(context.eventName ?? "") event has no pullRequestId")
            return nil
        }
        var neutral = neutral(object, &context)
        neutral.number = number
        let threadId = Self.pathSegment(behind: "threads", in: thread)
        neutral.threadId = context.shortText(threadId, "thread id")
        neutral.url = Self.page(ofPullRequest: pullRequest).map { Self.page(ofThread: threadId, at: $0) }
        let action = Self.action(of: object)
        let repository =
            repository(pullRequest["repository"], &context) ?? repository(linked: object, &context)
        return CommentEvent(
            envelope: context.envelope(
                .comment,
                subject: "pull_request/\(number)",
                occurredAt: Self.occurredAt(action, object) ?? body["createdDate"].timestamp,
                repository: repository,
                // Only the author can edit or delete a comment.
                actor: neutral.author
            ),
            action: action,
            comment: neutral
        )
    }

    private func neutral(_ object: JSONValue, _ context: inout MappingContext) -> Comment {
        var neutral = Comment(type: .pullRequest)
        neutral.id = context.identifier(object["id"], "comment id")
        neutral.body = object["content"].text
        neutral.author = user(object["author"], &context)
        // The first comment of a thread has zero for its parent.
        if object["parentCommentId"].number != nil {
            neutral.inReplyTo = context.identifier(object["parentCommentId"], "replied comment's id")
        }
        neutral.isSystem = object["commentType"].word == "system"
        return neutral
    }

    private func repository(linked object: JSONValue, _ context: inout MappingContext) -> Repository? {
        let links = object["_links"]
        let address = links["repository"]["href"].address ?? links["self"]["href"].address
        guard let id = Self.pathSegment(behind: "repositories", in: address) else { return nil }
        return Repository(
            id: context.shortText(id, "repository id"),
            fullName: nil,
            isPrivate: nil,
            url: nil
        )
    }

    private static func action(of object: JSONValue) -> CommentAction {
        if object["isDeleted"].bool == true { return .deleted }
        guard let updated = object["lastUpdatedDate"].timestamp else { return .created }
        return object["publishedDate"].timestamp == updated ? .created : .edited
    }

    private static func occurredAt(_ action: CommentAction, _ object: JSONValue) -> Timestamp? {
        let (published, updated) = (object["publishedDate"].timestamp, object["lastUpdatedDate"].timestamp)
        return switch action {
        case .created: published
        case .edited: updated
        // Whether the time of the last update is that of the deletion is not said.
        default: nil
        }
    }

    /// Without what stands behind the pull request's page, such as `#view=discussion`.
    private static func page(ofThread id: String?, at page: String) -> String {
        let base = String(Substring(page.utf8.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }))
        return id.map { "\(base)?discussionId=\($0)" } ?? base
    }
}
