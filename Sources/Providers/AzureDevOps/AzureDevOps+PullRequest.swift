import Events

extension AzureDevOps {
    /// `git.pullrequest.created`, `git.pullrequest.updated`, and a merge that succeeded.
    func pullRequest(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let object = context.object("resource", of: body),
            let number = context.number(of: object, "resource", key: "pullRequestId")
        else { return nil }
        let isNew = context.eventName == "git.pullrequest.created"
        let kind = isNew ? .opened : Self.action(ofStatus: object["status"].word)
        let repository = repository(object["repository"], &context)
        var pullRequest = PullRequest(number: number)
        fill(&pullRequest, from: object, repository: repository, &context)
        if kind == .edited { pullRequest.ambiguous = true }
        return PullRequestEvent(
            envelope: context.envelope(
                .pullRequest,
                subject: "pull_request/\(number)",
                occurredAt: Self.occurredAt(kind, object) ?? body["createdDate"].timestamp,
                repository: repository,
                // Only the words of the message say who updated it.
                actor: kind == .opened ? pullRequest.author : nil
            ),
            action: kind,
            pullRequest: pullRequest
        )
    }

    /// `git.pullrequest.merged` says that a merge was tried, which Azure does after every push to find
    /// conflicts; without a problem it is nil for those tries.
    func mergeAttempt(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        let resource = body["resource"]
        let isMerged = resource["status"].word == "completed" && resource["mergeStatus"].word == "succeeded"
        guard isMerged || !resource.isObject else { return nil }
        return pullRequest(body, &context)
    }

    /// What an update did, as far as the status tells: Azure does not say what changed.
    private static func action(ofStatus status: String?) -> PullRequestAction {
        status == "completed" || status == "abandoned" ? .closed : .edited
    }

    /// The page of a pull request, put together where none is sent.
    static func page(ofPullRequest object: JSONValue) -> String? {
        if let page = object["_links"]["web"]["href"].text { return page }
        guard let repository = page(of: object["repository"]), let number = object["pullRequestId"].number
        else { return nil }
        return "\(repository)/pullrequest/\(number)"
    }

    private func fill(
        _ pullRequest: inout PullRequest,
        from object: JSONValue,
        repository: Repository?,
        _ context: inout MappingContext
    ) {
        let status = object["status"].word
        let fork = object["forkSource"]["repository"]
        pullRequest.title = object["title"].text
        pullRequest.description = object["description"].text
        pullRequest.author = user(object["createdBy"], &context)
        pullRequest.state = status.flatMap { Self.states[$0] }
        pullRequest.merged = status.map { $0 == "completed" }
        pullRequest.draft = object["isDraft"].bool
        // A subscription that sends few details leaves out the branches, too.
        if object["sourceRefName"].exists { pullRequest.isFork = object["forkSource"].isObject }
        pullRequest.url = Self.page(ofPullRequest: object)
        pullRequest.head.ref = object["sourceRefName"].branchName
        pullRequest.head.sha = object["lastMergeSourceCommit"]["commitId"].commitHash
        pullRequest.head.repository = repository?.fullName
        pullRequest.base.ref = object["targetRefName"].branchName
        pullRequest.base.sha = object["lastMergeTargetCommit"]["commitId"].commitHash
        pullRequest.base.repository = repository?.fullName
        if object["forkSource"].isObject {
            let name = Self.fullName(project: fork["project"], repository: fork)
            pullRequest.head.repository = context.shortText(name, "head repository")
        }
        // Before the merge it is a commit that only tries whether it would work.
        guard pullRequest.merged == true else { return }
        pullRequest.mergeCommitSha = object["lastMergeCommit"]["commitId"].commitHash
        pullRequest.mergedAt = object["closedDate"].timestamp
    }

    private static let states: [String: PullRequestState] = [
        "abandoned": .closed,
        "active": .open,
        "completed": .closed,
    ]

    private static func occurredAt(_ action: PullRequestAction, _ object: JSONValue) -> Timestamp? {
        switch action {
        case .opened: object["creationDate"].timestamp
        case .closed: object["closedDate"].timestamp
        default: nil
        }
    }
}
