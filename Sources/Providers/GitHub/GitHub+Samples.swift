extension GitHub {
    /// At least one of each kind of event, and some that have none.
    package var samples: [Sample] {
        [
            Self.checkRunCompletedSample,
            Self.checkRunCreatedSample,
            Self.checkSuiteCompletedSample,
            Self.commitCommentCreatedSample,
            Self.issueCommentCreatedSample,
            Self.issueCommentEditedSample,
            Self.issuesOpenedSample,
            Self.pingSample,
            Self.pullRequestClosedSample,
            Self.pullRequestLabeledSample,
            Self.pullRequestOpenedSample,
            Self.pullRequestSynchronizeSample,
            Self.pullRequestReviewSubmittedSample,
            Self.pullRequestReviewCommentCreatedSample,
            Self.pullRequestReviewThreadResolvedSample,
            Self.pushSample,
            Self.pushTagSample,
            Self.statusSuccessSample,
        ]
    }
}
