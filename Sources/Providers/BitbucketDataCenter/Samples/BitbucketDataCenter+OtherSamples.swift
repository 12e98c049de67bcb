extension BitbucketDataCenter {
    /// The connection test, which has no neutral event.
    static let pingSample = Sample(
        "diagnostics.ping",
        of: "diagnostics:ping",
        #"""
        {"test": true}
        """#
    )

    /// A fork, which has no neutral event.
    static let repositoryForkedSample = Sample(
        "repo.forked",
        of: "repo:forked",
        #"""
        {
          "eventKey": "repo:forked", "date": "2026-03-02T08:00:00+0000",
          "actor": \#(sampleCleo),
          "repository": {\#(sampleForkMembers), "origin": \#(sampleRepository)}
        }
        """#
    )
}
