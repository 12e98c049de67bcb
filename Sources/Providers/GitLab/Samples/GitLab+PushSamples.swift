extension GitLab {
    /// A merge: two commits on a branch.
    static let pushSample = Sample(
        "push",
        of: "Push Hook",
        #"""
        {
          "object_kind": "push",
          "event_name": "push",
          "before": "\#(sampleBaseHash)",
          "after": "\#(sampleMergeHash)",
          "ref": "refs/heads/main",
          "checkout_sha": "\#(sampleMergeHash)",
          "message": null,
          "user_id": 4100002,
          "user_name": "Ben Acme",
          "user_username": "ben-acme",
          "project_id": 75001,
          "project": \#(sampleProject),
          "commits": [
            \#(sampleCommit),
            {
              "id": "\#(sampleMergeHash)",
              "message": "Merge branch 'typo' into 'main'\n\nFix a typo\n\nSee merge request acme/app!42",
              "title": "Merge branch 'typo' into 'main'",
              "timestamp": "2026-03-02T10:05:29+00:00",
              "url": "https://gitlab.example/acme/app/-/commit/\#(sampleMergeHash)",
              "author": {"name": "Ben Acme", "email": "[REDACTED]"}
            }
          ],
          "total_commits_count": 2,
          "repository": \#(sampleRepository)
        }
        """#
    )

    /// A new tag, pushed by a project access token.
    static let tagPushSample = Sample(
        "tag_push",
        of: "Tag Push Hook",
        #"""
        {
          "object_kind": "tag_push",
          "event_name": "tag_push",
          "before": "\#(sampleNoHash)",
          "after": "7766554433221100ffeeddccbbaa99887766aabb",
          "ref": "refs/tags/v1.4.0",
          "checkout_sha": "\#(sampleMergeHash)",
          "message": "Version 1.4.0",
          "user_id": 4100003,
          "user_name": "Release",
          "user_username": "project_75001_bot_5f0c",
          "project_id": 75001,
          "project": \#(sampleProject),
          "commits": [{"id": "\#(sampleMergeHash)", "message": "Merge branch 'typo' into 'main'"}],
          "total_commits_count": 1,
          "repository": \#(sampleRepository)
        }
        """#
    )

    /// Two refs at once, of which the system hook sends no commits.
    static let repositoryUpdateSample = Sample(
        "repository_update",
        of: "System Hook",
        #"""
        {
          "event_name": "repository_update",
          "user_id": 4100002,
          "user_name": "Ben Acme",
          "project_id": 75001,
          "project": \#(sampleProject),
          "changes": [
            {"ref": "refs/heads/main", "before": "\#(sampleBaseHash)", "after": "\#(sampleMergeHash)"},
            {"ref": "refs/heads/typo", "before": "\#(sampleHeadHash)", "after": "\#(sampleNoHash)"}
          ],
          "refs": ["refs/heads/main", "refs/heads/typo"]
        }
        """#
    )
}
