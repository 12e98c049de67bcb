extension AzureDevOps {
    /// At least one of each kind of event that service hooks give, and some that have none.
    package var samples: [Sample] {
        [
            Self.buildSucceededSample,
            Self.buildFailedSample,
            Self.commentSample,
            Self.pullRequestCreatedSample,
            Self.pullRequestMergedSample,
            Self.pullRequestConflictsSample,
            Self.pullRequestUpdatedSample,
            Self.pullRequestAbandonedSample,
            Self.pullRequestCompletedSample,
            Self.pushSample,
            Self.pushTagSample,
            Self.jobCompletedSample,
            Self.runCompletedSample,
            Self.runStartedSample,
            Self.stageCompletedSample,
            Self.workItemCreatedSample,
        ]
    }
}
