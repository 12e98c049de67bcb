extension Gitea {
    static let actionRunFailureSample = Sample(
        "action_run_failure",
        of: "action_run_failure",
        #"""
        {
          "action": "failure",
          "run": {
            "id": 1881,
            "title": "Retry uploads that time out",
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
            "workflow_id": "test.yml",
            "index_in_repo": 88,
            "trigger_user": {"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"},
            "ScheduleID": 0,
            "prettyref": "#42",
            "is_ref_deleted": false,
            "commit_sha": "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677",
            "is_fork_pull_request": true,
            "need_approval": false,
            "approved_by": 11,
            "event": "pull_request",
            "event_payload": "{}",
            "trigger_event": "pull_request",
            "status": "failure",
            "started": "2026-03-02T10:31:10+01:00",
            "stopped": "2026-03-02T10:36:05+01:00",
            "created": "2026-03-02T10:31:00+01:00",
            "updated": "2026-03-02T10:36:05+01:00",
            "duration": 295000000000,
            "html_url": "https://git.acme.example/acme/app/actions/runs/88"
          },
          "last_run": null,
          "prior_status": "running"
        }
        """#
    )

    static let actionRunSuccessSample = Sample(
        "action_run_success",
        of: "action_run_success",
        #"""
        {
          "action": "success",
          "run": {
            "id": 1882,
            "title": "Retry uploads that time out (#42)",
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
            "workflow_id": "test.yml",
            "index_in_repo": 89,
            "trigger_user": {"id": 11, "login": "ada", "full_name": "Ada Acme", "username": "ada"},
            "ScheduleID": 0,
            "prettyref": "main",
            "is_ref_deleted": false,
            "commit_sha": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
            "is_fork_pull_request": false,
            "need_approval": false,
            "approved_by": 0,
            "event": "push",
            "event_payload": "{}",
            "trigger_event": "push",
            "status": "success",
            "started": "2026-03-02T11:01:10+01:00",
            "stopped": "2026-03-02T11:05:05+01:00",
            "created": "2026-03-02T11:01:00+01:00",
            "updated": "2026-03-02T11:05:05+01:00",
            "duration": 295000000000,
            "html_url": "https://git.acme.example/acme/app/actions/runs/89"
          },
          "prior_status": "running"
        }
        """#
    )

    static let workflowJobRunningSample = Sample(
        "workflow_job_running",
        of: "workflow_job_running",
        #"""
        {
          "action": "job_status_changed",
          "job": {
            "id": 6410,
            "run_id": 1882,
            "attempt": 1,
            "handle": "7ab6c1d2",
            "repo_id": 501,
            "owner_id": 10,
            "name": "test",
            "html_url": "https://git.acme.example/acme/app/actions/runs/89/jobs/0",
            "needs": null,
            "runs_on": ["docker"],
            "task_id": 9911,
            "status": "running"
          },
          "run": {
            "id": 1882,
            "title": "Retry uploads that time out (#42)",
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
            "workflow_id": "test.yml",
            "index_in_repo": 89,
            "trigger_user": {"id": 11, "login": "ada", "full_name": "Ada Acme", "username": "ada"},
            "ScheduleID": 0,
            "prettyref": "main",
            "is_ref_deleted": false,
            "commit_sha": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
            "is_fork_pull_request": false,
            "need_approval": false,
            "approved_by": 0,
            "event": "push",
            "event_payload": "{}",
            "trigger_event": "push",
            "status": "running",
            "started": "2026-03-02T11:01:10+01:00",
            "stopped": "0001-01-01T00:00:00Z",
            "created": "2026-03-02T11:01:00+01:00",
            "updated": "2026-03-02T11:01:10+01:00",
            "duration": 0,
            "html_url": "https://git.acme.example/acme/app/actions/runs/89"
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
          }
        }
        """#
    )
}
