extension AzureDevOps {
    /// A build of a pull request that passed.
    static let buildSucceededSample = sample(
        "build.complete",
        of: "build.complete",
        "Build 20260302.1 succeeded",
        at: "2026-03-02T09:12:31.5Z",
        resource: sampleBuild("succeeded", branch: "refs/pull/42/merge", trigger: #"{"pr.number": "42"}"#)
    )

    /// A build of a branch that failed.
    static let buildFailedSample = sample(
        "build.complete.failed",
        of: "build.complete",
        "Build 20260302.1 failed",
        at: "2026-03-02T09:12:31.5Z",
        resource: sampleBuild("failed", branch: "refs/heads/main", trigger: "{}")
    )

    /// A run that has begun.
    static let runStartedSample = samplePipeline(
        "run.started",
        of: "run",
        "Run 20260302.3 in progress.",
        at: "2026-03-02T09:41:05.5Z",
        run: #""state": "inProgress""#
    )

    /// A run that passed.
    static let runCompletedSample = samplePipeline(
        "run.completed",
        of: "run",
        "Run 20260302.3 succeeded.",
        at: "2026-03-02T09:47:30.5Z",
        run: sampleRunEnd
    )

    /// A stage that needs somebody's attention.
    static let stageCompletedSample = samplePipeline(
        "stage.completed",
        of: "stage",
        "Run 20260302.3 stage Build succeeded with issues.",
        at: "2026-03-02T09:46:01.5Z",
        #"""
        "stage": {
          "_links": {"web": {"href": "\#(sampleRunPage)"}},
          "id": "96ac2280-8cb4-5df5-99de-dd2da759617d",
          "name": "Build",
          "displayName": "Build and test",
          "attempt": 1,
          "state": "completed",
          "result": "succeededWithIssues",
          "startTime": "2026-03-02T09:41:20.9Z",
          "finishTime": "2026-03-02T09:46:00.1234567Z"
        },
        """#,
        run: sampleRunEnd
    )

    /// A job that failed.
    static let jobCompletedSample = samplePipeline(
        "job.completed",
        of: "job",
        "Run 20260302.3 stage Build job Compile failed.",
        at: "2026-03-02T09:44:13.5Z",
        #"""
        "job": {
          "_links": {"web": {"href": "\#(sampleRunPage)&j=1"}},
          "id": "12f1170f-54f2-53f3-20dd-22fc7dff55f9",
          "name": "Compile",
          "attempt": 1,
          "state": "completed",
          "result": "failed",
          "startTime": "2026-03-02T09:41:30.25Z",
          "finishTime": "2026-03-02T09:44:12.7761408Z"
        },
        "stage": {"id": "96ac2280-8cb4-5df5-99de-dd2da759617d", "name": "Build"},
        """#,
        run: #""state": "inProgress""#
    )

    private static let sampleRunPage = "https://dev.azure.com/acme/acme/_build/results?buildId=903"

    private static let sampleRunEnd =
        #""state": "completed", "result": "succeeded", "finishedDate": "2026-03-02T09:47:29.8Z""#

    private static func samplePipeline(
        _ name: String,
        of kind: String,
        _ message: String,
        at createdDate: String,
        _ part: String = "",
        run state: String
    ) -> Sample {
        sample(
            name,
            of: "ms.vss-pipelines.\(kind)-state-changed-event",
            message,
            version: "5.1-preview.1",
            at: createdDate,
            resource: #"""
                {
                  \#(part)
                  "run": {
                    "_links": {"web": {"href": "\#(sampleRunPage)"}},
                    "id": 903,
                    "name": "20260302.3",
                    "createdDate": "2026-03-02T09:41:04.2Z",
                    \#(state),
                    "resources": {
                      "repositories": {
                        "self": {
                          "repository": {"id": "\#(sampleRepositoryId)", "type": "azureReposGit"},
                          "refName": "refs/heads/main",
                          "version": "\#(sampleMergeHash)"
                        }
                      }
                    }
                  },
                  "pipeline": {"id": 12, "revision": 3, "name": "app-ci", "folder": "\\"},
                  "repositories": [{"type": "Git", "url": "https://acme@dev.azure.com/acme/acme/_git/app"}]
                }
                """#
        )
    }

    private static func sampleBuild(_ result: String, branch: String, trigger: String) -> String {
        #"""
        {
          "_links": {"web": {"href": "https://dev.azure.com/acme/acme/_build/results?buildId=901"}},
          "triggerInfo": \#(trigger),
          "id": 901,
          "buildNumber": "20260302.1",
          "status": "completed",
          "result": "\#(result)",
          "startTime": "2026-03-02T09:00:41.62Z",
          "finishTime": "2026-03-02T09:12:30.520904Z",
          "definition": {"id": 12, "name": "app-ci", "path": "\\", "type": "build"},
          "project": \#(sampleProject),
          "sourceBranch": "\#(branch)",
          "sourceVersion": "\#(sampleMergeHash)",
          "reason": "individualCI",
          "requestedFor": \#(sampleAda),
          "repository": {
            "id": "\#(sampleRepositoryId)",
            "type": "TfsGit",
            "name": "app",
            "url": "https://dev.azure.com/acme/acme/_git/app"
          }
        }
        """#
    }
}
