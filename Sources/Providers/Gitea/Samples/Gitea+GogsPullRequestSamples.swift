extension Gitea {
    static let gogsPullRequestClosedSample = Sample(
        "pull_request.closed",
        of: "pull_request",
        #"""
        {
          "action": "closed",
          "number": 42,
          "pull_request": {
            "id": 3042,
            "number": 42,
            "user": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"},
            "title": "Retry uploads that time out",
            "body": "Uploads over slow links fail after 30 s.",
            "labels": [],
            "milestone": null,
            "assignee": null,
            "state": "closed",
            "comments": 0,
            "head_branch": "retry-uploads",
            "head_repo": {
              "id": 507,
              "name": "app",
              "full_name": "cleo/app",
              "private": true,
              "fork": true
            },
            "base_branch": "main",
            "base_repo": {
              "id": 501,
              "name": "app",
              "full_name": "acme/app",
              "private": true,
              "fork": false
            },
            "html_url": "https://git.acme.example/acme/app/pulls/42",
            "mergeable": true,
            "merged": true,
            "merged_at": "2026-03-02T10:00:00Z",
            "merge_commit_sha": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
            "merged_by": {"id": 11, "login": "ada", "full_name": "Ada Acme", "username": "ada"}
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

    static let gogsPullRequestLabelUpdatedSample = Sample(
        "pull_request.label_updated",
        of: "pull_request",
        #"""
        {
          "action": "label_updated",
          "number": 42,
          "pull_request": {
            "id": 3042,
            "number": 42,
            "user": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"},
            "title": "Retry uploads that time out",
            "body": "Uploads over slow links fail after 30 s.",
            "labels": [{"id": 5, "name": "bug", "color": "ee0701"}],
            "milestone": null,
            "assignee": null,
            "state": "open",
            "comments": 0,
            "head_branch": "retry-uploads",
            "head_repo": {
              "id": 507,
              "name": "app",
              "full_name": "cleo/app",
              "private": true,
              "fork": true
            },
            "base_branch": "main",
            "base_repo": {
              "id": 501,
              "name": "app",
              "full_name": "acme/app",
              "private": true,
              "fork": false
            },
            "html_url": "https://git.acme.example/acme/app/pulls/42",
            "mergeable": true,
            "merged": false,
            "merged_at": null,
            "merge_commit_sha": null,
            "merged_by": null
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

    static let gogsPullRequestOpenedSample = Sample(
        "pull_request.opened",
        of: "pull_request",
        #"""
        {
          "action": "opened",
          "number": 42,
          "pull_request": {
            "id": 3042,
            "number": 42,
            "user": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"},
            "title": "Retry uploads that time out",
            "body": "Uploads over slow links fail after 30 s.",
            "labels": [],
            "milestone": null,
            "assignee": null,
            "state": "open",
            "comments": 0,
            "head_branch": "retry-uploads",
            "head_repo": {
              "id": 507,
              "name": "app",
              "full_name": "cleo/app",
              "private": true,
              "fork": true
            },
            "base_branch": "main",
            "base_repo": {
              "id": 501,
              "name": "app",
              "full_name": "acme/app",
              "private": true,
              "fork": false
            },
            "html_url": "https://git.acme.example/acme/app/pulls/42",
            "mergeable": true,
            "merged": false,
            "merged_at": null,
            "merge_commit_sha": null,
            "merged_by": null
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

    static let gogsPullRequestSynchronizedSample = Sample(
        "pull_request.synchronized",
        of: "pull_request",
        #"""
        {
          "action": "synchronized",
          "number": 42,
          "pull_request": {
            "id": 3042,
            "number": 42,
            "user": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"},
            "title": "Retry uploads that time out",
            "body": "Uploads over slow links fail after 30 s.",
            "labels": [],
            "milestone": null,
            "assignee": null,
            "state": "open",
            "comments": 0,
            "head_branch": "retry-uploads",
            "head_repo": {
              "id": 507,
              "name": "app",
              "full_name": "cleo/app",
              "private": true,
              "fork": true
            },
            "base_branch": "main",
            "base_repo": {
              "id": 501,
              "name": "app",
              "full_name": "acme/app",
              "private": true,
              "fork": false
            },
            "html_url": "https://git.acme.example/acme/app/pulls/42",
            "mergeable": true,
            "merged": false,
            "merged_at": null,
            "merge_commit_sha": null,
            "merged_by": null
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
}
