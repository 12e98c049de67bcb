extension BitbucketDataCenter {
    /// A pull request from a fork.
    static let pullRequestOpenedSample = Sample(
        "pr.opened",
        of: "pr:opened",
        #"""
        {
          "eventKey": "pr:opened", "date": "2026-03-02T09:00:00+0000",
          "actor": \#(sampleCleo),
          "pullRequest": \#(sampleOpenPullRequest())
        }
        """#
    )

    /// Commits were pushed to it.
    static let pullRequestFromRefUpdatedSample = Sample(
        "pr.from_ref_updated",
        of: "pr:from_ref_updated",
        #"""
        {
          "eventKey": "pr:from_ref_updated", "date": "2026-03-02T09:10:00+0000",
          "actor": \#(sampleCleo),
          "pullRequest":
            \#(sampleOpenPullRequest(at: sampleSecondCommit, version: 1, updated: 1_772_442_600_220)),
          "previousFromHash": "\#(sampleFirstCommit)"
        }
        """#
    )

    /// Its title was changed, and it is no longer a draft.
    static let pullRequestModifiedSample = Sample(
        "pr.modified",
        of: "pr:modified",
        #"""
        {
          "eventKey": "pr:modified", "date": "2026-03-02T09:05:00+0000",
          "actor": \#(sampleCleo),
          "pullRequest": \#(sampleOpenPullRequest(version: 1, updated: 1_772_442_300_118)),
          "previousTitle": "Retry uploads",
          "previousDescription": "Uploads over slow links fail after 30 s.\n\nThis retries them politely.",
          "previousTarget": {
            "id": "refs/heads/main", "displayId": "main", "type": "BRANCH",
            "latestCommit": "\#(sampleBaseCommit)", "latestChangeset": "\#(sampleBaseCommit)"
          },
          "previousDraft": true
        }
        """#
    )

    /// One reviewer for another.
    static let reviewerUpdatedSample = Sample(
        "pr.reviewer.updated",
        of: "pr:reviewer:updated",
        #"""
        {
          "eventKey": "pr:reviewer:updated", "date": "2026-03-02T09:02:00+0000",
          "actor": \#(sampleCleo),
          "pullRequest":
            \#(sampleOpenPullRequest(version: 1, updated: 1_772_442_120_007, reviewer: newReviewer)),
          "addedReviewers": [\#(sampleBen)],
          "removedReviewers": [\#(sampleAda)]
        }
        """#
    )

    /// A pull request that was declined.
    static let pullRequestDeclinedSample = Sample(
        "pr.declined",
        of: "pr:declined",
        #"""
        {
          "eventKey": "pr:declined", "date": "2026-03-02T10:00:00+0000",
          "actor": \#(sampleAda),
          "pullRequest": {
            \#(samplePullRequestMembers), "fromRef": \#(sampleFromRef(at: sampleFirstCommit)), "version": 2,
            "state": "DECLINED", "open": false, "closed": true, "reviewers": [],
            "updatedDate": 1772445600913, "closedDate": 1772445600913
          }
        }
        """#
    )

    /// A pull request that was merged.
    static let pullRequestMergedSample = Sample(
        "pr.merged",
        of: "pr:merged",
        #"""
        {
          "eventKey": "pr:merged", "date": "2026-03-02T10:00:00+0000",
          "actor": \#(sampleAda),
          "pullRequest": {
            \#(samplePullRequestMembers), "fromRef": \#(sampleFromRef(at: sampleSecondCommit)), "version": 2,
            "state": "MERGED", "open": false, "closed": true, "reviewers": [],
            "updatedDate": 1772445600913, "closedDate": 1772445600913,
            "properties": {"mergeCommit": {"id": "\#(sampleMergeCommit)", "displayId": "3c9f1de27a5"}}
          }
        }
        """#
    )

    private static let newReviewer =
        #"{"user": \#(sampleBen), "role": "REVIEWER", "approved": false, "status": "UNAPPROVED"}"#
}
