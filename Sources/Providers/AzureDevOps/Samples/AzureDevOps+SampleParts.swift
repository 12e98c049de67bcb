/// What the samples share: people and a repository that do not exist, and the envelope of notifications.
extension AzureDevOps {
    /// A sample, with what stands around the resource of every notification.
    static func sample(
        _ name: String,
        of event: String,
        _ message: String,
        version: String = "2.0",
        at createdDate: String,
        resource: String
    ) -> Sample {
        Sample(
            name,
            of: event,
            #"""
            {
              "subscriptionId": "5a1f3c77-0d24-4be9-9a63-7c1e88d0b2f4",
              "notificationId": 31,
              "id": "e0c7a5d2-43b1-4f6e-8b90-2d5f61a7c3e8",
              "eventType": "\#(event)",
              "publisherId": "\#(event.hasPrefix("ms.vss-pipelines") ? "pipelines" : "tfs")",
              "message": {"text": "\#(message)"},
              "resource": \#(resource),
              "resourceVersion": "\#(version)",
              "resourceContainers": {
                "project": {"id": "\#(sampleProjectId)", "baseUrl": "https://dev.azure.com/acme/"}
              },
              "createdDate": "\#(createdDate)"
            }
            """#
        )
    }

    private static let sampleProjectId = "c2f9a1d4-7e35-4b68-8d07-9f1b3c5e2a60"

    /// The project `acme`.
    static let sampleProject = #"""
        {"id": "\#(sampleProjectId)", "name": "acme", "state": "wellFormed", "visibility": "private"}
        """#

    /// The id of the repository `acme/app`.
    static let sampleRepositoryId = "7d4b9e10-2c6f-4a83-b5d1-e8f0a3c72946"

    /// The repository `acme/app`.
    static let sampleRepository = #"""
        {
          "id": "\#(sampleRepositoryId)",
          "name": "app",
          "url": "https://dev.azure.com/acme/_apis/git/repositories/\#(sampleRepositoryId)",
          "project": \#(sampleProject),
          "remoteUrl": "https://acme@dev.azure.com/acme/acme/_git/app",
          "webUrl": "https://dev.azure.com/acme/acme/_git/app"
        }
        """#

    /// The commit of `main` that the pull request is based on.
    static let sampleBaseHash = "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12"

    /// The last commit of the pull request.
    static let sampleHeadHash = "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd"

    /// The commit that merges it.
    static let sampleMergeHash = "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"

    /// Who works on it.
    static let sampleAda = sampleUser("f1c8d6a4-3e27-4b95-80d2-6a9e5c1b7f03", "Ada Acme", "ada@acme.example")

    /// Who reviews it.
    static let sampleBen = sampleUser("0b7e5f92-8d14-4c6a-a3f9-1e2d8c5b6074", "Ben Acme", "ben@acme.example")

    private static func sampleUser(_ id: String, _ name: String, _ uniqueName: String) -> String {
        #"""
        {
          "displayName": "\#(name)",
          "id": "\#(id)",
          "uniqueName": "\#(uniqueName)",
          "descriptor": "aad.\#(id)"
        }
        """#
    }

    /// Pull request 42 of `acme/app`, closed two and a half hours after it was opened unless it is active.
    static func samplePullRequest(_ status: String, mergeStatus: String = "succeeded") -> String {
        #"""
        {
          "repository": \#(sampleRepository),
          "pullRequestId": 42,
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
          "lastMergeSourceCommit": {"commitId": "\#(sampleHeadHash)"},
          "lastMergeTargetCommit": {"commitId": "\#(sampleBaseHash)"},
          "lastMergeCommit": {"commitId": "\#(sampleMergeHash)"},
          "reviewers": [{"vote": 10, "displayName": "Ben Acme", "uniqueName": "ben@acme.example"}],
          "_links": {"web": {"href": "https://dev.azure.com/acme/acme/_git/app/pullrequest/42"}}
        }
        """#
    }
}
