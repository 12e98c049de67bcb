extension GitLab {
    /// At least one of each kind of event, and some that have none.
    package var samples: [Sample] {
        [
            Self.buildCreatedSample,
            Self.buildFailedSample,
            Self.buildRunningSample,
            Self.issueOpenSample,
            Self.mergeRequestApprovedSample,
            Self.mergeRequestCloseSample,
            Self.mergeRequestMergeSample,
            Self.mergeRequestOpenSample,
            Self.mergeRequestReopenSample,
            Self.mergeRequestUnapprovedSample,
            Self.mergeRequestUpdateSample,
            Self.mergeRequestUpdateDraftSample,
            Self.mergeRequestUpdatePushSample,
            Self.mergeRequestUpdateReviewSample,
            Self.mergeRequestUpdateStatusSample,
            Self.noteCommitSample,
            Self.noteConfidentialSample,
            Self.noteIssueSample,
            Self.noteMergeRequestSample,
            Self.noteSnippetSample,
            Self.pipelineFailedSample,
            Self.pipelinePendingSample,
            Self.pipelineRunningSample,
            Self.pipelineSuccessSample,
            Self.projectCreateSample,
            Self.pushSample,
            Self.releaseCreateSample,
            Self.repositoryUpdateSample,
            Self.tagPushSample,
        ]
    }
}
