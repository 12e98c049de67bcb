extension GitHub {
    /// A check run that waits for its turn.
    static let checkRunCreatedSample = Sample(
        "check_run.created",
        of: "check_run",
        #"""
        {
          "action": "created",
          "check_run": {
            \#(checkRunMembers), "external_id": "", "status": "queued", "conclusion": null,
            "completed_at": null,
            "output": {"title": null, "summary": null, "text": null, "annotations_count": 0},
            "check_suite": {\#(checkSuiteMembers), "status": "queued", "conclusion": null}
          },
          "repository": \#(sampleRepository), "organization": \#(sampleOrganization),
          "sender": \#(sampleBot)
        }
        """#
    )

    /// The same one, failed.
    static let checkRunCompletedSample = Sample(
        "check_run.completed",
        of: "check_run",
        #"""
        {
          "action": "completed",
          "check_run": {
            \#(checkRunMembers), "external_id": "build-9917", "status": "completed", "conclusion": "failure",
            "completed_at": "2026-03-02T09:25:40Z",
            "output": {
              "title": "1 test failed", "summary": "`UploadTests` failed.", "text": null,
              "annotations_count": 1
            },
            "check_suite": {\#(checkSuiteMembers), "status": "completed", "conclusion": "failure"}
          },
          "repository": \#(sampleRepository), "organization": \#(sampleOrganization),
          "sender": \#(sampleBot)
        }
        """#
    )

    /// Its suite, failed with it.
    static let checkSuiteCompletedSample = Sample(
        "check_suite.completed",
        of: "check_suite",
        #"""
        {
          "action": "completed",
          "check_suite": {
            \#(checkSuiteMembers), "status": "completed", "conclusion": "failure",
            "latest_check_runs_count": 2,
            "head_commit": {
              "id": "\#(sampleSecondCommit)", "message": "Fix a typo", "timestamp": "2026-03-02T09:19:50Z",
              "author": {"name": "Ada", "email": "ada@acme.example"}
            }
          },
          "repository": \#(sampleRepository), "organization": \#(sampleOrganization),
          "sender": \#(sampleBot)
        }
        """#
    )

    /// A build that passed, told by a CI system that knows no check runs.
    static let statusSuccessSample = Sample(
        "status.success",
        of: "status",
        #"""
        {
          "id": 29000000888, "sha": "\#(sampleMergeCommit)", "name": "acme/app",
          "target_url": "https://jenkins.acme.example/job/app/512/", "context": "ci/jenkins",
          "description": "Build 512 passed", "state": "success",
          "commit": {
            "sha": "\#(sampleMergeCommit)", "author": \#(sampleAda),
            "html_url": "https://github.com/acme/app/commit/\#(sampleMergeCommit)"
          },
          "branches": [{"name": "main", "commit": {"sha": "\#(sampleMergeCommit)"}, "protected": true}],
          "created_at": "2026-03-02T10:08:00+00:00", "updated_at": "2026-03-02T10:08:00+00:00",
          "repository": \#(sampleRepository), "organization": \#(sampleOrganization),
          "sender": \#(sampleBot)
        }
        """#
    )

    private static let checkRunMembers = #"""
        "id": 38000000456, "node_id": "CR_456", "name": "unit-tests",
        "head_sha": "\#(sampleSecondCommit)", "html_url": "https://github.com/acme/app/runs/38000000456",
        "details_url": "https://ci.acme.example/builds/9917", "started_at": "2026-03-02T09:20:10Z",
        "app": \#(app), "pull_requests": \#(builtPullRequests)
        """#

    private static let checkSuiteMembers = #"""
        "id": 36000000123, "node_id": "CS_123", "head_branch": "typo", "head_sha": "\#(sampleSecondCommit)",
        "before": "\#(sampleBaseCommit)", "after": "\#(sampleSecondCommit)",
        "app": \#(app), "pull_requests": \#(builtPullRequests),
        "created_at": "2026-03-02T09:20:05Z", "updated_at": "2026-03-02T09:26:00Z"
        """#

    private static let app = #"""
        {
          "id": 310001, "slug": "acme-ci", "node_id": "A_310001", "owner": \#(sampleOwner),
          "name": "Acme CI", "html_url": "https://github.com/apps/acme-ci"
        }
        """#

    /// One of the repository's own: GitHub names none of a fork.
    private static let builtPullRequests = #"""
        [
          {
            "id": 3000000041, "number": 41, "head": {"ref": "typo", "sha": "\#(sampleSecondCommit)"},
            "base": {"ref": "main", "sha": "\#(sampleBaseCommit)"}
          }
        ]
        """#
}
