extension BitbucketDataCenter {
    /// An approval.
    static let reviewerApprovedSample = Sample(
        "pr.reviewer.approved",
        of: "pr:reviewer:approved",
        #"""
        {
          "eventKey": "pr:reviewer:approved", "date": "2026-03-02T09:40:00+0000",
          "actor": \#(sampleBen),
          "pullRequest":
            \#(sampleOpenPullRequest(at: sampleSecondCommit, version: 1, reviewer: approvedByBen)),
          "participant": \#(approvedByBen), "previousStatus": "UNAPPROVED"
        }
        """#
    )

    /// A request for changes.
    static let reviewerNeedsWorkSample = Sample(
        "pr.reviewer.needs_work",
        of: "pr:reviewer:needs_work",
        #"""
        {
          "eventKey": "pr:reviewer:needs_work", "date": "2026-03-02T09:30:00+0000",
          "actor": \#(sampleBen),
          "pullRequest": \#(sampleOpenPullRequest(reviewer: sentBackByBen)),
          "participant": \#(sentBackByBen), "previousStatus": "UNAPPROVED"
        }
        """#
    )

    /// An approval that was withdrawn.
    static let reviewerUnapprovedSample = Sample(
        "pr.reviewer.unapproved",
        of: "pr:reviewer:unapproved",
        #"""
        {
          "eventKey": "pr:reviewer:unapproved", "date": "2026-03-02T09:45:00+0000",
          "actor": \#(sampleBen),
          "pullRequest":
            \#(sampleOpenPullRequest(at: sampleSecondCommit, version: 1, reviewer: withdrawnByBen)),
          "participant": \#(withdrawnByBen), "previousStatus": "APPROVED"
        }
        """#
    )

    private static let approvedByBen = #"""
        {
          "user": \#(sampleBen), "role": "REVIEWER", "approved": true, "status": "APPROVED",
          "lastReviewedCommit": "\#(sampleSecondCommit)"
        }
        """#

    private static let sentBackByBen = #"""
        {
          "user": \#(sampleBen), "role": "REVIEWER", "approved": false, "status": "NEEDS_WORK",
          "lastReviewedCommit": "\#(sampleFirstCommit)"
        }
        """#

    private static let withdrawnByBen = #"""
        {
          "user": \#(sampleBen), "role": "REVIEWER", "approved": false, "status": "UNAPPROVED",
          "lastReviewedCommit": "\#(sampleSecondCommit)"
        }
        """#
}
