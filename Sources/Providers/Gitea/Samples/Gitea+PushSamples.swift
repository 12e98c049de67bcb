extension Gitea {
    /// Two commits on a branch.
    static let pushSample = Sample(
        "push",
        of: "push",
        #"""
        {
          "ref": "refs/heads/main",
          "before": "\#(sampleBaseHash)",
          "after": "\#(sampleMergeHash)",
          "commits": [\#(sampleMergeCommit), \#(sampleTypoCommit)],
          "total_commits": 2,
          "head_commit": \#(sampleMergeCommit),
          "repository": \#(sampleRepository),
          "pusher": \#(sampleAda),
          "sender": \#(sampleAda)
        }
        """#
    )

    /// A new tag.
    static let pushTagSample = Sample(
        "push.tag",
        of: "push",
        #"""
        {
          "ref": "refs/tags/v1.4.0",
          "before": "0000000000000000000000000000000000000000",
          "after": "\#(sampleMergeHash)",
          "commits": [],
          "total_commits": 0,
          "head_commit": \#(sampleMergeCommit),
          "repository": \#(sampleRepository),
          "pusher": \#(sampleAda),
          "sender": \#(sampleAda)
        }
        """#
    )
}
