extension GitHub {
    static let pullRequestSynchronizeSample = Sample(
        "pull_request.synchronize",
        of: "pull_request",
        #"""
        {
          "action": "synchronize",
          "number": 42,
          "before": "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677",
          "after": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
          "pull_request": {
            "id": 3000000042,
            "node_id": "PR_42",
            "number": 42,
            "state": "open",
            "locked": false,
            "title": "Retry uploads that time out",
            "user": {
              "login": "cleo-outside",
              "id": 4100003,
              "avatar_url": "https://avatars.example/u/4100003?v=4",
              "html_url": "https://github.com/cleo-outside",
              "type": "User",
              "site_admin": false
            },
            "body": "Uploads over slow links fail after 30 s.\n\nThis retries them, with a “backoff”.",
            "created_at": "2026-03-02T09:00:00Z",
            "updated_at": "2026-03-02T09:20:00Z",
            "closed_at": null,
            "merged_at": null,
            "merge_commit_sha": null,
            "assignee": null,
            "assignees": [],
            "requested_reviewers": [],
            "requested_teams": [],
            "labels": [],
            "milestone": null,
            "draft": false,
            "head": {
              "label": "cleo-outside:retry-uploads",
              "ref": "retry-uploads",
              "sha": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
              "user": {
                "login": "cleo-outside",
                "id": 4100003,
                "avatar_url": "https://avatars.example/u/4100003?v=4",
                "html_url": "https://github.com/cleo-outside",
                "type": "User",
                "site_admin": false
              },
              "repo": {
                "id": 750009876,
                "node_id": "R_750009876",
                "name": "app",
                "full_name": "cleo-outside/app",
                "private": false,
                "owner": {
                  "login": "cleo-outside",
                  "id": 4100003,
                  "avatar_url": "https://avatars.example/u/4100003?v=4",
                  "html_url": "https://github.com/cleo-outside",
                  "type": "User",
                  "site_admin": false
                },
                "html_url": "https://github.com/cleo-outside/app",
                "description": "The application",
                "fork": true,
                "created_at": "2024-02-05T09:00:00Z",
                "updated_at": "2026-03-02T08:00:00Z",
                "pushed_at": "2026-03-02T09:10:00Z",
                "default_branch": "main",
                "visibility": "public"
              }
            },
            "base": {
              "label": "acme:main",
              "ref": "main",
              "sha": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
              "user": {
                "login": "acme",
                "id": 4000001,
                "avatar_url": "https://avatars.example/u/4000001?v=4",
                "html_url": "https://github.com/acme",
                "type": "Organization",
                "site_admin": false
              },
              "repo": {
                "id": 750001234,
                "node_id": "R_750001234",
                "name": "app",
                "full_name": "acme/app",
                "private": false,
                "owner": {
                  "login": "acme",
                  "id": 4000001,
                  "avatar_url": "https://avatars.example/u/4000001?v=4",
                  "html_url": "https://github.com/acme",
                  "type": "Organization",
                  "site_admin": false
                },
                "html_url": "https://github.com/acme/app",
                "description": "The application",
                "fork": false,
                "created_at": "2024-02-05T09:00:00Z",
                "updated_at": "2026-03-02T08:00:00Z",
                "pushed_at": "2026-03-02T09:10:00Z",
                "default_branch": "main",
                "visibility": "public"
              }
            },
            "author_association": "CONTRIBUTOR",
            "auto_merge": null,
            "html_url": "https://github.com/acme/app/pull/42",
            "merged": false,
            "mergeable": null,
            "merged_by": null,
            "comments": 0,
            "review_comments": 0,
            "commits": 2,
            "additions": 12,
            "deletions": 3,
            "changed_files": 2
          },
          "repository": {
            "id": 750001234,
            "node_id": "R_750001234",
            "name": "app",
            "full_name": "acme/app",
            "private": false,
            "owner": {
              "login": "acme",
              "id": 4000001,
              "avatar_url": "https://avatars.example/u/4000001?v=4",
              "html_url": "https://github.com/acme",
              "type": "Organization",
              "site_admin": false
            },
            "html_url": "https://github.com/acme/app",
            "description": "The application",
            "fork": false,
            "created_at": "2024-02-05T09:00:00Z",
            "updated_at": "2026-03-02T08:00:00Z",
            "pushed_at": "2026-03-02T09:10:00Z",
            "default_branch": "main",
            "visibility": "public"
          },
          "organization": {
            "login": "acme",
            "id": 4000001
          },
          "sender": {
            "login": "cleo-outside",
            "id": 4100003,
            "avatar_url": "https://avatars.example/u/4100003?v=4",
            "html_url": "https://github.com/cleo-outside",
            "type": "User",
            "site_admin": false
          }
        }
        """#
    )
}
