extension BitbucketCloud {
    /// An approval.
    static let pullRequestApprovedSample = Sample(
        "pullrequest.approved",
        of: "pullrequest:approved",
        #"""
        {
          "repository": \#(sampleRepository),
          "actor": \#(sampleBen),
          "pullrequest":
            \#(sampleOpenPullRequest(at: sampleSecondHash, updatedOn: "2026-03-02T09:40:00.700125+00:00")),
          "approval": {"date": "2026-03-02T09:40:00.700125+00:00", "user": \#(sampleBen)}
        }
        """#
    )

    /// A request for changes.
    static let pullRequestChangesRequestCreatedSample = Sample(
        "pullrequest.changes_request_created",
        of: "pullrequest:changes_request_created",
        #"""
        {
          "repository": \#(sampleRepository),
          "actor": \#(sampleBen),
          "pullrequest":
            \#(sampleOpenPullRequest(at: sampleFirstHash, updatedOn: "2026-03-02T09:30:00.700125+00:00")),
          "changes_request": {"date": "2026-03-02T09:30:00.700125+00:00", "user": \#(sampleBen)}
        }
        """#
    )

    /// An approval that was withdrawn.
    static let pullRequestUnapprovedSample = Sample(
        "pullrequest.unapproved",
        of: "pullrequest:unapproved",
        #"""
        {
          "repository": \#(sampleRepository),
          "actor": \#(sampleBen),
          "pullrequest":
            \#(sampleOpenPullRequest(at: sampleSecondHash, updatedOn: "2026-03-02T09:45:00.700125+00:00")),
          "approval": {"date": "2026-03-02T09:45:00.700125+00:00", "user": \#(sampleBen)}
        }
        """#
    )
}
