extension Gitea {
    static let workflowJobCompletedSample = Sample(
        "workflow_job.completed",
        of: "workflow_job",
        #"""
        {
          "action": "completed",
          "workflow_job": {
            "id": 641,
            "url": "https://git.acme.example/api/v1/repos/acme/app/actions/jobs/641",
            "html_url": "https://git.acme.example/acme/app/actions/runs/88/jobs/0",
            "run_id": 188,
            "run_url": "https://git.acme.example/api/v1/repos/acme/app/actions/runs/188",
            "name": "test",
            "labels": ["ubuntu-latest"],
            "run_attempt": 1,
            "head_sha": "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677",
            "head_branch": "retry-uploads",
            "status": "completed",
            "conclusion": "failure",
            "runner_id": 3,
            "runner_name": "runner-3",
            "steps": [
              {"name": "Set up job", "number": 0, "status": "completed", "conclusion": "success"},
              {"name": "swift test", "number": 1, "status": "completed", "conclusion": "failure"}
            ],
            "created_at": "2026-03-02T09:31:00Z",
            "started_at": "2026-03-02T09:31:10Z",
            "completed_at": "2026-03-02T09:36:00Z"
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
          "sender": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"}
        }
        """#
    )

    static let workflowJobQueuedSample = Sample(
        "workflow_job.queued",
        of: "workflow_job",
        #"""
        {
          "action": "queued",
          "workflow_job": {
            "id": 641,
            "url": "https://git.acme.example/api/v1/repos/acme/app/actions/jobs/641",
            "html_url": "https://git.acme.example/acme/app/actions/runs/88/jobs/0",
            "run_id": 188,
            "run_url": "https://git.acme.example/api/v1/repos/acme/app/actions/runs/188",
            "name": "test",
            "labels": ["ubuntu-latest"],
            "run_attempt": 1,
            "head_sha": "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677",
            "head_branch": "retry-uploads",
            "status": "queued",
            "steps": [],
            "created_at": "2026-03-02T09:31:00Z",
            "started_at": "1970-01-01T00:00:00Z",
            "completed_at": "1970-01-01T00:00:00Z"
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
          "sender": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"}
        }
        """#
    )

    static let workflowRunCompletedSample = Sample(
        "workflow_run.completed",
        of: "workflow_run",
        #"""
        {
          "action": "completed",
          "workflow": {
            "id": "test.yml",
            "name": "Tests",
            "path": ".gitea/workflows/test.yml",
            "state": "active",
            "html_url": "https://git.acme.example/acme/app/src/branch/main/.gitea/workflows/test.yml"
          },
          "workflow_run": {
            "id": 188,
            "url": "https://git.acme.example/api/v1/repos/acme/app/actions/runs/188",
            "html_url": "https://git.acme.example/acme/app/actions/runs/88",
            "display_title": "Retry uploads that time out",
            "path": "test.yml@refs/pull/42/head",
            "event": "pull_request",
            "run_attempt": 1,
            "run_number": 88,
            "repository_id": 501,
            "head_sha": "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677",
            "head_branch": "retry-uploads",
            "status": "completed",
            "actor": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"},
            "trigger_actor": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"},
            "conclusion": "failure",
            "started_at": "2026-03-02T09:31:10Z",
            "completed_at": "2026-03-02T09:36:05Z"
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
          "sender": {
            "id": -2,
            "login": "gitea-actions",
            "full_name": "Gitea Actions",
            "username": "gitea-actions"
          }
        }
        """#
    )
}
