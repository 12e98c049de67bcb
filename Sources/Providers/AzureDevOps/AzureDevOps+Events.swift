package import Events

extension AzureDevOps {
    /// One event for every delivery.
    package func events(from body: JSONValue, context: inout MappingContext) -> [any Event] {
        let event: (any Event)? =
            switch context.eventName {
            case "build.complete": build(body, &context)
            case "git.pullrequest.created", "git.pullrequest.updated": pullRequest(body, &context)
            case "git.pullrequest.merged": mergeAttempt(body, &context)
            case "git.push": push(body, &context)
            case "ms.vss-code.git-pullrequest-comment-event": comment(body, &context)
            case "ms.vss-pipelines.job-state-changed-event": check("job", of: body, &context)
            case "ms.vss-pipelines.run-state-changed-event": run(body, &context)
            case "ms.vss-pipelines.stage-state-changed-event": check("stage", of: body, &context)
            default: nil
            }
        return [event ?? unknown(body, &context)]
    }

    /// The event of a delivery without a neutral kind; those about a pull request keep their order.
    private func unknown(_ body: JSONValue, _ context: inout MappingContext) -> any Event {
        let resource = body["resource"]
        let subject = resource["pullRequestId"].number.map { "pull_request/\($0)" }
        let repository = repository(resource["repository"], &context)
        return UnknownEvent(
            envelope: context.envelope(
                .unknown,
                subject: subject,
                occurredAt: body["createdDate"].timestamp,
                repository: repository
            ),
            // No body has one: the name of the event says what was done.
            action: nil
        )
    }

    /// A repository of Azure's own; its project's visibility is its own.
    func repository(_ repository: JSONValue, _ context: inout MappingContext) -> Repository? {
        guard repository.isObject else { return nil }
        let project = repository["project"]
        return Repository(
            id: context.identifier(repository["id"], "repository id"),
            fullName: context.shortText(
                Self.fullName(project: project, repository: repository),
                "repository"
            ),
            isPrivate: Self.isPrivate(project),
            url: Self.page(of: repository)
        )
    }

    /// The names of project and repository; nil if one is missing.
    static func fullName(project: JSONValue, repository: JSONValue) -> String? {
        guard let project = project["name"].text, let name = repository["name"].text else { return nil }
        return "\(project)/\(name)"
    }

    /// A project that everybody in the organisation can read counts as private, and so does one of a
    /// visibility that is not known.
    static func isPrivate(_ project: JSONValue) -> Bool? { project["visibility"].word.map { $0 != "public" } }

    /// The web page, which is also the address to clone from.
    static func page(of repository: JSONValue) -> String? {
        repository["webUrl"].text ?? repository["remoteUrl"].text
    }

    /// An account, a group or a service.
    func user(_ user: JSONValue, _ context: inout MappingContext) -> User? {
        let id = context.identifier(user["id"], "user id")
        let username = user["uniqueName"].text
        guard id != nil || username != nil else { return nil }
        return User(id: id, username: username, isBot: Self.isService(user))
    }

    /// Services have a domain or a kind of descriptor of their own.
    private static func isService(_ user: JSONValue) -> Bool {
        let name = user["uniqueName"].word ?? ""
        let descriptor = user["descriptor"].word ?? ""
        return [#"Build\"#, #"Service\"#].contains { name.hasPrefix($0) }
            || ["aadsp.", "s2s.", "svc."].contains { descriptor.hasPrefix($0) }
    }

    /// The part of an address's path behind the part of that name, such as the id of a thread.
    ///
    /// An address is ASCII, so that its bytes are its characters, and quicker to go through.
    static func pathSegment(behind name: String, in address: String?) -> String? {
        guard let segments = address?.utf8.split(separator: UInt8(ascii: "/")),
            let index = segments.firstIndex(where: { $0.elementsEqual(name.utf8) })
        else { return nil }
        let segment = segments[(index + 1)...].first?.prefix {
            $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
        }
        return segment.flatMap { $0.isEmpty ? nil : String(Substring($0)) }
    }
}
