extension AzureDevOps {
    /// A sample, with what stands around the resource of every notification.
    ///
    /// - Parameters:
    ///   - name: The sample's name.
    ///   - event: The type of the event.
    ///   - message: What the web page would say.
    ///   - version: The version of the resource.
    ///   - createdDate: When the event happened.
    ///   - resource: The JSON of the resource.
    /// - Returns: The sample.
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
              "detailedMessage": {"text": "\#(message)"},
              "resource": \#(resource),
              "resourceVersion": "\#(version)",
              "resourceContainers": {
                "collection": {"id": "3b8d2f60-5c1e-4a79-92d4-0e6f7b1a8c35"},
                "account": {"id": "91c4e7b2-8a3d-4f05-b6e1-5d2c7a9f0e48"},
                "project": {"id": "\#(sampleProjectId)", "baseUrl": "https://dev.azure.com/acme/"}
              },
              "createdDate": "\#(createdDate)"
            }
            """#
        )
    }

    /// The id of the project `acme`.
    static let sampleProjectId = "c2f9a1d4-7e35-4b68-8d07-9f1b3c5e2a60"

    /// The project `acme`.
    static let sampleProject = #"""
        {
          "id": "\#(sampleProjectId)",
          "name": "acme",
          "url": "https://dev.azure.com/acme/_apis/projects/\#(sampleProjectId)",
          "state": "wellFormed",
          "revision": 17,
          "visibility": "private",
          "lastUpdateTime": "2026-02-01T08:00:00.12Z"
        }
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
          "size": 734003,
          "remoteUrl": "https://acme@dev.azure.com/acme/acme/_git/app",
          "sshUrl": "git@ssh.dev.azure.com:v3/acme/acme/app",
          "webUrl": "https://dev.azure.com/acme/acme/_git/app"
        }
        """#

    /// Who works on it.
    static let sampleAda = sampleUser("f1c8d6a4-3e27-4b95-80d2-6a9e5c1b7f03", "Ada Acme", "ada@acme.example")
    /// Who reviews it.
    static let sampleBen = sampleUser("0b7e5f92-8d14-4c6a-a3f9-1e2d8c5b6074", "Ben Acme", "ben@acme.example")

    private static func sampleUser(_ id: String, _ name: String, _ uniqueName: String) -> String {
        #"""
        {
          "displayName": "\#(name)",
          "url": "https://spsproduks1.vssps.visualstudio.com/A91c4/_apis/Identities/\#(id)",
          "id": "\#(id)",
          "uniqueName": "\#(uniqueName)",
          "descriptor": "aad.\#(id)"
        }
        """#
    }
}
