extension BitbucketCloud {
    /// Two commits on a branch.
    static let pushSample = Sample(
        "repo.push",
        of: "repo:push",
        #"""
        {
          "repository": \#(sampleRepository),
          "actor": \#(sampleAda),
          "push": {
            "changes": [
              {
                "old": \#(main(at: baseCommit)),
                "new": \#(main(at: sampleMergeCommit)),
                "created": false, "closed": false, "forced": false, "truncated": false,
                "commits": [\#(sampleMergeCommit), \#(sampleSecondCommit)],
                "links": {
                  "html": {
                    "href": "https://bitbucket.org/acme/app/branches/compare/3c9f1de27a5b..b05e5ad0c1d2"
                  }
                }
              }
            ]
          }
        }
        """#
    )

    /// A new tag.
    static let pushTagSample = Sample(
        "repo.push.tag",
        of: "repo:push",
        #"""
        {
          "repository": \#(sampleRepository),
          "actor": \#(sampleAda),
          "push": {
            "changes": [
              {
                "old": null,
                "new": {
                  "type": "tag", "name": "v1.4.0", "target": \#(sampleMergeCommit),
                  "message": "Version 1.4.0\n", "date": "2026-03-02T11:00:00+00:00",
                  "tagger": \#(sampleAuthorAda),
                  "links": {"html": {"href": "https://bitbucket.org/acme/app/commits/tag/v1.4.0"}}
                },
                "created": true, "closed": false, "forced": false, "truncated": false
              }
            ]
          }
        }
        """#
    )

    private static func main(at commit: String) -> String {
        #"""
        {
          "type": "branch", "name": "main", "target": \#(commit),
          "links": {"html": {"href": "https://bitbucket.org/acme/app/branch/main"}}
        }
        """#
    }

    private static let baseCommit = sampleCommit(
        sampleBaseHash,
        "Add limits",
        by: sampleAuthorAda,
        at: "2026-03-01T16:00:00+00:00"
    )
}
