package import Events

extension Gitea {
    /// One event for every delivery, except that a new title can also begin or end a draft.
    ///
    /// The name may be an event or an event type. `pull_request_comment` is both, and means a review as an
    /// event and a comment as a type: the body tells which.
    package func events(from body: JSONValue, context: inout MappingContext) -> [any Event] {
        let name = context.eventName ?? ""
        let events: [any Event] =
            switch name {
            case "push": one(push(body, &context))
            case "status": one(commitStatus(body, &context))
            case "issue_comment": one(comment(body, &context))
            case "workflow_run": one(workflowRun(body, &context))
            case _ where name.hasPrefix("workflow_job"): one(workflowJob(body, &context))
            case _ where name.hasPrefix("action_run_"): one(actionRun(body, &context))
            case _ where !name.hasPrefix("pull_request"): []
            case _ where body["comment"].isObject: one(comment(body, &context))
            case _ where isReview(body, name): one(review(body, &context))
            default: pullRequest(body, &context)
            }
        return events.isEmpty ? [unknown(body, &context)] : events
    }

    private func one(_ event: (any Event)?) -> [any Event] { event.map { [$0] } ?? [] }

    private func isReview(_ body: JSONValue, _ name: String) -> Bool {
        Self.reviewState(name) != nil || body["review"].isObject || body["action"].word == "reviewed"
    }

    /// The event of a delivery without a neutral kind, or that cannot be read; those about an issue or pull
    /// request keep their order.
    private func unknown(_ body: JSONValue, _ context: inout MappingContext) -> any Event {
        UnknownEvent(
            envelope: envelope(.unknown, subject: subject(ofUnknown: body, &context), body, &context),
            action: context.shortText(body["action"].string, "action")
        )
    }

    private func subject(ofUnknown body: JSONValue, _ context: inout MappingContext) -> String? {
        let name = context.eventName ?? ""
        let (issue, pullRequest) = (body["issue"], body["pull_request"])
        if name.hasPrefix("issue") || issue.isObject {
            guard let number = issue["number"].number ?? body["number"].number else { return nil }
            return issue["pull_request"].isObject ? "pull_request/\(number)" : "issue/\(number)"
        }
        guard name.hasPrefix("pull_request") else { return nil }
        return (pullRequest["number"].number ?? body["number"].number).map { "pull_request/\($0)" }
    }

    /// The body's action, or what a body without one must mean; nil for one that is too long to keep.
    func action(of body: JSONValue, assumed: String, _ context: inout MappingContext) -> String? {
        guard let action = body["action"].text else { return assumed }
        return context.shortText(action, "action")
    }

    /// The envelope of any event.
    func envelope(
        _ kind: EventKind,
        subject: String?,
        occurredAt: Timestamp? = nil,
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> EventEnvelope {
        let repository = repository(Self.receiver(of: body), &context)
        let actor = actor(of: body, &context)
        return context.envelope(
            kind,
            subject: subject,
            occurredAt: occurredAt,
            repository: repository,
            actor: actor
        )
    }

    /// The repository that received the event.
    ///
    /// Forgejo's runs have it within. Of a fork, Gitea and Forgejo call the new repository `repository` and
    /// the one that received the event `forkee`; Gogs does it the other way round.
    private static func receiver(of body: JSONValue) -> JSONValue {
        let (repository, forkee) = (body["repository"], body["forkee"])
        if forkee.isObject, let parent = repository["parent"]["id"].int64, parent == forkee["id"].int64 {
            return forkee
        }
        if repository.isObject { return repository }
        return body["run"]["repository"].isObject ? body["run"]["repository"] : body["package"]["repository"]
    }

    /// The sender; what has none was begun by a push or by whoever made a run begin.
    private func actor(of body: JSONValue, _ context: inout MappingContext) -> User? {
        for candidate in [body["sender"], body["pusher"], body["run"]["trigger_user"]]
        where candidate.isObject {
            return user(candidate, &context)
        }
        return nil
    }

    private func repository(_ repository: JSONValue, _ context: inout MappingContext) -> Repository? {
        guard repository.isObject else { return nil }
        return Repository(
            id: context.identifier(repository["id"], "repository id"),
            fullName: context.shortText(Self.fullName(repository), "repository"),
            // Internal repositories are open to accounts of the forge only, whatever `private` says.
            isPrivate: repository["internal"].bool == true ? true : repository["private"].bool,
            url: repository["html_url"].text
        )
    }

    /// Old versions of Gogs have no full name.
    static func fullName(_ repository: JSONValue) -> String? {
        if let fullName = repository["full_name"].text { return fullName }
        let owner = repository["owner"]
        guard let owner = owner["login"].text ?? owner["username"].text, let name = repository["name"].text
        else { return nil }
        return "\(owner)/\(name)"
    }

    /// The id of the account `Ghost`, which stands for all that were deleted.
    private static let ghostId: Int64 = -1

    /// An account; nil for a deleted one.
    ///
    /// Those with other negative ids are the forge's own machines.
    func user(_ user: JSONValue, _ context: inout MappingContext) -> User? {
        let number = user["id"].int64
        guard number != Self.ghostId else { return nil }
        let id = number == 0 ? nil : context.identifier(user["id"], "user id")
        let username = user["login"].text ?? user["username"].text
        guard id != nil || username != nil else { return nil }
        return User(id: id, username: username, isBot: (number ?? 0) < Self.ghostId)
    }
}
