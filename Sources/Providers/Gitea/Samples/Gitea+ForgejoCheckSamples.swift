/// The jobs and runs of Forgejo, which has the repository in the run.
extension Gitea {
    /// A run for a pull request that failed.
    static let actionRunFailureSample = Sample(
        "action_run_failure",
        of: "action_run_failure",
        #"""
        {
          "action": "failure",
          "run": {
            "id": 1881,
            "title": "Retry uploads that time out",
            "repository": \#(sampleRepository),
            "workflow_id": "test.yml",
            "trigger_user": \#(sampleCleo),
            "prettyref": "#42",
            "commit_sha": "\#(sampleHeadHash)",
            "is_fork_pull_request": true,
            "trigger_event": "pull_request",
            "status": "failure",
            "started": "2026-03-02T10:31:10+01:00",
            "stopped": "2026-03-02T10:36:05+01:00",
            "updated": "2026-03-02T10:36:05+01:00",
            "html_url": "https://git.acme.example/acme/app/actions/runs/88"
          },
          "last_run": null,
          "prior_status": "running"
        }
        """#
    )

    /// A run for a branch that passed.
    static let actionRunSuccessSample = Sample(
        "action_run_success",
        of: "action_run_success",
        #"""
        {
          "action": "success",
          "run": \#(sampleRunOfMain("success", stopped: "2026-03-02T11:05:05+01:00")),
          "prior_status": "running"
        }
        """#
    )

    /// A job of that run, before.
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
            "name": "test",
            "html_url": "https://git.acme.example/acme/app/actions/runs/89/jobs/0",
            "runs_on": ["docker"],
            "status": "running"
          },
          "run": \#(sampleRunOfMain("running", stopped: "0001-01-01T00:00:00Z")),
          "repository": \#(sampleRepository)
        }
        """#
    )

    private static func sampleRunOfMain(_ status: String, stopped: String) -> String {
        #"""
        {
          "id": 1882,
          "title": "Retry uploads that time out (#42)",
          "repository": \#(sampleRepository),
          "workflow_id": "test.yml",
          "trigger_user": \#(sampleAda),
          "prettyref": "main",
          "commit_sha": "\#(sampleMergeHash)",
          "is_fork_pull_request": false,
          "trigger_event": "push",
          "status": "\#(status)",
          "started": "2026-03-02T11:01:10+01:00",
          "stopped": "\#(stopped)",
          "updated": "2026-03-02T11:01:10+01:00",
          "html_url": "https://git.acme.example/acme/app/actions/runs/89"
        }
        """#
    }
}
