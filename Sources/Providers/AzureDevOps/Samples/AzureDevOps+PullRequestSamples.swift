extension AzureDevOps {
    /// A pull request of a branch.
    static let pullRequestCreatedSample = sample(
        "git.pullrequest.created",
        of: "git.pullrequest.created",
        "Ada Acme created pull request 42 (Retry failed uploads) in app",
        at: "2026-03-02T09:00:05.1234567Z",
        resource: samplePullRequest(status: "active")
    )

    /// A merge that succeeded.
    static let pullRequestMergedSample = sample(
        "git.pullrequest.merged",
        of: "git.pullrequest.merged",
        "Merge attempt for pull request 42 (Retry failed uploads) in app succeeded",
        at: "2026-03-02T11:30:02.7654321Z",
        resource: samplePullRequest(status: "completed")
    )

    /// A merge that was tried and found conflicts: no neutral event.
    static let pullRequestConflictsSample = sample(
        "git.pullrequest.merged.conflicts",
        of: "git.pullrequest.merged",
        "Merge attempt for pull request 42 (Retry failed uploads) in app failed with conflicts",
        at: "2026-03-02T09:41:02.7654321Z",
        resource: samplePullRequest(status: "active", mergeStatus: "conflicts")
    )

    /// A change of which only the message says what it was.
    static let pullRequestUpdatedSample = sample(
        "git.pullrequest.updated",
        of: "git.pullrequest.updated",
        "Ada Acme updated the source branch of pull request 42 (Retry failed uploads) in app",
        at: "2026-03-02T09:40:58.3333333Z",
        resource: samplePullRequest(status: "active", mergeStatus: "queued")
    )

    /// A pull request that was given up.
    static let pullRequestAbandonedSample = sample(
        "git.pullrequest.updated.abandoned",
        of: "git.pullrequest.updated",
        "Ada Acme abandoned pull request 42 (Retry failed uploads) in app",
        at: "2026-03-02T11:30:01.2345678Z",
        resource: samplePullRequest(status: "abandoned")
    )

    /// A pull request that was merged.
    static let pullRequestCompletedSample = sample(
        "git.pullrequest.updated.completed",
        of: "git.pullrequest.updated",
        "Ben Acme completed pull request 42 (Retry failed uploads) in app",
        at: "2026-03-02T11:30:01.2345678Z",
        resource: samplePullRequest(status: "completed")
    )

    /// Pull request 42 of `acme/app`, closed an hour and a half after it was opened unless it is active.
    static func samplePullRequest(status: String, mergeStatus: String = "succeeded") -> String {
        #"""
        {
          "repository": \#(sampleRepository),
          "pullRequestId": 42,
          "codeReviewId": 42,
          "status": "\#(status)",
          "createdBy": \#(sampleAda),
          "creationDate": "2026-03-02T09:00:04.5Z",
          \#(status == "active" ? "" : #""closedDate": "2026-03-02T11:30:00.75Z","#)
          "title": "Retry failed uploads",
          "description": "Three tries, then a message.",
          "sourceRefName": "refs/heads/retry-uploads",
          "targetRefName": "refs/heads/main",
          "mergeStatus": "\#(mergeStatus)",
          "isDraft": false,
          "mergeId": "a63d1f85-0c72-4e94-b8a1-7f5e2d9c4b06",
          "lastMergeSourceCommit": {"commitId": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd"},
          "lastMergeTargetCommit": {"commitId": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12"},
          "lastMergeCommit": {"commitId": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"},
          "reviewers": [
            {
              "vote": 10,
              "isRequired": true,
              "displayName": "Ben Acme",
              "id": "0b7e5f92-8d14-4c6a-a3f9-1e2d8c5b6074",
              "uniqueName": "ben@acme.example"
            }
          ],
          "labels": [{"id": "5e8a2c10-9d47-4f3b-86e5-c1b7d0a4f392", "name": "bug", "active": true}],
          "_links": {"web": {"href": "https://dev.azure.com/acme/acme/_git/app/pullrequest/42"}},
          "supportsIterations": true,
          "artifactId": "vstfs:///Git/PullRequestId/c2f9a1d4%2f7d4b9e10%2f42"
        }
        """#
    }
}
