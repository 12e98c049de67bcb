package import Events

extension BitbucketDataCenter {
    /// One event for most deliveries, several where a pull request was changed in several ways.
    ///
    /// There is none for a build: those are in the REST interface alone.
    package func events(from body: JSONValue, context: inout MappingContext) -> [any Event] {
        let events = neutralEvents(body, &context)
        return events.isEmpty ? [unknown(body, &context)] : events
    }

    private func neutralEvents(_ body: JSONValue, _ context: inout MappingContext) -> [any Event] {
        guard let name = context.eventName else { return [] }
        if name == "repo:refs_changed" { return push(body, &context).map { [$0] } ?? [] }
        if let changes = Self.pullRequestChanges[name] { return pullRequest(changes, body, &context) }
        if let action = Self.pullRequestCommentActions[name] {
            return pullRequestComment(action, body, &context).map { [$0] } ?? []
        }
        if let action = Self.commitCommentActions[name] {
            return commitComment(action, body, &context).map { [$0] } ?? []
        }
        guard let verdict = Self.verdicts[name] else { return [] }
        return review(verdict, body, &context).map { [$0] } ?? []
    }

    /// The event of a delivery without a neutral kind; those about a pull request keep their order.
    private func unknown(_ body: JSONValue, _ context: inout MappingContext) -> any Event {
        let number = body["pullRequest"]["id"].number ?? body["pullrequest"]["id"].number
        return UnknownEvent(
            envelope: envelope(.unknown, subject: number.map { "pull_request/\($0)" }, body, &context),
            action: context.shortText(body["action"].string, "action")
        )
    }

    /// The envelope of any event.
    func envelope(
        _ kind: EventKind,
        subject: String?,
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> EventEnvelope {
        let repository = repository(Self.receiver(of: body, context), &context)
        let actor = user(body["actor"], &context)
        return context.envelope(
            kind,
            subject: subject,
            occurredAt: Self.occurredAt(body),
            repository: repository,
            actor: actor
        )
    }

    /// Every body has the date; a pull request or comment without it says when it was last changed.
    static func occurredAt(_ body: JSONValue) -> Timestamp? {
        let (comment, pullRequest) = (body["comment"], body["pullRequest"])
        return body["date"].timestamp ?? comment["updatedDate"].timestamp
            ?? comment["createdDate"].timestamp ?? pullRequest["updatedDate"].timestamp
            ?? pullRequest["createdDate"].timestamp
    }

    /// The repository that received the event: of a pull request the one it is to be merged into, of a fork
    /// the one that was forked, of a changed repository the one that it is now.
    private static func receiver(of body: JSONValue, _ context: MappingContext) -> JSONValue {
        let target = body["pullRequest"]["toRef"]["repository"]
        if target.isObject { return target }
        let own = body["repository"]
        if own.isObject {
            let origin = own["origin"]
            return context.eventName == "repo:forked" && origin.isObject ? origin : own
        }
        // The `new` of `project:modified` is a project, which has no slug.
        if body["new"]["slug"].exists { return body["new"] }
        return body["secretLocations"].first["repository"]
    }

    private func repository(_ repository: JSONValue, _ context: inout MappingContext) -> Repository? {
        guard repository.isObject else { return nil }
        return Repository(
            id: context.identifier(repository["id"], "repository id"),
            fullName: fullName(of: repository, "repository", &context),
            // Everyone can read a repository if it is public, or its project.
            isPrivate: repository["public"].bool != true && repository["project"]["public"].bool != true,
            url: Self.page(of: repository)
        )
    }

    /// Project and repository, such as `PRJ/app` or `~user/app`.
    func fullName(of repository: JSONValue, _ name: String, _ context: inout MappingContext) -> String? {
        guard let project = repository["project"]["key"].text, let slug = repository["slug"].text else {
            return nil
        }
        return context.shortText("\(project)/\(slug)", name)
    }

    /// An account; nil for a deleted one.
    func user(_ user: JSONValue, _ context: inout MappingContext) -> User? {
        let id = context.identifier(user["id"], "user id")
        let username = user["name"].text ?? user["slug"].text ?? user["username"].text
        guard id != nil || username != nil else { return nil }
        return User(id: id, username: username, isBot: user["type"].word == "SERVICE")
    }

    /// The web page of anything that has one.
    static func page(of object: JSONValue) -> String? { object["links"]["self"].first["href"].text }
}
