import Events

extension GitHub {
    /// `pull_request_review`.
    func review(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let review = context.object("review", of: body),
            let pullRequest = context.object("pull_request", of: body),
            let number = context.number(of: pullRequest, "pull_request"),
            let action = action(of: body, assumed: PullRequestReviewAction.submitted.rawValue, &context)
        else { return nil }
        let kind = PullRequestReviewAction(rawValue: action)
        let occurredAt = Self.occurredAt(kind, review: review, pullRequest: pullRequest)
        return PullRequestReviewEvent(
            envelope: envelope(
                .pullRequestReview,
                subject: "pull_request/\(number)",
                occurredAt: occurredAt,
                body,
                &context
            ),
            action: kind,
            review: neutral(review, &context),
            pullRequest: PullRequestReference(
                number: number,
                id: context.identifier(pullRequest["id"], "pull request id"),
                title: pullRequest["title"].text,
                url: pullRequest["html_url"].text
            )
        )
    }

    private func neutral(_ review: JSONValue, _ context: inout MappingContext) -> PullRequestReview {
        // Lower case in webhooks, upper case in GitHub's REST answers, of which some proxies make webhooks.
        let state = PullRequestReviewState(rawValue: (review["state"].word ?? "").lowercased())
        var neutral = PullRequestReview(state: state.isKnown ? state : .unknown)
        neutral.id = context.identifier(review["id"], "review id")
        neutral.author = user(review["user"], &context)
        neutral.body = review["body"].text
        neutral.commitSha = review["commit_id"].text
        neutral.url = review["html_url"].text
        neutral.submittedAt = review["submitted_at"].timestamp
        return neutral
    }

    /// An edited or dismissed review keeps the time of its submission; the pull request is younger.
    private static func occurredAt(
        _ action: PullRequestReviewAction,
        review: JSONValue,
        pullRequest: JSONValue
    ) -> Timestamp? {
        let submitted = review["submitted_at"].timestamp
        let updated = review["updated_at"].timestamp ?? pullRequest["updated_at"].timestamp
        return action == .submitted ? submitted ?? updated : updated ?? submitted
    }
}
