extension GitLab {
    static let mergeRequestOpenSample = Sample(
        "merge_request.open",
        of: "Merge Request Hook",
        sampleMergeRequest(
            by: sampleAda,
            attributes: #"""
                "action": "open",
                "merge_commit_sha": null,
                "updated_at": "2026-03-02 09:20:05 UTC",
                """#,
            changes: #""merge_status": {"previous": "preparing", "current": "unchecked"}"#
        )
    )

    static let mergeRequestUpdateSample = Sample(
        "merge_request.update",
        of: "Merge Request Hook",
        sampleMergeRequest(
            by: sampleAda,
            attributes: #"""
                "action": "update",
                "merge_commit_sha": null,
                "updated_at": "2026-03-02 09:31:10 UTC",
                """#,
            changes: #"""
                "title": {"previous": "Fix a typ", "current": "Fix a typo"},
                "labels": {"previous": [], "current": [\#(sampleLabel)]},
                "reviewers": {"previous": [], "current": [\#(sampleBen)]},
                "updated_at": {"previous": "2026-03-02 09:20:05 UTC", "current": "2026-03-02 09:31:10 UTC"}
                """#
        )
    )

    static let mergeRequestUpdateDraftSample = Sample(
        "merge_request.update.draft",
        of: "Merge Request Hook",
        sampleMergeRequest(
            by: sampleAda,
            attributes: #"""
                "action": "update",
                "merge_commit_sha": null,
                "updated_at": "2026-03-02 09:26:00 UTC",
                """#,
            changes: #""draft": {"previous": true, "current": false}"#
        )
    )

    static let mergeRequestUpdatePushSample = Sample(
        "merge_request.update.push",
        of: "Merge Request Hook",
        sampleMergeRequest(
            by: sampleAda,
            attributes: #"""
                "action": "update",
                "oldrev": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
                "merge_commit_sha": null,
                "updated_at": "2026-03-02 09:44:31 UTC",
                """#,
            changes: #"""
                "updated_at": {"previous": "2026-03-02 09:31:10 UTC", "current": "2026-03-02 09:44:31 UTC"}
                """#
        )
    )

    static let mergeRequestUpdateStatusSample = Sample(
        "merge_request.update.status",
        of: "Merge Request Hook",
        sampleMergeRequest(
            by: sampleAda,
            attributes: #"""
                "action": "update",
                "merge_commit_sha": null,
                "updated_at": "2026-03-02 09:45:02 UTC",
                """#,
            changes: #""merge_status": {"previous": "unchecked", "current": "can_be_merged"}"#
        )
    )

    static let mergeRequestCloseSample = Sample(
        "merge_request.close",
        of: "Merge Request Hook",
        sampleMergeRequest(
            by: sampleBen,
            state: (2, "closed"),
            attributes: #"""
                "action": "close",
                "merge_commit_sha": null,
                "updated_at": "2026-03-02 11:00:00 UTC",
                """#,
            changes: #""state_id": {"previous": 1, "current": 2}"#
        )
    )

    static let mergeRequestMergeSample = Sample(
        "merge_request.merge",
        of: "Merge Request Hook",
        sampleMergeRequest(
            by: sampleBen,
            state: (3, "merged"),
            attributes: #"""
                "action": "merge",
                "merge_commit_sha": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
                "updated_at": "2026-03-02 10:05:30 UTC",
                """#,
            changes: #""state_id": {"previous": 4, "current": 3}"#
        )
    )

    static let mergeRequestReopenSample = Sample(
        "merge_request.reopen",
        of: "Merge Request Hook",
        sampleMergeRequest(
            by: sampleAda,
            attributes: #"""
                "action": "reopen",
                "merge_commit_sha": null,
                "updated_at": "2026-03-02 11:20:00 UTC",
                """#,
            changes: #""state_id": {"previous": 2, "current": 1}"#
        )
    )
}
