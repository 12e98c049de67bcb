extension GitLab {
    static let pushSample = Sample(
        "push",
        of: "Push Hook",
        #"""
        {
          "object_kind": "push",
          "event_name": "push",
          "before": "9a8b7c6d5e4f30211203f4e5d6c7b8a99a8b7c6d",
          "after": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
          "ref": "refs/heads/main",
          "ref_protected": true,
          "checkout_sha": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
          "message": null,
          "user_id": 4100002,
          "user_name": "Ben Acme",
          "user_username": "ben-acme",
          "user_email": "",
          "project_id": 75001,
          "project": \#(sampleProject),
          "commits": [
            \#(sampleCommit),
            {
              "id": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
              "message": "Merge branch 'typo' into 'main'\n\nFix a typo\n\nSee merge request acme/app!42",
              "title": "Merge branch 'typo' into 'main'",
              "timestamp": "2026-03-02T10:05:29+00:00",
              "url": "https://gitlab.example/acme/app/-/commit/3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
              "author": {
                "name": "Ben Acme",
                "email": "[REDACTED]"
              },
              "added": [],
              "modified": ["README.md"],
              "removed": []
            }
          ],
          "total_commits_count": 2,
          "push_options": {},
          "repository": \#(sampleRepository)
        }
        """#
    )

    static let tagPushSample = Sample(
        "tag_push",
        of: "Tag Push Hook",
        #"""
        {
          "object_kind": "tag_push",
          "event_name": "tag_push",
          "before": "0000000000000000000000000000000000000000",
          "after": "7766554433221100ffeeddccbbaa99887766aabb",
          "ref": "refs/tags/v1.4.0",
          "ref_protected": false,
          "checkout_sha": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
          "message": "Version 1.4.0",
          "user_id": 4100003,
          "user_name": "Release",
          "user_username": "project_75001_bot_5f0c",
          "user_email": "",
          "project_id": 75001,
          "project": \#(sampleProject),
          "commits": [
            {
              "id": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
              "message": "Merge branch 'typo' into 'main'",
              "title": "Merge branch 'typo' into 'main'",
              "timestamp": "2026-03-02T10:05:29+00:00"
            }
          ],
          "total_commits_count": 1,
          "push_options": {},
          "repository": \#(sampleRepository)
        }
        """#
    )

    static let repositoryUpdateSample = Sample(
        "repository_update",
        of: "System Hook",
        #"""
        {
          "event_name": "repository_update",
          "user_id": 4100002,
          "user_name": "Ben Acme",
          "user_email": "",
          "project_id": 75001,
          "project": \#(sampleProject),
          "changes": [
            {
              "before": "9a8b7c6d5e4f30211203f4e5d6c7b8a99a8b7c6d",
              "after": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
              "ref": "refs/heads/main"
            },
            {
              "before": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
              "after": "0000000000000000000000000000000000000000",
              "ref": "refs/heads/typo"
            }
          ],
          "refs": ["refs/heads/main", "refs/heads/typo"]
        }
        """#
    )
}
