import Events

extension BitbucketDataCenter {
    /// What an event says of a pull request.
    enum PullRequestChange: Sendable {
        case opened, synchronized, modified, reviewers, merged, declined
    }

    /// What the events of pull requests mean.
    ///
    /// That the branch moved into which it is to be merged has no neutral event, and that a pull request was
    /// opened again is not told at all.
    static let pullRequestChanges: [String: PullRequestChange] = [
        "pr:declined": .declined,
        "pr:deleted": .declined,
        "pr:from_ref_updated": .synchronized,
        "pr:merged": .merged,
        "pr:modified": .modified,
        "pr:opened": .opened,
        "pr:reviewer:updated": .reviewers,
    ]

    /// `pr:opened` and the other events of the pull request itself.
    func pullRequest(
        _ change: PullRequestChange,
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> [any Event] {
        guard let object = context.object("pullRequest", of: body),
            let number = context.number(of: object, "pullRequest", key: "id")
        else { return [] }
        let pullRequest = neutral(object, number: number, &context)
        let envelope = envelope(.pullRequest, subject: "pull_request/\(number)", body, &context)
        return outcomes(of: change, pullRequest, from: object, of: body, &context).map {
            PullRequestEvent(envelope: envelope, action: $0.action, pullRequest: $0.pullRequest)
        }
    }

    private typealias Outcome = (action: PullRequestAction, pullRequest: PullRequest)

    private func outcomes(
        of change: PullRequestChange,
        _ pullRequest: PullRequest,
        from object: JSONValue,
        of body: JSONValue,
        _ context: inout MappingContext
    ) -> [Outcome] {
        switch change {
        case .opened: return [(.opened, pullRequest)]
        case .modified: return edits(of: pullRequest, body)
        case .reviewers: return reviewRequests(of: pullRequest, body, &context)
        case .merged: return [(.closed, closed(pullRequest, merged: true, from: object, body))]
        case .declined: return [(.closed, closed(pullRequest, merged: false, from: object, body))]
        case .synchronized:
            var synchronized = pullRequest
            synchronized.before = body["previousFromHash"].commitHash
            synchronized.after = pullRequest.head.sha
            return [(.synchronize, synchronized)]
        }
    }

    private func neutral(
        _ object: JSONValue,
        number: Int,
        _ context: inout MappingContext
    ) -> PullRequest {
        let state = object["state"].word
        var pullRequest = PullRequest(number: number)
        pullRequest.title = object["title"].text
        pullRequest.description = object["description"].text
        pullRequest.author = user(object["author"]["user"], &context)
        pullRequest.state = state.map { Self.states[$0] ?? PullRequestState(rawValue: $0) }
        pullRequest.merged = state.flatMap { Self.states[$0] == nil ? nil : $0 == "MERGED" }
        pullRequest.draft = object["draft"].bool ?? false
        pullRequest.isFork = isFork(object, &context)
        pullRequest.url = Self.page(of: object)
        pullRequest.head = branch(object["fromRef"], &context)
        pullRequest.base = branch(object["toRef"], &context)
        return pullRequest
    }

    private static let states: [String: PullRequestState] = [
        "DECLINED": .closed,
        "MERGED": .closed,
        "OPEN": .open,
    ]

    /// Deleting a fork declines its pull requests; a ref without a repository says nothing.
    private func isFork(_ object: JSONValue, _ context: inout MappingContext) -> Bool? {
        let (head, base) = (object["fromRef"]["repository"], object["toRef"]["repository"])
        if let head = head["id"].int64, let base = base["id"].int64 { return head != base }
        guard let head = fullName(of: head, "head or base repository", &context),
            let base = fullName(of: base, "head or base repository", &context)
        else { return nil }
        return head != base
    }

    private func branch(_ side: JSONValue, _ context: inout MappingContext) -> PullRequest.Branch {
        PullRequest.Branch(
            ref: Self.branchName(side),
            sha: side["latestCommit"].commitHash,
            repository: fullName(of: side["repository"], "head or base repository", &context)
        )
    }

    private static func branchName(_ ref: JSONValue) -> String? {
        ref["displayId"].text ?? ref["id"].branchName
    }

    /// The state of one that was deleted is the one that it had before.
    private func closed(
        _ pullRequest: PullRequest,
        merged: Bool,
        from object: JSONValue,
        _ body: JSONValue
    ) -> PullRequest {
        var closed = pullRequest
        closed.state = .closed
        closed.merged = merged
        guard merged else { return closed }
        closed.mergeCommitSha = object["properties"]["mergeCommit"]["id"].commitHash
        closed.mergedAt = object["closedDate"].timestamp ?? Self.occurredAt(body)
        return closed
    }

    /// `pr:modified` names the old values of all that can be edited, whether they were or not.
    private func edits(of pullRequest: PullRequest, _ body: JSONValue) -> [Outcome] {
        var outcomes: [Outcome] = []
        let (title, description) = (body["previousTitle"], body["previousDescription"])
        let base = Self.branchName(body["previousTarget"])
        let isTitleEdited = title.hasText && !Self.isSame(title.text, pullRequest.title)
        // Null for an empty one; without the key nothing is said.
        let isDescriptionEdited =
            description.exists && !Self.isSame(description.text, pullRequest.description)
        let isBaseEdited = base != nil && !Self.isSame(base, pullRequest.base.ref)
        if isTitleEdited || isDescriptionEdited || isBaseEdited {
            var edited = pullRequest
            edited.previous = PullRequest.Previous(
                title: isTitleEdited ? title.text : nil,
                description: isDescriptionEdited ? description.text : nil,
                baseRef: isBaseEdited ? base : nil
            )
            outcomes.append((.edited, edited))
        }
        if let wasDraft = body["previousDraft"].bool, let isDraft = pullRequest.draft, wasDraft != isDraft {
            outcomes.append((isDraft ? .convertedToDraft : .readyForReview, pullRequest))
        }
        return outcomes.isEmpty ? [ambiguous(pullRequest)] : outcomes
    }

    /// `pr:reviewer:updated` names who was added and who was removed.
    private func reviewRequests(
        of pullRequest: PullRequest,
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> [Outcome] {
        let lists: [(String, PullRequestAction)] = [
            ("addedReviewers", .reviewRequested), ("removedReviewers", .reviewRequestRemoved),
        ]
        var outcomes: [Outcome] = []
        for (key, action) in lists {
            // No more than it takes for one event too many.
            for reviewer in (body[key].array ?? []).prefix(Source.eventCountMax + 1) {
                var requested = pullRequest
                let account = reviewer["user"]
                requested.reviewer = user(account.isObject ? account : reviewer, &context)
                outcomes.append((action, requested))
            }
        }
        return outcomes.isEmpty ? [ambiguous(pullRequest)] : outcomes
    }

    private func ambiguous(_ pullRequest: PullRequest) -> Outcome {
        var edited = pullRequest
        edited.ambiguous = true
        return (.edited, edited)
    }

    /// By the bytes: a description may be long.
    private static func isSame(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.hasSameBytes(as: right)
    }
}
