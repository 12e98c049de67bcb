extension AzureDevOps {
    /// A push to a branch.
    static let pushSample = sample(
        "git.push",
        of: "git.push",
        "Ada Acme pushed updates to app:main.",
        version: "1.0",
        at: "2026-03-02T09:41:01.1111111Z",
        resource: #"""
            {
              "commits": [{"commitId": "\#(sampleMergeHash)", "comment": "Retry failed uploads"}],
              "refUpdates": [
                {
                  "name": "refs/heads/main",
                  "oldObjectId": "\#(sampleBaseHash)",
                  "newObjectId": "\#(sampleMergeHash)"
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
                  "newObjectId": "\#(sampleMergeHash)"
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
                "System.Title": "Uploads fail on slow links"
              },
              "url": "https://dev.azure.com/acme/_apis/wit/workItems/17"
            }
            """#
    )
}
