import Events

extension Gitea {
    /// The actions of pull requests that have another name in the model; the rest have the same, or pass
    /// through.
    ///
    /// The forges do not say whether an update added a label or took one away.
    static let pullRequestActions: [String: PullRequestAction] = [
        "label_cleared": .unlabeled,
        "label_updated": .labeled,
        "synchronized": .synchronize,
    ]

    /// `pull_request` and its finer types.
    func pullRequest(_ body: JSONValue, _ context: inout MappingContext) -> [any Event] {
        guard let object = context.object("pull_request", of: body),
            let number = number(of: object, body, &context),
            let action = action(of: body, assumed: PullRequestAction.edited.rawValue, &context)
        else { return [] }
        var pullRequest = PullRequest(number: number)
        fill(&pullRequest, from: object, of: body, &context)
        if !body["action"].hasText { pullRequest.ambiguous = true }
        let kind = Self.pullRequestActions[action] ?? PullRequestAction(rawValue: action)
        let occurredAt = Self.occurredAt(kind, object)
        let kinds = kind == .edited ? Self.facets(of: body["changes"], pullRequest) : [kind]
        return kinds.map { kind in
            var pullRequest = pullRequest
            addDetail(of: kind, to: &pullRequest, from: object, of: body, &context)
            return PullRequestEvent(
                envelope: envelope(
                    .pullRequest,
                    subject: "pull_request/\(number)",
                    occurredAt: occurredAt,
                    body,
                    &context
                ),
                action: kind,
                pullRequest: pullRequest
            )
        }
    }

    /// The number stands in the pull request, and beside it too.
    func number(of object: JSONValue, _ body: JSONValue, _ context: inout MappingContext) -> Int? {
        object["number"].number ?? body["number"].number ?? context.number(of: object, "pull_request")
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
        pullRequest.merged = Self.merged(object)
        pullRequest.draft = draft(object)
        pullRequest.isFork = Self.isFork(object, of: body)
        pullRequest.url = object["html_url"].text
        pullRequest.head = branch("head", of: object, &context)
        pullRequest.base = branch("base", of: object, &context)
        guard pullRequest.merged == true else { return }
        pullRequest.mergeCommitSha = object["merge_commit_sha"].text ?? object["merged_commit_id"].text
        pullRequest.mergedAt = object["merged_at"].timestamp
    }

    private static func merged(_ object: JSONValue) -> Bool? {
        if let merged = object["merged"].bool { return merged }
        return object["merged_at"].exists ? object["merged_at"].timestamp != nil : nil
    }

    /// Versions without the field mark drafts by the title alone; Gogs has no drafts at all.
    private func draft(_ object: JSONValue) -> Bool? {
        if let draft = object["draft"].bool { return draft }
        return dialect == .gogs ? nil : Self.isDraft(title: object["title"].text)
    }

    /// The head repository is null, with an id that no repository has, when the fork was deleted.
    private static func isFork(_ object: JSONValue, of body: JSONValue) -> Bool? {
        let (head, base) = (object["head"], object["base"])
        let headRepository = head.isObject ? head["repo"] : object["head_repo"]
        let headId = headRepository["id"].int64 ?? head["repo_id"].int64
        if headRepository.isNull, (headId ?? 0) <= 0 { return true }
        let baseId =
            base["repo"]["id"].int64 ?? base["repo_id"].int64 ?? object["base_repo"]["id"].int64
            ?? body["repository"]["id"].int64
        guard let headId, let baseId else { return nil }
        return headId != baseId
    }

    /// `head` or `base`; Gogs has name and repository, in fields of the pull request's own.
    private func branch(
        _ side: String,
        of object: JSONValue,
        _ context: inout MappingContext
    ) -> PullRequest.Branch {
        let branch = object[side]
        let repository = branch.isObject ? branch["repo"] : object["\(side)_repo"]
        return PullRequest.Branch(
            ref: branch["ref"].branchName ?? object["\(side)_branch"].branchName,
            sha: branch["sha"].text,
            repository: context.shortText(Self.fullName(repository), "head or base repository")
        )
    }

    private static func occurredAt(_ action: PullRequestAction, _ object: JSONValue) -> Timestamp? {
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
        from object: JSONValue,
        of body: JSONValue,
        _ context: inout MappingContext
    ) {
        switch action {
        case .labeled, .unlabeled: pullRequest.label = body["label"]["name"].text
        case .assigned: pullRequest.assignee = assignee(object, of: body, &context)
        case .unassigned: pullRequest.assignee = user(body["assignee"], &context)
        case .milestoned, .demilestoned:
            pullRequest.milestone = body["milestone"]["title"].text ?? object["milestone"]["title"].text
        case .reviewRequested, .reviewRequestRemoved:
            pullRequest.reviewer = user(body["requested_reviewer"], &context)
        case .edited: pullRequest.previous = Self.previous(body["changes"])
        case .synchronize:
            pullRequest.before = body["before"].commitHash
            pullRequest.after =
                body["after"].commitHash ?? body["commit_id"].commitHash ?? pullRequest.head.sha
        default: break
        }
    }

    /// Who was assigned: the forges only tell who all are, so of several nobody knows.
    private func assignee(
        _ object: JSONValue,
        of body: JSONValue,
        _ context: inout MappingContext
    ) -> User? {
        if let user = user(body["assignee"], &context) { return user }
        let all = object["assignees"].array ?? [object["assignee"]]
        return all.count == 1 ? user(all[0], &context) : nil
    }

    private static func previous(_ changes: JSONValue) -> PullRequest.Previous? {
        let (title, body, base) = (changes["title"], changes["body"], changes["ref"])
        guard title.isObject || body.isObject || base.isObject else { return nil }
        return PullRequest.Previous(
            title: title["from"].text,
            description: body["from"].text,
            baseRef: base["from"].branchName
        )
    }
}
