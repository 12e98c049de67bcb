extension GitHub {
    static let checkSuiteCompletedSample = Sample(
        "check_suite.completed",
        of: "check_suite",
        #"""
        {
          "action": "completed",
          "check_suite": {
            "id": 36000000123,
            "node_id": "CS_123",
            "head_branch": "typo",
            "head_sha": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
            "status": "completed",
            "conclusion": "failure",
            "before": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
            "after": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
            "pull_requests": [
              {
                "id": 3000000041,
                "number": 41,
                "head": {
                  "ref": "typo",
                  "sha": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd"
                },
                "base": {
                  "ref": "main",
                  "sha": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12"
                }
              }
            ],
            "app": {
              "id": 310001,
              "slug": "acme-ci",
              "node_id": "A_310001",
              "owner": {
                "login": "acme",
                "id": 4000001,
                "avatar_url": "https://avatars.example/u/4000001?v=4",
                "html_url": "https://github.com/acme",
                "type": "Organization",
                "site_admin": false
              },
              "name": "Acme CI",
              "html_url": "https://github.com/apps/acme-ci"
            },
            "created_at": "2026-03-02T09:20:05Z",
            "updated_at": "2026-03-02T09:26:00Z",
            "latest_check_runs_count": 2,
            "head_commit": {
              "id": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
              "message": "Fix a typo",
              "timestamp": "2026-03-02T09:19:50Z",
              "author": {
                "name": "Ada",
                "email": "ada@acme.example"
              }
            }
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
            "login": "acme-ci[bot]",
            "id": 4100004,
            "avatar_url": "https://avatars.example/u/4100004?v=4",
            "html_url": "https://github.com/acme-ci",
            "type": "Bot",
            "site_admin": false
          }
        }
        """#
    )

    static let statusSuccessSample = Sample(
        "status.success",
        of: "status",
        #"""
        {
          "id": 29000000888,
          "sha": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
          "name": "acme/app",
          "target_url": "https://jenkins.acme.example/job/app/512/",
          "context": "ci/jenkins",
          "description": "Build 512 passed",
          "state": "success",
          "commit": {
            "sha": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
            "html_url": "https://github.com/acme/app/commit/3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
            "author": {
              "login": "ada-acme",
              "id": 4100001,
              "avatar_url": "https://avatars.example/u/4100001?v=4",
              "html_url": "https://github.com/ada-acme",
              "type": "User",
              "site_admin": false
            }
          },
          "branches": [
            {
              "name": "main",
              "commit": {
                "sha": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"
              },
              "protected": true
            }
          ],
          "created_at": "2026-03-02T10:08:00+00:00",
          "updated_at": "2026-03-02T10:08:00+00:00",
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
            "login": "acme-ci[bot]",
            "id": 4100004,
            "avatar_url": "https://avatars.example/u/4100004?v=4",
            "html_url": "https://github.com/acme-ci",
            "type": "Bot",
            "site_admin": false
          }
        }
        """#
    )
}
