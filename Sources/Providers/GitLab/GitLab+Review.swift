import Events

extension GitLab {
    /// An approval that was given or taken back.
    ///
    /// A push that takes back approvals is sent with `system`: the actor pushed, and whose approvals they
    /// were is not said.
    func approval(
        of mergeRequest: MergeRequest,
        _ action: PullRequestReviewAction,
        _ state: PullRequestReviewState,
        _ context: inout MappingContext
    ) -> any Event {
        let isReset = mergeRequest.object["system"].bool == true
        let author = isReset ? nil : user(mergeRequest.body["user"], &context)
        return review(mergeRequest, action, state, by: author)
    }

    /// Reviewers who were added, asked again, taken off, or have finished a review.
    func reviewersChanged(
        _ mergeRequest: MergeRequest,
        _ context: inout MappingContext
    ) -> [any Event] {
        let change = Self.change("reviewers", mergeRequest.body)
        func events(_ reviewers: [JSONValue], _ action: PullRequestAction) -> [any Event] {
            reviewers.map { reviewer in
                let reviewer = user(reviewer, &context)
                return mergeRequest.event(action) { $0.reviewer = reviewer }
            }
        }
        let added = Set(change.added.compactMap(\.listKey))
        let askedAgain = change.current.lazy.filter { reviewer in
            reviewer["re_requested"].bool == true && reviewer.listKey.map { !added.contains($0) } ?? false
        }
        .prefix(Source.eventCountMax + 1)
        let requested = events(change.added, .reviewRequested) + events(Array(askedAgain), .reviewRequested)
        return requested + events(change.removed, .reviewRequestRemoved)
            + reviewed(mergeRequest, change, &context)
    }

    /// The states of reviewers that are reviews; approvals have actions of their own.
    private static let reviewStates: [String: PullRequestReviewState] = [
        "requested_changes": .changesRequested,
        "reviewed": .commented,
    ]

    private func reviewed(
        _ mergeRequest: MergeRequest,
        _ change: ListChange,
        _ context: inout MappingContext
    ) -> [any Event] {
        var states: [[UInt8]: String] = [:]
        for reviewer in change.previous {
            if let key = reviewer.listKey { states[key] = reviewer["state"].word ?? "" }
        }
        let finished = change.current.lazy.filter { reviewer in
            guard let word = reviewer["state"].word, Self.reviewStates[word] != nil,
                let previous = reviewer.listKey.flatMap({ states[$0] })
            else { return false }
            return previous != word
        }
        return finished.prefix(Source.eventCountMax + 1).map { reviewer in
            let state = reviewer["state"].word.flatMap { Self.reviewStates[$0] } ?? .unknown
            return review(mergeRequest, .submitted, state, by: user(reviewer, &context))
        }
    }

    /// GitLab has no object for a review, so no id or text; its page is the merge request's.
    private func review(
        _ mergeRequest: MergeRequest,
        _ action: PullRequestReviewAction,
        _ state: PullRequestReviewState,
        by author: User?
    ) -> any Event {
        let pullRequest = mergeRequest.pullRequest
        var envelope = mergeRequest.envelope
        envelope.kind = .pullRequestReview
        var review = PullRequestReview(state: state)
        review.author = author
        review.commitSha = pullRequest.head.sha
        review.url = pullRequest.url
        review.submittedAt = action == .submitted ? envelope.occurredAt : nil
        return PullRequestReviewEvent(
            envelope: envelope,
            action: action,
            review: review,
            pullRequest: PullRequestReference(
                number: pullRequest.number,
                id: pullRequest.id,
                title: pullRequest.title,
                url: pullRequest.url
            )
        )
    }
}
