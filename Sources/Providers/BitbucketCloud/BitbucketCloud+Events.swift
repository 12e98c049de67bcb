package import Events

extension BitbucketCloud {
    /// One event for every delivery.
    package func events(from body: JSONValue, context: inout MappingContext) -> [any Event] {
        let event: (any Event)? =
            switch context.eventName {
            case "issue:comment_created": issueComment(body, &context)
            case "repo:commit_comment_created": commitComment(body, &context)
            case "repo:commit_status_created": commitStatus(.created, body, &context)
            case "repo:commit_status_updated": commitStatus(.updated, body, &context)
            case "repo:push": push(body, &context)
            case let name?: pullRequestEvent(name, body, &context)
            case nil: nil
            }
        return [event ?? unknown(body, &context)]
    }

    private func pullRequestEvent(
        _ name: String,
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> (any Event)? {
        if let action = Self.pullRequestActions[name] { return pullRequest(action, body, &context) }
        if let action = Self.commentActions[name] { return pullRequestComment(action, body, &context) }
        guard let verdict = Self.verdicts[name] else { return nil }
        return review(verdict, body, &context)
    }

    /// The event of a delivery without a neutral kind; those about a pull request or issue keep their order.
    private func unknown(_ body: JSONValue, _ context: inout MappingContext) -> any Event {
        let pullRequest = body["pullrequest"]["id"].number.map { "pull_request/\($0)" }
        let issue = body["issue"]["id"].number.map { "issue/\($0)" }
        return UnknownEvent(
            envelope: envelope(.unknown, subject: pullRequest ?? issue, body, &context),
            action: context.shortText(body["action"].string, "action")
        )
    }

    /// The envelope of any event: repository and actor stand at the same place in all bodies.
    func envelope(
        _ kind: EventKind,
        subject: String?,
        occurredAt: Timestamp? = nil,
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> EventEnvelope {
        let repository = repository(body["repository"], &context)
        let actor = user(body["actor"], &context)
        return context.envelope(
            kind,
            subject: subject,
            occurredAt: occurredAt,
            repository: repository,
            actor: actor
        )
    }

    /// The repository that received the event; only it says whether it is private, nested ones do not.
    private func repository(_ repository: JSONValue, _ context: inout MappingContext) -> Repository? {
        guard repository.isObject else { return nil }
        return Repository(
            id: context.identifier(repository["uuid"], "repository id"),
            fullName: context.shortText(repository["full_name"].string, "repository"),
            isPrivate: repository["is_private"].bool,
            url: Self.page(of: repository)
        )
    }

    /// An account; nil for a deleted one.
    ///
    /// `username` is what people had before they had nicknames, and teams still have it.
    func user(_ user: JSONValue, _ context: inout MappingContext) -> User? {
        let id =
            context.identifier(user["uuid"], "user id") ?? context.identifier(user["account_id"], "user id")
        let username = user["nickname"].text ?? user["username"].text
        guard id != nil || username != nil else { return nil }
        return User(id: id, username: username, isBot: Self.botTypes.contains(user["type"].word ?? ""))
    }

    /// Apps and access tokens.
    private static let botTypes: Set<String> = ["app_user", "bot"]

    /// The web page of anything that has one.
    static func page(of object: JSONValue) -> String? { object["links"]["html"]["href"].text }
}
