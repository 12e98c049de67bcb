extension GitLab {
    private static func samplePipeline(_ attributes: String, _ job: String) -> String {
        #"""
        {
          "object_kind": "pipeline",
          "object_attributes": {
            "id": 880012,
            "iid": 512,
            "name": "Tests",
            "ref": "typo",
            "tag": false,
            "sha": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
            "before_sha": "0000000000000000000000000000000000000000",
            "source": "merge_request_event",
            "stages": ["test"],
            "created_at": "2026-03-02 09:20:08 UTC",
            "variables": [],
            "url": "https://gitlab.example/acme/app/-/pipelines/880012",
            \#(attributes)
          },
          "merge_request": {
            "id": 30000042,
            "iid": 42,
            "title": "Fix a typo",
            "source_branch": "typo",
            "source_project_id": 75001,
            "target_branch": "main",
            "target_project_id": 75001,
            "state": "opened",
            "merge_status": "can_be_merged",
            "url": "https://gitlab.example/acme/app/-/merge_requests/42"
          },
          "user": \#(sampleAda),
          "project": \#(sampleProject),
          "commit": \#(sampleCommit),
          "builds": [{
            "id": 9900123,
            "stage": "test",
            "name": "unit",
            "when": "on_success",
            "manual": false,
            "allow_failure": false,
            "created_at": "2026-03-02 09:20:08 UTC",
            "user": \#(sampleAda),
            \#(job)
          }]
        }
        """#
    }

    static let pipelinePendingSample = Sample(
        "pipeline.pending",
        of: "Pipeline Hook",
        samplePipeline(
            #""status": "pending", "detailed_status": "pending", "finished_at": null, "duration": null"#,
            #""status": "pending", "started_at": null, "finished_at": null, "failure_reason": null"#
        )
    )

    static let pipelineRunningSample = Sample(
        "pipeline.running",
        of: "Pipeline Hook",
        samplePipeline(
            #""status": "running", "detailed_status": "running", "finished_at": null, "duration": null"#,
            #"""
            "status": "running",
            "started_at": "2026-03-02 09:20:20 UTC",
            "finished_at": null,
            "failure_reason": null
            """#
        )
    )

    static let pipelineFailedSample = Sample(
        "pipeline.failed",
        of: "Pipeline Hook",
        samplePipeline(
            #"""
            "status": "failed",
            "detailed_status": "failed",
            "finished_at": "2026-03-02 09:26:00 UTC",
            "duration": 340
            """#,
            #"""
            "status": "failed",
            "started_at": "2026-03-02 09:20:20 UTC",
            "finished_at": "2026-03-02 09:26:00 UTC",
            "failure_reason": "script_failure"
            """#
        )
    )

    static let pipelineSuccessSample = Sample(
        "pipeline.success",
        of: "Pipeline Hook",
        samplePipeline(
            #"""
            "status": "success",
            "detailed_status": "passed",
            "finished_at": "2026-03-02 09:52:00 UTC",
            "duration": 331
            """#,
            #"""
            "status": "success",
            "started_at": "2026-03-02 09:46:29 UTC",
            "finished_at": "2026-03-02 09:52:00 UTC",
            "failure_reason": null
            """#
        )
    )

    private static func sampleJob(_ attributes: String) -> String {
        #"""
        {
          "object_kind": "build",
          "ref": "typo",
          "tag": false,
          "before_sha": "0000000000000000000000000000000000000000",
          "sha": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
          "retries_count": 0,
          "build_id": 9900123,
          "build_name": "unit",
          "build_stage": "test",
          "build_created_at": "2026-03-02 09:20:08 UTC",
          "build_allow_failure": false,
          \#(attributes),
          "pipeline_id": 880012,
          "project_id": 75001,
          "project_name": "Acme / App",
          "user": \#(sampleAda),
          "commit": {
            "id": 880012,
            "name": "Tests",
            "sha": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
            "message": "Fix a typo\n",
            "author_name": "Ada Acme",
            "status": "running"
          },
          "repository": \#(sampleRepository),
          "project": \#(sampleProject),
          "environment": null
        }
        """#
    }

    static let buildCreatedSample = Sample(
        "build.created",
        of: "Job Hook",
        sampleJob(
            #"""
            "build_status": "created",
              "build_started_at": null,
              "build_finished_at": null,
              "build_failure_reason": "unknown_failure"
            """#
        )
    )

    static let buildRunningSample = Sample(
        "build.running",
        of: "Job Hook",
        sampleJob(
            #"""
            "build_status": "running",
              "build_started_at": "2026-03-02 09:20:20 UTC",
              "build_finished_at": null,
              "build_failure_reason": "unknown_failure"
            """#
        )
    )

    static let buildFailedSample = Sample(
        "build.failed",
        of: "Job Hook",
        sampleJob(
            #"""
            "build_status": "failed",
              "build_started_at": "2026-03-02 09:20:20 UTC",
              "build_finished_at": "2026-03-02 10:20:20 UTC",
              "build_failure_reason": "job_execution_timeout"
            """#
        )
    )
}
