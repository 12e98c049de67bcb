import Events

extension Gitea {
    /// A review that was submitted: the forges send its verdict and text, but no id.
    func review(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let review = context.object("review", of: body),
            let pullRequest = context.object("pull_request", of: body),
            let number = number(of: pullRequest, body, &context),
            let action = action(of: body, assumed: Self.reviewed, &context)
        else { return nil }
        let submitted = action == Self.reviewed
        return PullRequestReviewEvent(
            envelope: envelope(
                .pullRequestReview,
                subject: "pull_request/\(number)",
                occurredAt: review["submitted_at"].timestamp ?? pullRequest["updated_at"].timestamp,
                body,
                &context
            ),
            action: submitted ? .submitted : PullRequestReviewAction(rawValue: action),
            review: neutral(review, of: body, &context),
            pullRequest: PullRequestReference(
                number: number,
                id: context.identifier(pullRequest["id"], "pull request id"),
                title: pullRequest["title"].text,
                url: pullRequest["html_url"].text
            )
        )
    }

    /// The verdict that a type of review, an event or an event type ends with.
    static func reviewState(_ word: String) -> PullRequestReviewState? {
        reviewStates.first { word.hasSuffix($0.suffix) }?.state
    }

    private static let reviewStates: [(suffix: String, state: PullRequestReviewState)] = [
        ("approved", .approved),
        ("comment", .commented),
        ("rejected", .changesRequested),
    ]

    private static let reviewed = "reviewed"

    private func neutral(
        _ review: JSONValue,
        of body: JSONValue,
        _ context: inout MappingContext
    ) -> PullRequestReview {
        let words = [review["type"].word, context.eventName].compactMap(\.self)
        var neutral = PullRequestReview(state: words.compactMap(Self.reviewState).first ?? .unknown)
        neutral.id = context.identifier(review["id"], "review id")
        neutral.author = user(body["sender"], &context)
        neutral.body = review["content"].text
        neutral.commitSha = body["commit_id"].commitHash
        neutral.url = review["html_url"].text
        neutral.submittedAt = review["submitted_at"].timestamp
        return neutral
    }
}
