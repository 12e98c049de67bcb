extension BitbucketCloud {
    /// A pull request from a fork.
    static let pullRequestCreatedSample = Sample(
        "pullrequest.created",
        of: "pullrequest:created",
        #"""
        {
          "repository": \#(sampleRepository),
          "actor": \#(sampleCleo),
          "pullrequest":
            \#(sampleOpenPullRequest(at: sampleFirstHash, updatedOn: "2026-03-02T09:00:00.482113+00:00"))
        }
        """#
    )

    /// The same one, merged.
    static let pullRequestFulfilledSample = Sample(
        "pullrequest.fulfilled",
        of: "pullrequest:fulfilled",
        #"""
        {
          "repository": \#(sampleRepository),
          "actor": \#(sampleAda),
          "pullrequest": {
            \#(samplePullRequestMembers), "source": \#(sampleSource(at: sampleSecondHash)),
            "state": "MERGED", "merge_commit": \#(sampleShortCommit(sampleMergeHash)),
            "closed_by": \#(sampleAda), "reason": "", "updated_on": "2026-03-02T10:00:00.913377+00:00"
          }
        }
        """#
    )

    /// The same one, declined instead.
    static let pullRequestRejectedSample = Sample(
        "pullrequest.rejected",
        of: "pullrequest:rejected",
        #"""
        {
          "repository": \#(sampleRepository),
          "actor": \#(sampleAda),
          "pullrequest": {
            \#(samplePullRequestMembers), "source": \#(sampleSource(at: sampleFirstHash)),
            "state": "DECLINED", "merge_commit": null, "closed_by": \#(sampleAda),
            "reason": "Not needed any more", "updated_on": "2026-03-02T10:00:00.913377+00:00"
          }
        }
        """#
    )

    /// Changed, in a way that Bitbucket does not tell.
    static let pullRequestUpdatedSample = Sample(
        "pullrequest.updated",
        of: "pullrequest:updated",
        #"""
        {
          "repository": \#(sampleRepository),
          "actor": \#(sampleCleo),
          "pullrequest":
            \#(sampleOpenPullRequest(at: sampleSecondHash, updatedOn: "2026-03-02T09:10:00.220418+00:00"))
        }
        """#
    )
}
