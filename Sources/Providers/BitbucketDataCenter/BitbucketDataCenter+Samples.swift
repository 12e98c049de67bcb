extension BitbucketDataCenter {
    /// At least one of each kind of event, and one that has none.
    package var samples: [Sample] {
        [
            Self.pingSample,
            Self.pullRequestCommentAddedSample,
            Self.pullRequestCommentEditedSample,
            Self.pullRequestDeclinedSample,
            Self.pullRequestFromRefUpdatedSample,
            Self.pullRequestMergedSample,
            Self.pullRequestModifiedSample,
            Self.pullRequestOpenedSample,
            Self.reviewerApprovedSample,
            Self.reviewerNeedsWorkSample,
            Self.reviewerUnapprovedSample,
            Self.reviewerUpdatedSample,
            Self.commitCommentAddedSample,
            Self.repositoryForkedSample,
            Self.refsChangedSample,
            Self.refsChangedTagSample,
        ]
    }
}
