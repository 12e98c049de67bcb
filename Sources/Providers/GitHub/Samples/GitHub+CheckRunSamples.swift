extension GitHub {
    static let checkRunCreatedSample = Sample(
        "check_run.created",
        of: "check_run",
        #"""
        {
          "action": "created",
          "check_run": {
            "id": 38000000456,
            "node_id": "CR_456",
            "name": "unit-tests",
            "head_sha": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
            "external_id": "",
            "html_url": "https://github.com/acme/app/runs/38000000456",
            "details_url": "https://ci.acme.example/builds/9917",
            "status": "queued",
            "conclusion": null,
            "started_at": "2026-03-02T09:20:10Z",
            "completed_at": null,
            "output": {
              "title": null,
              "summary": null,
              "text": null,
              "annotations_count": 0
            },
            "check_suite": {
              "id": 36000000123,
              "node_id": "CS_123",
              "head_branch": "typo",
              "head_sha": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
              "status": "queued",
              "conclusion": null,
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
              "created_at": "2026-03-02T09:20:05Z",
              "updated_at": "2026-03-02T09:26:00Z"
            },
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
            ]
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

    static let checkRunCompletedSample = Sample(
        "check_run.completed",
        of: "check_run",
        #"""
        {
          "action": "completed",
          "check_run": {
            "id": 38000000456,
            "node_id": "CR_456",
            "name": "unit-tests",
            "head_sha": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
            "external_id": "build-9917",
            "html_url": "https://github.com/acme/app/runs/38000000456",
            "details_url": "https://ci.acme.example/builds/9917",
            "status": "completed",
            "conclusion": "failure",
            "started_at": "2026-03-02T09:20:10Z",
            "completed_at": "2026-03-02T09:25:40Z",
            "output": {
              "title": "1 test failed",
              "summary": "`UploadTests` failed.",
              "text": null,
              "annotations_count": 1
            },
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
              "created_at": "2026-03-02T09:20:05Z",
              "updated_at": "2026-03-02T09:26:00Z"
            },
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
            ]
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
}
