extension BitbucketCloud {
    /// At least one of each kind of event, and one that has none.
    package var samples: [Sample] {
        [
            Self.issueCommentCreatedSample,
            Self.issueCreatedSample,
            Self.pullRequestApprovedSample,
            Self.pullRequestChangesRequestCreatedSample,
            Self.pullRequestCommentCreatedSample,
            Self.pullRequestCommentResolvedSample,
            Self.pullRequestCreatedSample,
            Self.pullRequestFulfilledSample,
            Self.pullRequestRejectedSample,
            Self.pullRequestUnapprovedSample,
            Self.pullRequestUpdatedSample,
            Self.commitCommentCreatedSample,
            Self.commitStatusCreatedSample,
            Self.commitStatusUpdatedSample,
            Self.pushSample,
            Self.pushTagSample,
        ]
    }
}
