extension Gitea {
    static let gogsIssueCommentCreatedSample = Sample(
        "issue_comment.created",
        of: "issue_comment",
        #"""
        {
          "action": "created",
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
            "comments": 1,
            "created_at": "2026-03-01T15:00:00Z",
            "updated_at": "2026-03-02T09:25:00Z",
            "pull_request": null
          },
          "comment": {
            "id": 7001,
            "html_url": "https://git.acme.example/acme/app/issues/17#issuecomment-7001",
            "user": {"id": 11, "login": "ada", "full_name": "Ada Acme", "username": "ada"},
            "body": "Which version is that?",
            "created_at": "2026-03-02T09:25:00Z",
            "updated_at": "2026-03-02T09:25:00Z"
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
          "sender": {"id": 11, "login": "ada", "full_name": "Ada Acme", "username": "ada"}
        }
        """#
    )

    static let gogsPullRequestCommentCreatedSample = Sample(
        "issue_comment.created.pull_request",
        of: "issue_comment",
        #"""
        {
          "action": "created",
          "issue": {
            "id": 942,
            "number": 42,
            "user": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"},
            "title": "Retry uploads that time out",
            "body": "On a slow link.",
            "labels": [],
            "milestone": null,
            "assignee": null,
            "state": "open",
            "comments": 1,
            "created_at": "2026-03-01T15:00:00Z",
            "updated_at": "2026-03-02T09:25:00Z",
            "pull_request": {"merged": false, "merged_at": null}
          },
          "comment": {
            "id": 7002,
            "html_url": "https://git.acme.example/acme/app/pulls/42#issuecomment-7002",
            "user": {"id": 12, "login": "ben", "full_name": "Ben Acme", "username": "ben"},
            "body": "Does it retry for ever?",
            "created_at": "2026-03-02T09:25:00Z",
            "updated_at": "2026-03-02T09:25:00Z"
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
          "sender": {"id": 12, "login": "ben", "full_name": "Ben Acme", "username": "ben"}
        }
        """#
    )
}
