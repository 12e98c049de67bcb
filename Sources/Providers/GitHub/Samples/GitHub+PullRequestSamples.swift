extension GitHub {
    /// A pull request that was merged.
    static let pullRequestClosedSample = Sample(
        "pull_request.closed",
        of: "pull_request",
        #"""
        {
          "action": "closed", "number": 42,
          "pull_request": {
            \#(samplePullRequestMembers), "state": "closed", "labels": [],
            "head": \#(sampleHead(at: sampleFirstCommit)), "commits": 1,
            "updated_at": "2026-03-02T10:00:01Z", "closed_at": "2026-03-02T10:00:00Z",
            "merged": true, "merged_at": "2026-03-02T10:00:00Z", "merged_by": \#(sampleAda),
            "merge_commit_sha": "\#(sampleMergeCommit)"
          },
          "repository": \#(sampleRepository), "organization": \#(sampleOrganization),
          "sender": \#(sampleAda)
        }
        """#
    )

    /// The same one, labeled when it was open.
    static let pullRequestLabeledSample = Sample(
        "pull_request.labeled",
        of: "pull_request",
        #"""
        {
          "action": "labeled", "number": 42,
          "pull_request": {
            \#(samplePullRequestMembers), "state": "open",
            "labels": [{"id": 88001, "name": "bug", "color": "d73a4a", "default": true}],
            "head": \#(sampleHead(at: sampleFirstCommit)), "commits": 1,
            "updated_at": "2026-03-02T09:05:00Z", "closed_at": null,
            "merged": false, "merged_at": null, "merged_by": null, "merge_commit_sha": null
          },
          "label": {"id": 88001, "name": "bug", "color": "d73a4a", "default": true},
          "repository": \#(sampleRepository), "organization": \#(sampleOrganization),
          "sender": \#(sampleAda)
        }
        """#
    )

    /// The same one, opened from a fork.
    static let pullRequestOpenedSample = Sample(
        "pull_request.opened",
        of: "pull_request",
        #"""
        {
          "action": "opened", "number": 42,
          "pull_request": {
            \#(samplePullRequestMembers), "state": "open", "labels": [],
            "head": \#(sampleHead(at: sampleFirstCommit)), "commits": 1,
            "updated_at": "2026-03-02T09:00:00Z", "closed_at": null,
            "merged": false, "merged_at": null, "merged_by": null, "merge_commit_sha": null
          },
          "repository": \#(sampleRepository), "organization": \#(sampleOrganization),
          "sender": \#(sampleCleo)
        }
        """#
    )

    /// A commit was pushed to it.
    static let pullRequestSynchronizeSample = Sample(
        "pull_request.synchronize",
        of: "pull_request",
        #"""
        {
          "action": "synchronize", "number": 42,
          "before": "\#(sampleFirstCommit)", "after": "\#(sampleSecondCommit)",
          "pull_request": {
            \#(samplePullRequestMembers), "state": "open", "labels": [],
            "head": \#(sampleHead(at: sampleSecondCommit)), "commits": 2,
            "updated_at": "2026-03-02T09:20:00Z", "closed_at": null,
            "merged": false, "merged_at": null, "merged_by": null, "merge_commit_sha": null
          },
          "repository": \#(sampleRepository), "organization": \#(sampleOrganization),
          "sender": \#(sampleCleo)
        }
        """#
    )
}
