import Events

extension BitbucketCloud {
    /// What the events of pull requests mean.
    ///
    /// `updated` never says what changed.
    static let pullRequestActions: [String: PullRequestAction] = [
        "pullrequest:created": .opened,
        "pullrequest:fulfilled": .closed,
        "pullrequest:push": .synchronize,
        "pullrequest:rejected": .closed,
        "pullrequest:superseded": .closed,
        "pullrequest:updated": .edited,
    ]

    private static let mergeEvent = "pullrequest:fulfilled"

    /// `pullrequest:created` and the other events of the pull request itself.
    func pullRequest(
        _ action: PullRequestAction,
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> (any Event)? {
        guard let object = context.object("pullrequest", of: body),
            let number = context.number(of: object, "pullrequest", key: "id")
        else { return nil }
        var pullRequest = PullRequest(number: number)
        fill(&pullRequest, from: object, of: body, &context)
        addDetail(of: action, to: &pullRequest, from: object, context)
        let (created, updated) = (object["created_on"].timestamp, object["updated_on"].timestamp)
        return PullRequestEvent(
            envelope: envelope(
                .pullRequest,
                subject: "pull_request/\(number)",
                occurredAt: action == .opened ? created ?? updated : updated ?? created,
                body,
                &context
            ),
            action: action,
            pullRequest: pullRequest
        )
    }

    private func fill(
        _ pullRequest: inout PullRequest,
        from object: JSONValue,
        of body: JSONValue,
        _ context: inout MappingContext
    ) {
        let state = object["state"].word
        pullRequest.title = object["title"].text
        pullRequest.description = object["description"].text
        pullRequest.author = user(object["author"], &context)
        pullRequest.state = state.map { Self.states[$0] ?? PullRequestState(rawValue: $0) }
        pullRequest.merged = state.flatMap { Self.states[$0] == nil ? nil : $0 == "MERGED" }
        pullRequest.draft = object["draft"].bool ?? false
        pullRequest.isFork = isFork(object, of: body)
        pullRequest.url = Self.page(of: object)
        pullRequest.head = branch(object["source"], &context)
        pullRequest.base = branch(object["destination"], &context)
    }

    /// A superseded pull request was given up for one of the same branches.
    private static let states: [String: PullRequestState] = [
        "DECLINED": .closed,
        "MERGED": .closed,
        "OPEN": .open,
        "SUPERSEDED": .closed,
    ]

    /// The source's repository is null when the fork was deleted; a source without one says nothing.
    private func isFork(_ object: JSONValue, of body: JSONValue) -> Bool? {
        let head = object["source"]["repository"]
        if head.isNull { return true }
        let destination = object["destination"]["repository"]
        let base = destination.isObject ? destination : body["repository"]
        for key in ["uuid", "full_name"] {
            if let head = head[key].word, let base = base[key].word { return head != base }
        }
        return nil
    }

    /// The hash has twelve digits; commit and branch are null when they are gone.
    private func branch(_ side: JSONValue, _ context: inout MappingContext) -> PullRequest.Branch {
        PullRequest.Branch(
            ref: side["branch"]["name"].text,
            sha: side["commit"]["hash"].text,
            repository: context.shortText(side["repository"]["full_name"].string, "head or base repository")
        )
    }

    /// What only events of one action have.
    private func addDetail(
        of action: PullRequestAction,
        to pullRequest: inout PullRequest,
        from object: JSONValue,
        _ context: MappingContext
    ) {
        switch action {
        case .edited: pullRequest.ambiguous = true
        case .synchronize: pullRequest.after = pullRequest.head.sha
        case .closed:
            pullRequest.state = .closed
            pullRequest.merged = context.eventName == Self.mergeEvent
        default: break
        }
        guard pullRequest.merged == true else { return }
        pullRequest.mergeCommitSha = object["merge_commit"]["hash"].text
        // There is no time of the merge; the merge itself is the last change only when it is told.
        if action == .closed { pullRequest.mergedAt = object["updated_on"].timestamp }
    }
}
