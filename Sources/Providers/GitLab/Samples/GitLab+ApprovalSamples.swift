extension GitLab {
    static let mergeRequestApprovedSample = Sample(
        "merge_request.approved",
        of: "Merge Request Hook",
        sampleMergeRequest(
            by: sampleBen,
            attributes: #"""
                "action": "approved",
                "merge_commit_sha": null,
                "updated_at": "2026-03-02 09:58:12 UTC",
                """#,
            changes: ""
        )
    )

    /// A push takes the approvals back: the user is who pushed.
    static let mergeRequestUnapprovedSample = Sample(
        "merge_request.unapproved",
        of: "Merge Request Hook",
        sampleMergeRequest(
            by: sampleAda,
            attributes: #"""
                "action": "unapproved",
                "system": true,
                "system_action": "approvals_reset_on_push",
                "merge_commit_sha": null,
                "updated_at": "2026-03-02 10:01:47 UTC",
                """#,
            changes: ""
        )
    )

    static let mergeRequestUpdateReviewSample = Sample(
        "merge_request.update.review",
        of: "Merge Request Hook",
        sampleMergeRequest(
            by: sampleBen,
            attributes: #"""
                "action": "update",
                "merge_commit_sha": null,
                "updated_at": "2026-03-02 09:50:20 UTC",
                """#,
            changes: #"""
                "reviewers": {
                  "previous": [
                    {"id": 4100002, "username": "ben-acme", "state": "review_started", "re_requested": false}
                  ],
                  "current": [
                    {
                      "id": 4100002,
                      "username": "ben-acme",
                      "state": "requested_changes",
                      "re_requested": false
                    }
                  ]
                }
                """#
        )
    )
}
