/// A pipeline and its job, which run for the merge request.
extension GitLab {
    /// A pipeline that waits.
    static let pipelinePendingSample = samplePipeline("pending")

    /// A pipeline that has begun.
    static let pipelineRunningSample = samplePipeline("running", started: "09:20:20")

    /// A pipeline that failed, and why.
    static let pipelineFailedSample = samplePipeline(
        "failed",
        started: "09:20:20",
        finished: "09:26:00",
        reason: #""script_failure""#
    )

    /// A pipeline that passed.
    static let pipelineSuccessSample = samplePipeline("success", started: "09:46:29", finished: "09:52:00")

    /// A job that waits.
    static let buildCreatedSample = sampleJob("created")

    /// A job that has begun.
    static let buildRunningSample = sampleJob("running", started: "09:20:20")

    /// A job that took too long.
    static let buildFailedSample = sampleJob(
        "failed",
        started: "09:20:20",
        finished: "10:20:20",
        reason: "job_execution_timeout"
    )

    private static func samplePipeline(
        _ status: String,
        started: String? = nil,
        finished: String? = nil,
        reason: String = "null"
    ) -> Sample {
        Sample(
            "pipeline.\(status)",
            of: "Pipeline Hook",
            #"""
            {
              "object_kind": "pipeline",
              "object_attributes": {
                "id": 880012,
                "iid": 512,
                "name": "Tests",
                "ref": "typo",
                "tag": false,
                "sha": "\#(sampleHeadHash)",
                "source": "merge_request_event",
                "status": "\#(status)",
                "stages": ["test"],
                "created_at": \#(sampleTime("09:20:08")),
                "finished_at": \#(sampleTime(finished)),
                "url": "https://gitlab.example/acme/app/-/pipelines/880012"
              },
              "merge_request": \#(sampleMergeRequestMember),
              "user": \#(sampleAda),
              "project": \#(sampleProject),
              "commit": \#(sampleCommit),
              "builds": [
                {
                  "id": 9900123,
                  "stage": "test",
                  "name": "unit",
                  "status": "\#(status)",
                  "created_at": \#(sampleTime("09:20:08")),
                  "started_at": \#(sampleTime(started)),
                  "finished_at": \#(sampleTime(finished)),
                  "failure_reason": \#(reason),
                  "allow_failure": false,
                  "user": \#(sampleAda)
                }
              ]
            }
            """#
        )
    }

    private static func sampleJob(
        _ status: String,
        started: String? = nil,
        finished: String? = nil,
        reason: String = "unknown_failure"
    ) -> Sample {
        Sample(
            "build.\(status)",
            of: "Job Hook",
            #"""
            {
              "object_kind": "build",
              "ref": "typo",
              "tag": false,
              "sha": "\#(sampleHeadHash)",
              "build_id": 9900123,
              "build_name": "unit",
              "build_stage": "test",
              "build_status": "\#(status)",
              "build_created_at": \#(sampleTime("09:20:08")),
              "build_started_at": \#(sampleTime(started)),
              "build_finished_at": \#(sampleTime(finished)),
              "build_allow_failure": false,
              "build_failure_reason": "\#(reason)",
              "pipeline_id": 880012,
              "project_id": 75001,
              "project_name": "Acme / App",
              "user": \#(sampleAda),
              "commit": {"id": 880012, "name": "Tests", "sha": "\#(sampleHeadHash)", "status": "running"},
              "repository": \#(sampleRepository),
              "project": \#(sampleProject)
            }
            """#
        )
    }
}
