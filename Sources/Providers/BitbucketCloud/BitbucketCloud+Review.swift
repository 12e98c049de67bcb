import Events

extension BitbucketCloud {
    /// What an event says of a reviewer's verdict.
    struct Verdict: Sendable {
        /// Whether it was given or withdrawn.
        let action: PullRequestReviewAction
        /// What it is now.
        let state: PullRequestReviewState
        /// The object in the body that has the reviewer and the time.
        let object: String
    }

    /// What the events of reviews mean.
    static let verdicts: [String: Verdict] = [
        "pullrequest:approved": Verdict(action: .submitted, state: .approved, object: "approval"),
        "pullrequest:changes_request_created": Verdict(
            action: .submitted,
            state: .changesRequested,
            object: "changes_request"
        ),
        "pullrequest:changes_request_removed": Verdict(
            action: .dismissed,
            state: .dismissed,
            object: "changes_request"
        ),
        "pullrequest:unapproved": Verdict(action: .dismissed, state: .dismissed, object: "approval"),
    ]

    /// A review has no id of its own: there is one for each pull request and reviewer.
    func review(_ verdict: Verdict, _ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let pullRequest = context.object("pullrequest", of: body),
            let number = context.number(of: pullRequest, "pullrequest", key: "id")
        else { return nil }
        let object = body[verdict.object]
        var review = PullRequestReview(state: verdict.state)
        // Who gives a verdict, or withdraws it, is always its author.
        review.author = user(object["user"], &context) ?? user(body["actor"], &context)
        let date = object["date"].timestamp
        // Of a verdict that is withdrawn it is not said when it was given.
        review.submittedAt = verdict.action == .submitted ? date : nil
        return PullRequestReviewEvent(
            envelope: envelope(
                .pullRequestReview,
                subject: "pull_request/\(number)",
                occurredAt: date ?? pullRequest["updated_on"].timestamp,
                body,
                &context
            ),
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
