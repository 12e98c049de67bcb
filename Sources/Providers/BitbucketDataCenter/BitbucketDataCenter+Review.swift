import Events

extension BitbucketDataCenter {
    /// What an event says of a reviewer's verdict.
    struct Verdict: Sendable {
        /// Whether it was given or withdrawn.
        let action: PullRequestReviewAction
        /// What it is now.
        let state: PullRequestReviewState
    }

    /// What the events of reviews mean.
    static let verdicts: [String: Verdict] = [
        "pr:reviewer:approved": Verdict(action: .submitted, state: .approved),
        "pr:reviewer:changes_requested": Verdict(action: .submitted, state: .changesRequested),
        "pr:reviewer:needs_work": Verdict(action: .submitted, state: .changesRequested),
        "pr:reviewer:unapproved": Verdict(action: .dismissed, state: .dismissed),
    ]

    /// A review has no id of its own: there is one for each pull request and reviewer.
    func review(_ verdict: Verdict, _ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let pullRequest = context.object("pullRequest", of: body),
            let number = context.number(of: pullRequest, "pullRequest", key: "id")
        else { return nil }
        let participant = body["participant"]
        var review = PullRequestReview(state: verdict.state)
        // Who gives a verdict, or withdraws it, is always its author.
        review.author = user(participant["user"], &context) ?? user(body["actor"], &context)
        review.commitSha = participant["lastReviewedCommit"].commitHash
        // When a withdrawn one was given is not told.
        if verdict.action == .submitted { review.submittedAt = Self.occurredAt(body) }
        return PullRequestReviewEvent(
            envelope: envelope(.pullRequestReview, subject: "pull_request/\(number)", body, &context),
            action: verdict.action,
            review: review,
            pullRequest: PullRequestReference(
                number: number,
                title: pullRequest["title"].text,
                url: Self.page(of: pullRequest)
            )
        )
    }
}
