extension GitHub {
    static let pushSample = Sample(
        "push",
        of: "push",
        #"""
        {
          "ref": "refs/heads/main",
          "before": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
          "after": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
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
            "created_at": 1707123600,
            "updated_at": "2026-03-02T08:00:00Z",
            "pushed_at": 1772445600,
            "default_branch": "main",
            "visibility": "public",
            "master_branch": "main",
            "organization": "acme"
          },
          "pusher": {
            "name": "ada-acme",
            "email": "ada@acme.example"
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
          },
          "created": false,
          "deleted": false,
          "forced": false,
          "base_ref": null,
          "compare": "https://github.com/acme/app/compare/b05e5ad0c1d2...3c9f1de27a5b",
          "commits": [
            {
              "id": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
              "tree_id": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
              "distinct": true,
              "message": "Fix a typo",
              "timestamp": "2026-03-02T10:00:00Z",
              "url": "https://github.com/acme/app/commit/2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
              "author": {
                "name": "Ada",
                "email": "ada@acme.example",
                "username": "ada-acme"
              },
              "committer": {
                "name": "GitHub",
                "email": "noreply@github.com",
                "username": "web-flow"
              },
              "added": [],
              "removed": [],
              "modified": [
                "Sources/Upload.swift"
              ]
            },
            {
              "id": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
              "tree_id": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
              "distinct": true,
              "message": "Retry uploads that time out (#42)\n\nCloses #17.",
              "timestamp": "2026-03-02T10:00:00Z",
              "url": "https://github.com/acme/app/commit/3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
              "author": {
                "name": "Ada",
                "email": "ada@acme.example",
                "username": "ada-acme"
              },
              "committer": {
                "name": "GitHub",
                "email": "noreply@github.com",
                "username": "web-flow"
              },
              "added": [],
              "removed": [],
              "modified": [
                "Sources/Upload.swift"
              ]
            }
          ],
          "head_commit": {
            "id": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
            "tree_id": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
            "distinct": true,
            "message": "Retry uploads that time out (#42)\n\nCloses #17.",
            "timestamp": "2026-03-02T10:00:00Z",
            "url": "https://github.com/acme/app/commit/3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
            "author": {
              "name": "Ada",
              "email": "ada@acme.example",
              "username": "ada-acme"
            },
            "committer": {
              "name": "GitHub",
              "email": "noreply@github.com",
              "username": "web-flow"
            },
            "added": [],
            "removed": [],
            "modified": [
              "Sources/Upload.swift"
            ]
          }
        }
        """#
    )

    static let pushTagSample = Sample(
        "push.tag",
        of: "push",
        #"""
        {
          "ref": "refs/tags/v1.4.0",
          "before": "0000000000000000000000000000000000000000",
          "after": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
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
            "created_at": 1707123600,
            "updated_at": "2026-03-02T08:00:00Z",
            "pushed_at": 1772445900,
            "default_branch": "main",
            "visibility": "public",
            "master_branch": "main",
            "organization": "acme"
          },
          "pusher": {
            "name": "ada-acme",
            "email": "ada@acme.example"
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
          },
          "created": true,
          "deleted": false,
          "forced": false,
          "base_ref": "refs/heads/main",
          "compare": "https://github.com/acme/app/compare/v1.4.0",
          "commits": [],
          "head_commit": {
            "id": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
            "tree_id": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
            "distinct": true,
            "message": "Retry uploads that time out (#42)\n\nCloses #17.",
            "timestamp": "2026-03-02T10:00:00Z",
            "url": "https://github.com/acme/app/commit/3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
            "author": {
              "name": "Ada",
              "email": "ada@acme.example",
              "username": "ada-acme"
            },
            "committer": {
              "name": "GitHub",
              "email": "noreply@github.com",
              "username": "web-flow"
            },
            "added": [],
            "removed": [],
            "modified": [
              "Sources/Upload.swift"
            ]
          }
        }
        """#
    )
}
