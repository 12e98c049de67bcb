extension Gitea {
    static let reviewApprovedSample = Sample(
        "pull_request_approved.reviewed",
        of: "pull_request_approved",
        #"""
        {
          "action": "reviewed",
          "number": 42,
          "pull_request": {
            "id": 3042,
            "url": "https://git.acme.example/acme/app/pulls/42",
            "number": 42,
            "user": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"},
            "title": "Retry uploads that time out",
            "body": "Uploads over slow links fail after 30 s.\n\nThis retries them, with a “backoff”.",
            "labels": [],
            "milestone": null,
            "assignee": null,
            "assignees": [],
            "requested_reviewers": [],
            "state": "open",
            "draft": false,
            "is_locked": false,
            "comments": 0,
            "html_url": "https://git.acme.example/acme/app/pulls/42",
            "diff_url": "https://git.acme.example/acme/app/pulls/42.diff",
            "mergeable": true,
            "merged": false,
            "merged_at": null,
            "merge_commit_sha": null,
            "merged_by": null,
            "base": {
              "label": "main",
              "ref": "main",
              "sha": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
              "repo_id": 501,
              "repo": {"id": 501, "name": "app", "full_name": "acme/app", "private": true}
            },
            "head": {
              "label": "retry-uploads",
              "ref": "retry-uploads",
              "sha": "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677",
              "repo_id": 507,
              "repo": {"id": 507, "name": "app", "full_name": "cleo/app", "private": true}
            },
            "merge_base": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
            "due_date": null,
            "created_at": "2026-03-02T10:00:00+01:00",
            "updated_at": "2026-03-02T10:30:00+01:00",
            "closed_at": null,
            "pin_order": 0
          },
          "requested_reviewer": {"id": 12, "login": "ben", "full_name": "Ben Acme", "username": "ben"},
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
          "commit_id": "",
          "review": {"type": "pull_request_review_approved", "content": "Good, with one question."}
        }
        """#
    )

    static let reviewRejectedSample = Sample(
        "pull_request_rejected.reviewed",
        of: "pull_request_rejected",
        #"""
        {
          "action": "reviewed",
          "number": 42,
          "pull_request": {
            "id": 3042,
            "url": "https://git.acme.example/acme/app/pulls/42",
            "number": 42,
            "user": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"},
            "title": "Retry uploads that time out",
            "body": "Uploads over slow links fail after 30 s.\n\nThis retries them, with a “backoff”.",
            "labels": [],
            "milestone": null,
            "assignee": null,
            "assignees": [],
            "requested_reviewers": [],
            "state": "open",
            "draft": false,
            "is_locked": false,
            "comments": 0,
            "html_url": "https://git.acme.example/acme/app/pulls/42",
            "diff_url": "https://git.acme.example/acme/app/pulls/42.diff",
            "mergeable": true,
            "merged": false,
            "merged_at": null,
            "merge_commit_sha": null,
            "merged_by": null,
            "base": {
              "label": "main",
              "ref": "main",
              "sha": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
              "repo_id": 501,
              "repo": {"id": 501, "name": "app", "full_name": "acme/app", "private": true}
            },
            "head": {
              "label": "retry-uploads",
              "ref": "retry-uploads",
              "sha": "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677",
              "repo_id": 507,
              "repo": {"id": 507, "name": "app", "full_name": "cleo/app", "private": true}
            },
            "merge_base": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
            "due_date": null,
            "created_at": "2026-03-02T10:00:00+01:00",
            "updated_at": "2026-03-02T10:15:00+01:00",
            "closed_at": null,
            "pin_order": 0
          },
          "requested_reviewer": {"id": 12, "login": "ben", "full_name": "Ben Acme", "username": "ben"},
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
          "commit_id": "",
          "review": {
            "type": "pull_request_review_rejected",
            "content": "What if the server is gone for good?"
          }
        }
        """#
    )
}
