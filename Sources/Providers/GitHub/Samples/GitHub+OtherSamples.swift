extension GitHub {
    static let issuesOpenedSample = Sample(
        "issues.opened",
        of: "issues",
        #"""
        {
          "action": "opened",
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
            "comments": 0,
            "created_at": "2026-03-01T16:00:00Z",
            "updated_at": "2026-03-01T16:00:00Z",
            "closed_at": null,
            "body": null,
            "html_url": "https://github.com/acme/app/issues/17"
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

    static let pingSample = Sample(
        "ping",
        of: "ping",
        #"""
        {
          "zen": "Small steps arrive sooner.",
          "hook_id": 510002222,
          "hook": {
            "type": "Repository",
            "id": 510002222,
            "name": "web",
            "active": true,
            "events": [
              "*"
            ],
            "config": {
              "content_type": "json",
              "insecure_ssl": "0",
              "url": "https://hooks.acme.example/webhooks/github"
            },
            "updated_at": "2026-03-02T08:00:00Z",
            "created_at": "2026-03-02T08:00:00Z"
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
}
