extension GitHub {
    /// Two commits on a branch.
    static let pushSample = Sample(
        "push",
        of: "push",
        #"""
        {
          "ref": "refs/heads/main", "before": "\#(sampleBaseCommit)", "after": "\#(sampleMergeCommit)",
          "repository": \#(pushedRepository(at: 1_772_445_600)), "organization": \#(sampleOrganization),
          "pusher": {"name": "ada-acme", "email": "ada@acme.example"}, "sender": \#(sampleAda),
          "created": false, "deleted": false, "forced": false, "base_ref": null,
          "compare": "https://github.com/acme/app/compare/b05e5ad0c1d2...3c9f1de27a5b",
          "commits": [\#(commit(sampleSecondCommit, "Fix a typo")), \#(mergeCommit)],
          "head_commit": \#(mergeCommit)
        }
        """#
    )

    /// A new tag.
    static let pushTagSample = Sample(
        "push.tag",
        of: "push",
        #"""
        {
          "ref": "refs/tags/v1.4.0", "before": "0000000000000000000000000000000000000000",
          "after": "\#(sampleMergeCommit)",
          "repository": \#(pushedRepository(at: 1_772_445_900)), "organization": \#(sampleOrganization),
          "pusher": {"name": "ada-acme", "email": "ada@acme.example"}, "sender": \#(sampleAda),
          "created": true, "deleted": false, "forced": false, "base_ref": "refs/heads/main",
          "compare": "https://github.com/acme/app/compare/v1.4.0",
          "commits": [],
          "head_commit": \#(mergeCommit)
        }
        """#
    )

    private static func pushedRepository(at seconds: Int) -> String {
        #"""
        {
          \#(sampleRepositoryMembers), "created_at": 1707123600, "updated_at": "2026-03-02T08:00:00Z",
          "pushed_at": \#(seconds), "master_branch": "main", "organization": "acme"
        }
        """#
    }

    private static let mergeCommit = commit(
        sampleMergeCommit,
        #"Retry uploads that time out (#42)\n\nCloses #17."#
    )

    private static func commit(_ id: String, _ message: String) -> String {
        #"""
        {
          "id": "\#(id)", "tree_id": "\#(sampleBaseCommit)", "distinct": true, "message": "\#(message)",
          "timestamp": "2026-03-02T10:00:00Z", "url": "https://github.com/acme/app/commit/\#(id)",
          "author": {"name": "Ada", "email": "ada@acme.example", "username": "ada-acme"},
          "committer": {"name": "GitHub", "email": "noreply@github.com", "username": "web-flow"},
          "added": [], "removed": [], "modified": ["Sources/Upload.swift"]
        }
        """#
    }
}
