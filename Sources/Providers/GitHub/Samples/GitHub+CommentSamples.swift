extension GitHub {
    static let issueCommentCreatedSample = Sample(
        "issue_comment.created",
        of: "issue_comment",
        #"""
        {
          "action": "created",
          "issue": {
            "id": 3000000042,
            "node_id": "I_17",
            "number": 42,
            "title": "Retry uploads that time out",
            "user": {
              "login": "cleo-outside",
              "id": 4100003,
              "avatar_url": "https://avatars.example/u/4100003?v=4",
              "html_url": "https://github.com/cleo-outside",
              "type": "User",
              "site_admin": false
            },
            "labels": [],
            "state": "open",
            "locked": false,
            "assignee": null,
            "assignees": [],
            "milestone": null,
            "comments": 1,
            "created_at": "2026-03-01T16:00:00Z",
            "updated_at": "2026-03-02T09:15:00Z",
            "closed_at": null,
            "body": null,
            "html_url": "https://github.com/acme/app/pull/42",
            "draft": false,
            "pull_request": {
              "html_url": "https://github.com/acme/app/pull/42",
              "merged_at": null
            }
          },
          "comment": {
            "id": 2700000331,
            "node_id": "IC_2700000331",
            "html_url": "https://github.com/acme/app/pull/42#issuecomment-2700000331",
            "user": {
              "login": "ada-acme",
              "id": 4100001,
              "avatar_url": "https://avatars.example/u/4100001?v=4",
              "html_url": "https://github.com/ada-acme",
              "type": "User",
              "site_admin": false
            },
            "created_at": "2026-03-02T09:15:00Z",
            "updated_at": "2026-03-02T09:15:00Z",
            "author_association": "MEMBER",
            "body": "Thank you! /test",
            "performed_via_github_app": null
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
            "login": "ada-acme",
            "id": 4100001,
            "avatar_url": "https://avatars.example/u/4100001?v=4",
            "html_url": "https://github.com/ada-acme",
            "type": "User",
            "site_admin": false
          }
        }
        """#
    )

    static let issueCommentEditedSample = Sample(
        "issue_comment.edited",
        of: "issue_comment",
        #"""
        {
          "action": "edited",
          "changes": {
            "body": {
              "from": "Same her."
            }
          },
          "issue": {
            "id": 2800000017,
            "node_id": "I_17",
            "number": 17,
            "title": "Uploads fail on slow links",
            "user": {
              "login": "ada-acme",
              "id": 4100001,
              "avatar_url": "https://avatars.example/u/4100001?v=4",
              "html_url": "https://github.com/ada-acme",
              "type": "User",
              "site_admin": false
            },
            "labels": [],
            "state": "open",
            "locked": false,
            "assignee": null,
            "assignees": [],
            "milestone": null,
            "comments": 1,
            "created_at": "2026-03-01T16:00:00Z",
            "updated_at": "2026-03-02T09:15:00Z",
            "closed_at": null,
            "body": null,
            "html_url": "https://github.com/acme/app/issues/17"
          },
          "comment": {
            "id": 2700000332,
            "node_id": "IC_2700000332",
            "html_url": "https://github.com/acme/app/issues/17#issuecomment-2700000332",
            "user": {
              "login": "ben-acme",
              "id": 4100002,
              "avatar_url": "https://avatars.example/u/4100002?v=4",
              "html_url": "https://github.com/ben-acme",
              "type": "User",
              "site_admin": false
            },
            "created_at": "2026-03-02T09:15:00Z",
            "updated_at": "2026-03-02T09:16:00Z",
            "author_association": "MEMBER",
            "body": "Same here.",
            "performed_via_github_app": null
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
            "login": "ben-acme",
            "id": 4100002,
            "avatar_url": "https://avatars.example/u/4100002?v=4",
            "html_url": "https://github.com/ben-acme",
            "type": "User",
            "site_admin": false
          }
        }
        """#
    )

    static let commitCommentCreatedSample = Sample(
        "commit_comment.created",
        of: "commit_comment",
        #"""
        {
          "action": "created",
          "comment": {
            "id": 140000321,
            "node_id": "CC_321",
            "html_url": "https://github.com/acme/app/commit/3c9f1de#commitcomment-140000321",
            "user": {
              "login": "ben-acme",
              "id": 4100002,
              "avatar_url": "https://avatars.example/u/4100002?v=4",
              "html_url": "https://github.com/ben-acme",
              "type": "User",
              "site_admin": false
            },
            "position": 4,
            "line": 14,
            "path": "Sources/Upload.swift",
            "commit_id": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
            "created_at": "2026-03-02T10:05:00Z",
            "updated_at": "2026-03-02T10:05:00Z",
            "author_association": "MEMBER",
            "body": "This broke the nightly build."
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
            "login": "ben-acme",
            "id": 4100002,
            "avatar_url": "https://avatars.example/u/4100002?v=4",
            "html_url": "https://github.com/ben-acme",
            "type": "User",
            "site_admin": false
          }
        }
        """#
    )
}
