extension Gitea {
    /// At least one of each kind of event that the forge can send, and some that have none.
    package var samples: [Sample] {
        switch dialect {
        case .forgejo: Self.forgejoSamples
        case .gitea: Self.giteaSamples
        case .gogs: Self.gogsSamples
        }
    }

    private static let forgejoSamples = [
        actionRunFailureSample,
        actionRunSuccessSample,
        issueCommentCreatedSample,
        pullRequestCommentCreatedSample,
        issuesOpenedSample,
        pullRequestClosedSample,
        pullRequestEditedDraftSample,
        pullRequestLabelUpdatedForgejoSample,
        pullRequestOpenedSample,
        pullRequestReviewRequestedSample,
        pullRequestSynchronizedSample,
        reviewApprovedSample,
        reviewRejectedSample,
        pushSample,
        pushTagSample,
        releasePublishedSample,
        workflowJobRunningSample,
    ]

    private static let giteaSamples = [
        issueCommentCreatedSample,
        pullRequestCommentCreatedSample,
        issuesOpenedSample,
        pullRequestClosedSample,
        pullRequestEditedDraftSample,
        pullRequestLabelUpdatedSample,
        pullRequestOpenedSample,
        pullRequestReviewRequestedSample,
        pullRequestSynchronizedSample,
        reviewApprovedSample,
        reviewRejectedSample,
        pushSample,
        pushTagSample,
        releasePublishedSample,
        statusPendingSample,
        statusSuccessSample,
        workflowJobCompletedSample,
        workflowJobQueuedSample,
        workflowRunCompletedSample,
    ]

    private static let gogsSamples = [
        gogsIssueCommentCreatedSample,
        gogsPullRequestCommentCreatedSample,
        issuesOpenedSample,
        gogsPullRequestClosedSample,
        gogsPullRequestLabelUpdatedSample,
        gogsPullRequestOpenedSample,
        gogsPullRequestSynchronizedSample,
        gogsPushSample,
        gogsPushTagSample,
    ]
}
