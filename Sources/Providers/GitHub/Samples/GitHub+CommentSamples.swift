extension GitHub {
    /// A comment on a pull request, which is an issue here.
    static let issueCommentCreatedSample = Sample(
        "issue_comment.created",
        of: "issue_comment",
        #"""
        {
          "action": "created",
          "issue": {
            "id": 3000000042, "node_id": "PR_42", "number": 42, "title": "Retry uploads that time out",
            "html_url": "https://github.com/acme/app/pull/42", "user": \#(sampleCleo), "body": null,
            "state": "open", "locked": false, "labels": [], "assignee": null, "assignees": [],
            "milestone": null, "created_at": "2026-03-02T09:00:00Z", "closed_at": null,
            "comments": 1, "updated_at": "2026-03-02T09:15:00Z", "draft": false,
            "pull_request": {"html_url": "https://github.com/acme/app/pull/42", "merged_at": null}
          },
          "comment": {
            "id": 2700000331, "node_id": "IC_2700000331",
            "html_url": "https://github.com/acme/app/pull/42#issuecomment-2700000331",
            "user": \#(sampleAda), "author_association": "MEMBER", "body": "Thank you! /test",
            "created_at": "2026-03-02T09:15:00Z", "updated_at": "2026-03-02T09:15:00Z",
            "performed_via_github_app": null
          },
          "repository": \#(sampleRepository), "organization": \#(sampleOrganization),
          "sender": \#(sampleAda)
        }
        """#
    )

    /// A comment on an issue that was changed.
    static let issueCommentEditedSample = Sample(
        "issue_comment.edited",
        of: "issue_comment",
        #"""
        {
          "action": "edited", "changes": {"body": {"from": "Same her."}},
          "issue": {\#(sampleIssueMembers), "comments": 1, "updated_at": "2026-03-02T09:15:00Z"},
          "comment": {
            "id": 2700000332, "node_id": "IC_2700000332",
            "html_url": "https://github.com/acme/app/issues/17#issuecomment-2700000332",
            "user": \#(sampleBen), "author_association": "MEMBER", "body": "Same here.",
            "created_at": "2026-03-02T09:15:00Z", "updated_at": "2026-03-02T09:16:00Z",
            "performed_via_github_app": null
          },
          "repository": \#(sampleRepository), "organization": \#(sampleOrganization),
          "sender": \#(sampleBen)
        }
        """#
    )

    /// A comment on a commit.
    static let commitCommentCreatedSample = Sample(
        "commit_comment.created",
        of: "commit_comment",
        #"""
        {
          "action": "created",
          "comment": {
            "id": 140000321, "node_id": "CC_321",
            "html_url": "https://github.com/acme/app/commit/3c9f1de#commitcomment-140000321",
            "user": \#(sampleBen), "author_association": "MEMBER", "body": "This broke the nightly build.",
            "commit_id": "\#(sampleMergeCommit)", "path": "Sources/Upload.swift", "position": 4, "line": 14,
            "created_at": "2026-03-02T10:05:00Z", "updated_at": "2026-03-02T10:05:00Z"
          },
          "repository": \#(sampleRepository), "organization": \#(sampleOrganization),
          "sender": \#(sampleBen)
        }
        """#
    )
}
