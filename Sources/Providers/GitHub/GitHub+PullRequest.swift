import Events

extension GitHub {
    /// `pull_request`: the actions have the model's names; others pass through.
    func pullRequest(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let object = context.object("pull_request", of: body),
            let number = context.number(of: object, "pull_request"),
            let action = action(of: body, assumed: PullRequestAction.edited.rawValue, &context)
        else { return nil }
        let kind = PullRequestAction(rawValue: action)
        var pullRequest = PullRequest(number: number)
        fill(&pullRequest, from: object, of: body, &context)
        addDetail(of: kind, to: &pullRequest, from: body, &context)
        if !body["action"].hasText { pullRequest.ambiguous = true }
        return PullRequestEvent(
            envelope: envelope(
                .pullRequest,
                subject: "pull_request/\(number)",
                occurredAt: occurredAt(kind, object),
                body,
                &context
            ),
            action: kind,
            pullRequest: pullRequest
        )
    }

    private func fill(
        _ pullRequest: inout PullRequest,
        from object: JSONValue,
        of body: JSONValue,
        _ context: inout MappingContext
    ) {
        pullRequest.id = context.identifier(object["id"], "pull request id")
        pullRequest.title = object["title"].text
        pullRequest.description = object["body"].text
        pullRequest.author = user(object["user"], &context)
        pullRequest.state = object["state"].word.map(PullRequestState.init(rawValue:))
        pullRequest.merged = merged(object)
        pullRequest.draft = object["draft"].bool ?? false
        pullRequest.isFork = isFork(object, of: body)
        pullRequest.url = object["html_url"].text
        pullRequest.head = branch(object["head"], &context)
        pullRequest.base = branch(object["base"], &context)
        // Before the merge `merge_commit_sha` is a commit that only tries whether it would work.
        guard pullRequest.merged == true else { return }
        pullRequest.mergeCommitSha = object["merge_commit_sha"].text
        pullRequest.mergedAt = object["merged_at"].timestamp
    }

    private func merged(_ object: JSONValue) -> Bool? {
        if let merged = object["merged"].bool { return merged }
        return object["merged_at"].exists ? object["merged_at"].timestamp != nil : nil
    }

    /// The head repository is null when the fork was deleted; a head without one says nothing.
    private func isFork(_ object: JSONValue, of body: JSONValue) -> Bool? {
        let head = object["head"]["repo"]
        if head.isNull { return true }
        let base = object["base"]["repo"]["id"].int64 ?? body["repository"]["id"].int64
        guard let head = head["id"].int64, let base else { return nil }
        return head != base
    }

    private func branch(_ side: JSONValue, _ context: inout MappingContext) -> PullRequest.Branch {
        PullRequest.Branch(
            ref: side["ref"].text,
            sha: side["sha"].text,
            repository: context.shortText(side["repo"]["full_name"].string, "head or base repository")
        )
    }

    private func occurredAt(_ action: PullRequestAction, _ object: JSONValue) -> Timestamp? {
        let own: Timestamp? =
            switch action {
            case .opened: object["created_at"].timestamp
            case .closed: object["merged_at"].timestamp ?? object["closed_at"].timestamp
            default: nil
            }
        return own ?? object["updated_at"].timestamp ?? object["created_at"].timestamp
    }

    /// What only events of one action have.
    private func addDetail(
        of action: PullRequestAction,
        to pullRequest: inout PullRequest,
        from body: JSONValue,
        _ context: inout MappingContext
    ) {
        switch action {
        case .labeled, .unlabeled: pullRequest.label = body["label"]["name"].text
        case .assigned, .unassigned: pullRequest.assignee = user(body["assignee"], &context)
        case .milestoned, .demilestoned: pullRequest.milestone = body["milestone"]["title"].text
        case .reviewRequested, .reviewRequestRemoved: pullRequest.reviewer = reviewer(body, &context)
        case .edited: pullRequest.previous = previous(body["changes"])
        case .synchronize:
            pullRequest.before = body["before"].text
            pullRequest.after = body["after"].text
        default: break
        }
    }

    private func reviewer(_ body: JSONValue, _ context: inout MappingContext) -> User? {
        if let person = user(body["requested_reviewer"], &context) { return person }
        let team = body["requested_team"]
        guard team.isObject else { return nil }
        return User(
            id: context.identifier(team["id"], "team id"),
            username: team["slug"].text ?? team["name"].text
        )
    }

    private func previous(_ changes: JSONValue) -> PullRequest.Previous? {
        let (title, body, base) = (changes["title"], changes["body"], changes["base"])
        guard title.isObject || body.isObject || base.isObject else { return nil }
        return PullRequest.Previous(
            title: title["from"].text,
            description: body["from"].text,
            baseRef: base["ref"]["from"].text
        )
    }
}
