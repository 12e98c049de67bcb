extension AzureDevOps {
    /// A pull request of a branch.
    static let pullRequestCreatedSample = sample(
        "git.pullrequest.created",
        of: "git.pullrequest.created",
        "Ada Acme created pull request 42 (Retry failed uploads) in app",
        at: "2026-03-02T09:00:05.1234567Z",
        resource: samplePullRequest("active")
    )

    /// A merge that succeeded.
    static let pullRequestMergedSample = sample(
        "git.pullrequest.merged",
        of: "git.pullrequest.merged",
        "Merge attempt for pull request 42 (Retry failed uploads) in app succeeded",
        at: "2026-03-02T11:30:02.7654321Z",
        resource: samplePullRequest("completed")
    )

    /// A merge that was tried and found conflicts: no neutral event.
    static let pullRequestConflictsSample = sample(
        "git.pullrequest.merged.conflicts",
        of: "git.pullrequest.merged",
        "Merge attempt for pull request 42 (Retry failed uploads) in app failed with conflicts",
        at: "2026-03-02T09:41:02.7654321Z",
        resource: samplePullRequest("active", mergeStatus: "conflicts")
    )

    /// A change of which only the message says what it was.
    static let pullRequestUpdatedSample = sample(
        "git.pullrequest.updated",
        of: "git.pullrequest.updated",
        "Ada Acme updated the source branch of pull request 42 (Retry failed uploads) in app",
        at: "2026-03-02T09:40:58.3333333Z",
        resource: samplePullRequest("active", mergeStatus: "queued")
    )

    /// A pull request that was given up.
    static let pullRequestAbandonedSample = sample(
        "git.pullrequest.updated.abandoned",
        of: "git.pullrequest.updated",
        "Ada Acme abandoned pull request 42 (Retry failed uploads) in app",
        at: "2026-03-02T11:30:01.2345678Z",
        resource: samplePullRequest("abandoned")
    )

    /// A pull request that was merged.
    static let pullRequestCompletedSample = sample(
        "git.pullrequest.updated.completed",
        of: "git.pullrequest.updated",
        "Ben Acme completed pull request 42 (Retry failed uploads) in app",
        at: "2026-03-02T11:30:01.2345678Z",
        resource: samplePullRequest("completed")
    )

    /// A comment that answers another.
    static let commentSample = sample(
        "git.pullrequest.comment",
        of: "ms.vss-code.git-pullrequest-comment-event",
        "Ben Acme has commented on a pull request",
        at: "2026-03-02T09:20:11.4444444Z",
        resource: #"""
            {
              "comment": {
                "id": 2,
                "parentCommentId": 1,
                "author": \#(sampleBen),
                "content": "Why three tries?",
                "publishedDate": "2026-03-02T09:20:10.21Z",
                "lastUpdatedDate": "2026-03-02T09:20:10.21Z",
                "commentType": "text",
                "_links": {
                  "self": {"href": "\#(samplePullRequestAddress)/threads/5/comments/2"},
                  "threads": {"href": "\#(samplePullRequestAddress)/threads/5"}
                }
              },
              "pullRequest": \#(samplePullRequest("active"))
            }
            """#
    )

    private static let samplePullRequestAddress =
        "https://dev.azure.com/acme/_apis/git/repositories/\(sampleRepositoryId)/pullRequests/42"
}
