extension AzureDevOps {
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
                "lastContentUpdatedDate": "2026-03-02T09:20:10.21Z",
                "commentType": "text",
                "usersLiked": [],
                "_links": {
                  "self": {"href": "\#(samplePullRequestAddress)/threads/5/comments/2"},
                  "threads": {"href": "\#(samplePullRequestAddress)/threads/5"},
                  "pullRequests": {"href": "https://dev.azure.com/acme/_apis/git/pullRequests/42"}
                }
              },
              "pullRequest": \#(samplePullRequest(status: "active"))
            }
            """#
    )

    private static let samplePullRequestAddress =
        "https://dev.azure.com/acme/_apis/git/repositories/\(sampleRepositoryId)/pullRequests/42"

    /// A push to a branch.
    static let pushSample = sample(
        "git.push",
        of: "git.push",
        "Ada Acme pushed updates to app:main.",
        version: "1.0",
        at: "2026-03-02T09:41:01.1111111Z",
        resource: #"""
            {
              "commits": [
                {
                  "commitId": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
                  "author": {"name": "Ada Acme", "email": "ada@acme.example", "date": "2026-03-02T09:39:00Z"},
                  "comment": "Retry failed uploads"
                }
              ],
              "refUpdates": [
                {
                  "name": "refs/heads/main",
                  "oldObjectId": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
                  "newObjectId": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"
                }
              ],
              "repository": \#(sampleRepository),
              "pushedBy": \#(sampleAda),
              "pushId": 118,
              "date": "2026-03-02T09:41:00.4321Z"
            }
            """#
    )

    /// A new tag.
    static let pushTagSample = sample(
        "git.push.tag",
        of: "git.push",
        "Ada Acme created tag v1.4.0 in app.",
        version: "1.0",
        at: "2026-03-02T12:00:01.1111111Z",
        resource: #"""
            {
              "refUpdates": [
                {
                  "name": "refs/tags/v1.4.0",
                  "oldObjectId": "0000000000000000000000000000000000000000",
                  "newObjectId": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"
                }
              ],
              "repository": \#(sampleRepository),
              "pushedBy": \#(sampleAda),
              "pushId": 119,
              "date": "2026-03-02T12:00:00.4321Z"
            }
            """#
    )

    /// A work item, which is no neutral event.
    static let workItemCreatedSample = sample(
        "workitem.created",
        of: "workitem.created",
        "Bug #17 (Uploads fail on slow links) created by Ada Acme",
        version: "1.0",
        at: "2026-03-01T16:00:01.5Z",
        resource: #"""
            {
              "id": 17,
              "rev": 1,
              "fields": {
                "System.TeamProject": "acme",
                "System.WorkItemType": "Bug",
                "System.State": "New",
                "System.CreatedDate": "2026-03-01T16:00:00.37Z",
                "System.Title": "Uploads fail on slow links"
              },
              "url": "https://dev.azure.com/acme/_apis/wit/workItems/17"
            }
            """#
    )
}
