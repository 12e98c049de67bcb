extension GitLab {
    /// A new merge request.
    static let mergeRequestOpenSample = sampleMergeRequest(
        "open",
        by: sampleAda,
        at: "09:20:05",
        changes: #""merge_status": {"previous": "preparing", "current": "unchecked"}"#
    )

    /// One update that is several events.
    static let mergeRequestUpdateSample = sampleMergeRequest(
        "update",
        by: sampleAda,
        at: "09:31:10",
        changes: #"""
            "title": {"previous": "Fix a typ", "current": "Fix a typo"},
            "labels": {"previous": [], "current": [\#(sampleLabel)]},
            "reviewers": {"previous": [], "current": [\#(sampleBen)]}
            """#
    )

    /// The end of a draft.
    static let mergeRequestUpdateDraftSample = sampleMergeRequest(
        "update",
        "merge_request.update.draft",
        by: sampleAda,
        at: "09:26:00",
        changes: #""draft": {"previous": true, "current": false}"#
    )

    /// New commits.
    static let mergeRequestUpdatePushSample = sampleMergeRequest(
        "update",
        "merge_request.update.push",
        by: sampleAda,
        at: "09:44:31",
        more: #""oldrev": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12","#,
        changes:
            #""updated_at": {"previous": \#(sampleTime("09:31:10")), "current": \#(sampleTime("09:44:31"))}"#
    )

    /// What GitLab found out by itself, which is no neutral event.
    static let mergeRequestUpdateStatusSample = sampleMergeRequest(
        "update",
        "merge_request.update.status",
        by: sampleAda,
        at: "09:45:02",
        changes: #""merge_status": {"previous": "unchecked", "current": "can_be_merged"}"#
    )

    /// A merge request that was given up.
    static let mergeRequestCloseSample = sampleMergeRequest(
        "close",
        by: sampleBen,
        at: "11:00:00",
        state: (2, "closed"),
        changes: #""state_id": {"previous": 1, "current": 2}"#
    )

    /// A merge request that was merged.
    static let mergeRequestMergeSample = sampleMergeRequest(
        "merge",
        by: sampleBen,
        at: "10:05:30",
        state: (3, "merged"),
        more: #""merge_commit_sha": "\#(sampleMergeHash)","#,
        changes: #""state_id": {"previous": 4, "current": 3}"#
    )

    /// A merge request that was given up and is taken up again.
    static let mergeRequestReopenSample = sampleMergeRequest(
        "reopen",
        by: sampleAda,
        at: "11:20:00",
        changes: #""state_id": {"previous": 2, "current": 1}"#
    )

    /// An approval.
    static let mergeRequestApprovedSample = sampleMergeRequest("approved", by: sampleBen, at: "09:58:12")

    /// A push takes the approvals back: the user is who pushed.
    static let mergeRequestUnapprovedSample = sampleMergeRequest(
        "unapproved",
        by: sampleAda,
        at: "10:01:47",
        more: #""system": true, "system_action": "approvals_reset_on_push","#
    )

    /// A review that wants changes.
    static let mergeRequestUpdateReviewSample = sampleMergeRequest(
        "update",
        "merge_request.update.review",
        by: sampleBen,
        at: "09:50:20",
        changes: #"""
            "reviewers": {
              "previous": [{"id": 4100002, "username": "ben-acme", "state": "review_started"}],
              "current": [{"id": 4100002, "username": "ben-acme", "state": "requested_changes"}]
            }
            """#
    )

    private static func sampleMergeRequest(
        _ action: String,
        _ name: String? = nil,
        by user: String,
        at time: String,
        state: (id: Int, word: String) = (1, "opened"),
        more: String = "",
        changes: String = ""
    ) -> Sample {
        Sample(
            name ?? "merge_request.\(action)",
            of: "Merge Request Hook",
            #"""
            {
              "object_kind": "merge_request",
              "event_type": "merge_request",
              "user": \#(user),
              "project": \#(sampleProject),
              "object_attributes": {
                "id": 30000042,
                "iid": 42,
                "title": "Fix a typo",
                "description": "It read `teh`.",
                "author_id": 4100001,
                "assignee_ids": [4100001],
                "reviewer_ids": [4100002],
                "source_branch": "typo",
                "source_project_id": 75002,
                "target_branch": "main",
                "target_project_id": 75001,
                "state_id": \#(state.id),
                "state": "\#(state.word)",
                "draft": false,
                "merge_status": "can_be_merged",
                "head_pipeline_id": 880012,
                "created_at": \#(sampleTime("09:20:05")),
                "updated_at": \#(sampleTime(time)),
                "action": "\#(action)",
                \#(more)
                "url": "https://gitlab.example/acme/app/-/merge_requests/42",
                "source": \#(sampleFork),
                "target": \#(sampleProject),
                "last_commit": \#(sampleCommit),
                "labels": [\#(sampleLabel)]
              },
              "labels": [\#(sampleLabel)],
              "changes": {\#(changes)},
              "repository": \#(sampleRepository),
              "assignees": [\#(sampleAda)],
              "reviewers": [\#(sampleBen)]
            }
            """#
        )
    }
}
