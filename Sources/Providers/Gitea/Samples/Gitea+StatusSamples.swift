extension Gitea {
    static let statusPendingSample = Sample(
        "status.pending",
        of: "status",
        #"""
        {
          "context": "ci/tests",
          "created_at": "2026-03-02T09:31:00Z",
          "description": "The tests run",
          "id": 8100,
          "sha": "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677",
          "state": "pending",
          "target_url": "https://ci.acme.example/app/881",
          "updated_at": "2026-03-02T09:31:00Z",
          "commit": {
            "id": "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677",
            "message": "Retry uploads that time out\n",
            "url": "https://git.acme.example/acme/app/commit/1f0c2e9ad5f1b8a7c3e4d6f70819223344556677",
            "author": {"name": "Cleo", "email": "cleo@acme.example", "username": "cleo"},
            "timestamp": "2026-03-02T10:00:00+01:00"
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
          "sender": {"id": 12, "login": "ben", "full_name": "Ben Acme", "username": "ben"}
        }
        """#
    )

    static let statusSuccessSample = Sample(
        "status.success",
        of: "status",
        #"""
        {
          "context": "ci/tests",
          "created_at": "2026-03-02T09:35:00Z",
          "description": "All 412 tests passed",
          "id": 8101,
          "sha": "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677",
          "state": "success",
          "target_url": "https://ci.acme.example/app/881",
          "updated_at": "2026-03-02T09:36:00Z",
          "commit": {
            "id": "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677",
            "message": "Retry uploads that time out\n",
            "url": "https://git.acme.example/acme/app/commit/1f0c2e9ad5f1b8a7c3e4d6f70819223344556677",
            "author": {"name": "Cleo", "email": "cleo@acme.example", "username": "cleo"},
            "timestamp": "2026-03-02T10:00:00+01:00"
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
          "sender": {"id": 12, "login": "ben", "full_name": "Ben Acme", "username": "ben"}
        }
        """#
    )
}
