/// What CI systems report, and the jobs and runs of Gitea's own.
extension Gitea {
    /// A status without a result yet.
    static let statusPendingSample = sampleStatus("pending", id: 8100, at: "09:31", "The tests run")

    /// A status that passed.
    static let statusSuccessSample = sampleStatus("success", id: 8101, at: "09:36", "All 412 tests passed")

    private static func sampleStatus(
        _ state: String,
        id: Int,
        at time: String,
        _ description: String
    ) -> Sample {
        Sample(
            "status.\(state)",
            of: "status",
            #"""
            {
              "context": "ci/tests",
              "created_at": "2026-03-02T09:31:00Z",
              "description": "\#(description)",
              "id": \#(id),
              "sha": "\#(sampleHeadHash)",
              "state": "\#(state)",
              "target_url": "https://ci.acme.example/app/881",
              "updated_at": "2026-03-02T\#(time):00Z",
              "commit": {"id": "\#(sampleHeadHash)", "message": "Retry uploads that time out\n"},
              "repository": \#(sampleRepository),
              "sender": \#(sampleBen)
            }
            """#
        )
    }

    /// A job that failed.
    static let workflowJobCompletedSample = sampleWorkflowJob(
        "completed",
        #"""
        "conclusion": "failure",
        "runner_name": "runner-3",
        "steps": [
          {"name": "Set up job", "number": 0, "status": "completed", "conclusion": "success"},
          {"name": "swift test", "number": 1, "status": "completed", "conclusion": "failure"}
        ],
        "started_at": "2026-03-02T09:31:10Z",
        "completed_at": "2026-03-02T09:36:00Z"
        """#
    )

    /// A job that waits.
    static let workflowJobQueuedSample = sampleWorkflowJob(
        "queued",
        #"""
        "steps": [],
        "started_at": "1970-01-01T00:00:00Z",
        "completed_at": "1970-01-01T00:00:00Z"
        """#
    )

    private static func sampleWorkflowJob(_ status: String, _ members: String) -> Sample {
        Sample(
            "workflow_job.\(status)",
            of: "workflow_job",
            #"""
            {
              "action": "\#(status)",
              "workflow_job": {
                "id": 641,
                "html_url": "https://git.acme.example/acme/app/actions/runs/88/jobs/0",
                "run_id": 188,
                "name": "test",
                "labels": ["ubuntu-latest"],
                "run_attempt": 1,
                "head_sha": "\#(sampleHeadHash)",
                "head_branch": "retry-uploads",
                "status": "\#(status)",
                \#(members),
                "created_at": "2026-03-02T09:31:00Z"
              },
              "repository": \#(sampleRepository),
              "sender": \#(sampleCleo)
            }
            """#
        )
    }

    /// A run that failed.
    static let workflowRunCompletedSample = Sample(
        "workflow_run.completed",
        of: "workflow_run",
        #"""
        {
          "action": "completed",
          "workflow": {"id": "test.yml", "name": "Tests", "path": ".gitea/workflows/test.yml"},
          "workflow_run": {
            "id": 188,
            "html_url": "https://git.acme.example/acme/app/actions/runs/88",
            "display_title": "Retry uploads that time out",
            "path": "test.yml@refs/pull/42/head",
            "event": "pull_request",
            "run_attempt": 1,
            "run_number": 88,
            "head_sha": "\#(sampleHeadHash)",
            "head_branch": "retry-uploads",
            "status": "completed",
            "actor": \#(sampleCleo),
            "conclusion": "failure",
            "started_at": "2026-03-02T09:31:10Z",
            "completed_at": "2026-03-02T09:36:05Z"
          },
          "repository": \#(sampleRepository),
          "sender": {"id": -2, "login": "gitea-actions", "username": "gitea-actions"}
        }
        """#
    )
}
