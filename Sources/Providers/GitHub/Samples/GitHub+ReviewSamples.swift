extension GitHub {
    /// An approval.
    static let pullRequestReviewSubmittedSample = Sample(
        "pull_request_review.submitted",
        of: "pull_request_review",
        #"""
        {
          "action": "submitted",
          "review": {
            "id": 2500000777, "node_id": "PRR_777", "user": \#(sampleBen),
            "body": "Good, with one question.", "commit_id": "\#(sampleFirstCommit)",
            "submitted_at": "2026-03-02T09:30:00Z", "state": "approved",
            "html_url": "https://github.com/acme/app/pull/42#pullrequestreview-2500000777",
            "author_association": "MEMBER"
          },
          "pull_request": \#(reviewedPullRequest),
          "repository": \#(sampleRepository), "organization": \#(sampleOrganization),
          "sender": \#(sampleBen)
        }
        """#
    )

    /// The question, on a line of the diff.
    static let pullRequestReviewCommentCreatedSample = Sample(
        "pull_request_review_comment.created",
        of: "pull_request_review_comment",
        #"""
        {
          "action": "created",
          "comment": \#(reviewComment),
          "pull_request": \#(reviewedPullRequest),
          "repository": \#(sampleRepository), "organization": \#(sampleOrganization),
          "sender": \#(sampleBen)
        }
        """#
    )

    /// The question, answered.
    static let pullRequestReviewThreadResolvedSample = Sample(
        "pull_request_review_thread.resolved",
        of: "pull_request_review_thread",
        #"""
        {
          "action": "resolved",
          "thread": {"node_id": "PRRT_kwAcme555", "comments": [\#(reviewComment)]},
          "updated_at": "2026-03-02T09:40:00Z",
          "pull_request": \#(reviewedPullRequest),
          "repository": \#(sampleRepository), "organization": \#(sampleOrganization),
          "sender": \#(sampleCleo)
        }
        """#
    )

    private static let reviewComment = #"""
        {
          "id": 2600000555, "node_id": "PRRC_555", "pull_request_review_id": 2500000777,
          "user": \#(sampleBen), "body": "Why three attempts?", "path": "Sources/Upload.swift",
          "diff_hunk": "@@ -10,6 +10,9 @@ func upload()", "side": "RIGHT", "subject_type": "line",
          "start_line": null, "line": 14, "original_line": 14, "position": 7,
          "commit_id": "\#(sampleFirstCommit)", "original_commit_id": "\#(sampleFirstCommit)",
          "created_at": "2026-03-02T09:29:00Z", "updated_at": "2026-03-02T09:30:00Z",
          "html_url": "https://github.com/acme/app/pull/42#discussion_r2600000555"
        }
        """#

    /// Only events of the pull request itself say in full whether it was merged.
    private static let reviewedPullRequest = #"""
        {
          \#(samplePullRequestMembers), "state": "open", "labels": [],
          "head": \#(sampleHead(at: sampleFirstCommit)), "updated_at": "2026-03-02T09:30:00Z",
          "closed_at": null, "merged_at": null, "merge_commit_sha": null
        }
        """#
}
