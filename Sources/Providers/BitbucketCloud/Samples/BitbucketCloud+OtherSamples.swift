extension BitbucketCloud {
    /// An issue, which has no neutral event.
    static let issueCreatedSample = Sample(
        "issue.created",
        of: "issue:created",
        #"""
        {
          "repository": \#(sampleRepository),
          "actor": \#(sampleBen),
          "issue": \#(sampleIssue)
        }
        """#
    )
}
