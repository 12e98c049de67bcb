extension Gitea {
    static let issueCommentCreatedSample = Sample(
        "issue_comment.created",
        of: "issue_comment",
        #"""
        {
          "action": "created",
          "issue": {
            "id": 917,
            "url": "https://git.acme.example/api/v1/repos/acme/app/issues/17",
            "html_url": "https://git.acme.example/acme/app/issues/17",
            "number": 17,
            "user": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"},
            "title": "Uploads stop after 30 s",
            "body": "On a slow link.",
            "labels": [],
            "milestone": null,
            "assignees": null,
            "state": "open",
            "is_locked": false,
            "comments": 1,
            "created_at": "2026-03-01T16:00:00+01:00",
            "updated_at": "2026-03-02T10:25:00+01:00",
            "closed_at": null,
            "pull_request": null,
            "repository": {"id": 501, "name": "app", "owner": "acme", "full_name": "acme/app"}
          },
          "comment": {
            "id": 7001,
            "html_url": "https://git.acme.example/acme/app/issues/17#issuecomment-7001",
            "user": {"id": 11, "login": "ada", "full_name": "Ada Acme", "username": "ada"},
            "body": "Which version is that?",
            "created_at": "2026-03-02T10:25:00+01:00",
            "updated_at": "2026-03-02T10:25:00+01:00"
          },
          "repository": {
            "id": 501,
            "owner": {"id": 10, "login": "acme", "username": "acme"},
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
            "internal": false
          },
          "sender": {"id": 11, "login": "ada", "full_name": "Ada Acme", "username": "ada"},
          "is_pull": false
        }
        """#
    )

    static let pullRequestCommentCreatedSample = Sample(
        "issue_comment.created.pull_request",
        of: "issue_comment",
        #"""
        {
          "action": "created",
          "issue": {
            "id": 942,
            "url": "https://git.acme.example/api/v1/repos/acme/app/issues/42",
            "html_url": "https://git.acme.example/acme/app/pulls/42",
            "number": 42,
            "user": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"},
            "title": "Retry uploads that time out",
            "body": "On a slow link.",
            "labels": [],
            "milestone": null,
            "assignees": null,
            "state": "open",
            "is_locked": false,
            "comments": 1,
            "created_at": "2026-03-01T16:00:00+01:00",
            "updated_at": "2026-03-02T10:25:00+01:00",
            "closed_at": null,
            "pull_request": {
              "draft": false,
              "merged": false,
              "merged_at": null,
              "html_url": "https://git.acme.example/acme/app/pulls/42"
            },
            "repository": {"id": 501, "name": "app", "owner": "acme", "full_name": "acme/app"}
          },
          "comment": {
            "id": 7002,
            "html_url": "https://git.acme.example/acme/app/pulls/42#issuecomment-7002",
            "user": {"id": 12, "login": "ben", "full_name": "Ben Acme", "username": "ben"},
            "body": "Does it retry for ever?",
            "created_at": "2026-03-02T10:25:00+01:00",
            "updated_at": "2026-03-02T10:25:00+01:00"
          },
          "repository": {
            "id": 501,
            "owner": {"id": 10, "login": "acme", "username": "acme"},
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
            "internal": false
          },
          "sender": {"id": 12, "login": "ben", "full_name": "Ben Acme", "username": "ben"},
          "is_pull": true
        }
        """#
    )
}
