package import Events

extension GitHub {
    /// One event for every delivery.
    ///
    /// `workflow_run` and `workflow_job` stay unknown: Actions sends check suites and
    /// check runs for the same work.
    package func events(from body: JSONValue, context: inout MappingContext) -> [any Event] {
        let event: (any Event)? =
            switch context.eventName {
            case "check_run": checkRun(body, &context)
            case "check_suite": checkSuite(body, &context)
            case "commit_comment": commitComment(body, &context)
            case "issue_comment": issueComment(body, &context)
            case "pull_request": pullRequest(body, &context)
            case "pull_request_review": review(body, &context)
            case "pull_request_review_comment": reviewComment(body, &context)
            case "pull_request_review_thread": reviewThread(body, &context)
            case "push": push(body, &context)
            case "status": commitStatus(body, &context)
            default: nil
            }
        return [event ?? unknown(body, &context)]
    }

    /// The event of a delivery without a neutral kind; those about an issue keep their order.
    private func unknown(_ body: JSONValue, _ context: inout MappingContext) -> any Event {
        let issue = context.eventName == "issues" ? body["issue"] : .missing
        let subject = issue["number"].number.map { Self.subject(ofIssue: issue, number: $0) }
        return UnknownEvent(
            envelope: envelope(.unknown, subject: subject, body, &context),
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
        let actor = user(body["sender"], &context)
        return context.envelope(
            kind,
            subject: subject,
            occurredAt: occurredAt,
            repository: repository,
            actor: actor
        )
    }

    /// Pull requests are issues, too: such an issue says that it is one.
    static func subject(ofIssue issue: JSONValue, number: Int) -> String {
        issue["pull_request"].isObject ? "pull_request/\(number)" : "issue/\(number)"
    }

    /// The body's action, or what an old server that sends none must mean; nil for one that is too long to
    /// keep.
    func action(of body: JSONValue, assumed: String, _ context: inout MappingContext) -> String? {
        guard let action = body["action"].text else { return assumed }
        return context.shortText(action, "action")
    }

    /// The repository that received the event.
    func repository(_ repository: JSONValue, _ context: inout MappingContext) -> Repository? {
        guard repository.isObject else { return nil }
        return Repository(
            id: context.identifier(repository["id"], "repository id"),
            fullName: context.shortText(repository["full_name"].string, "repository"),
            isPrivate: isPrivate(repository),
            url: repository["html_url"].text
        )
    }

    /// Internal repositories count as private, and so do those of a visibility that is not known yet, or of
    /// which `private` and `visibility` say different things: a repository that was just made private sends
    /// such bodies.
    private func isPrivate(_ repository: JSONValue) -> Bool? {
        let isPrivate = repository["private"].bool
        guard let visibility = repository["visibility"].word else { return isPrivate }
        return isPrivate == true || visibility != "public"
    }

    /// An account; nil for a deleted one.
    func user(_ user: JSONValue, _ context: inout MappingContext) -> User? {
        let id = context.identifier(user["id"], "user id")
        let username = user["login"].text
        guard id != nil || username != nil else { return nil }
        let isBot = user["type"].word == "Bot" || username?.hasByteSuffix("[bot]") == true
        return User(id: id, username: username, isBot: isBot)
    }
}
