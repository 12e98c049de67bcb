extension Gitea {
    static let issuesOpenedSample = Sample(
        "issues.opened",
        of: "issues",
        #"""
        {
          "action": "opened",
          "number": 17,
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
            "comments": 0,
            "created_at": "2026-03-01T16:00:00+01:00",
            "updated_at": "2026-03-02T10:25:00+01:00",
            "closed_at": null,
            "pull_request": null,
            "repository": {"id": 501, "name": "app", "owner": "acme", "full_name": "acme/app"}
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
          "sender": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"},
          "commit_id": ""
        }
        """#
    )

    static let releasePublishedSample = Sample(
        "release.published",
        of: "release",
        #"""
        {
          "action": "published",
          "release": {
            "id": 77,
            "tag_name": "v1.4.0",
            "target_commitish": "main",
            "name": "1.4.0",
            "body": "Uploads are retried.",
            "html_url": "https://git.acme.example/acme/app/releases/tag/v1.4.0",
            "draft": false,
            "prerelease": false,
            "created_at": "2026-03-02T12:00:00+01:00",
            "published_at": "2026-03-02T12:00:00+01:00",
            "author": {"id": 11, "login": "ada", "full_name": "Ada Acme", "username": "ada"},
            "assets": []
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
          "sender": {"id": 11, "login": "ada", "full_name": "Ada Acme", "username": "ada"}
        }
        """#
    )
}
