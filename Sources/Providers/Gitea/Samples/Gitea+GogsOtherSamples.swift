extension Gitea {
    static let gogsIssuesOpenedSample = Sample(
        "issues.opened",
        of: "issues",
        #"""
        {
          "action": "opened",
          "number": 17,
          "issue": {
            "id": 917,
            "number": 17,
            "user": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"},
            "title": "Uploads stop after 30 s",
            "body": "On a slow link.",
            "labels": [],
            "milestone": null,
            "assignee": null,
            "state": "open",
            "comments": 0,
            "created_at": "2026-03-01T15:00:00Z",
            "updated_at": "2026-03-02T09:25:00Z",
            "pull_request": null
          },
          "repository": {
            "id": 501,
            "owner": {"id": 10, "login": "acme", "full_name": "Acme", "username": "acme"},
            "name": "app",
            "full_name": "acme/app",
            "description": "The application",
            "private": true,
            "fork": false,
            "html_url": "https://git.acme.example/acme/app",
            "clone_url": "https://git.acme.example/acme/app.git",
            "default_branch": "main",
            "created_at": "2024-02-05T10:00:00+01:00",
            "updated_at": "2026-03-02T09:00:00+01:00",
            "parent": null,
            "mirror": false
          },
          "sender": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"}
        }
        """#
    )

    static let gogsPushSample = Sample(
        "push",
        of: "push",
        #"""
        {
          "ref": "refs/heads/main",
          "before": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
          "after": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
          "compare_url": "https://git.acme.example/acme/app/compare/b05e5ad0c1d2...3c9f1de27a5b",
          "commits": [
            {
              "id": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
              "message": "Retry uploads that time out (#42)\n\nCloses #17.",
              "url": "https://git.acme.example/acme/app/commit/3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
              "author": {"name": "Ada Acme", "email": "ada@acme.example", "username": "ada"},
              "committer": {"name": "Ada Acme", "email": "ada@acme.example", "username": "ada"},
              "timestamp": "2026-03-02T11:00:00+01:00",
              "added": [],
              "removed": [],
              "modified": ["Sources/Upload.swift"]
            },
            {
              "id": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
              "message": "Fix a typo\n",
              "url": "https://git.acme.example/acme/app/commit/2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
              "author": {"name": "Cleo Outside", "email": "cleo@acme.example", "username": "cleo"},
              "committer": {"name": "Cleo Outside", "email": "cleo@acme.example", "username": "cleo"},
              "timestamp": "2026-03-02T11:00:00+01:00",
              "added": [],
              "removed": [],
              "modified": ["README.md"]
            }
          ],
          "repository": {
            "id": 501,
            "owner": {"id": 10, "login": "acme", "full_name": "Acme", "username": "acme"},
            "name": "app",
            "full_name": "acme/app",
            "description": "The application",
            "private": true,
            "fork": false,
            "html_url": "https://git.acme.example/acme/app",
            "clone_url": "https://git.acme.example/acme/app.git",
            "default_branch": "main",
            "created_at": "2024-02-05T10:00:00+01:00",
            "updated_at": "2026-03-02T09:00:00+01:00",
            "parent": null,
            "mirror": false
          },
          "pusher": {"id": 11, "login": "ada", "full_name": "Ada Acme", "username": "ada"},
          "sender": {"id": 11, "login": "ada", "full_name": "Ada Acme", "username": "ada"}
        }
        """#
    )

    static let gogsPushTagSample = Sample(
        "push.tag",
        of: "push",
        #"""
        {
          "ref": "refs/tags/v1.4.0",
          "before": "0000000000000000000000000000000000000000",
          "after": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
          "compare_url": "",
          "commits": null,
          "repository": {
            "id": 501,
            "owner": {"id": 10, "login": "acme", "full_name": "Acme", "username": "acme"},
            "name": "app",
            "full_name": "acme/app",
            "description": "The application",
            "private": true,
            "fork": false,
            "html_url": "https://git.acme.example/acme/app",
            "clone_url": "https://git.acme.example/acme/app.git",
            "default_branch": "main",
            "created_at": "2024-02-05T10:00:00+01:00",
            "updated_at": "2026-03-02T09:00:00+01:00",
            "parent": null,
            "mirror": false
          },
          "pusher": {"id": 11, "login": "ada", "full_name": "Ada Acme", "username": "ada"},
          "sender": {"id": 11, "login": "ada", "full_name": "Ada Acme", "username": "ada"}
        }
        """#
    )
}
