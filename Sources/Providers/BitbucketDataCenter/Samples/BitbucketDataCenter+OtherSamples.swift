extension BitbucketDataCenter {
    /// The connection test, which has no neutral event.
    static let pingSample = Sample(
        "diagnostics.ping",
        of: "diagnostics:ping",
        #"""
        {"test": true}
        """#
    )

    /// A fork, which has no neutral event.
    static let repositoryForkedSample = Sample(
        "repo.forked",
        of: "repo:forked",
        #"""
        {
          "eventKey": "repo:forked", "date": "2026-03-02T08:00:00+0000",
          "actor": {
            "name": "cleo", "emailAddress": "cleo@acme.example", "active": true,
            "displayName": "Cleo Acme", "id": 103, "slug": "cleo", "type": "NORMAL",
            "links": {"self": [{"href": "https://bitbucket.acme.example/users/cleo"}]}
          },
          "repository": {
            "slug": "app", "id": 32, "name": "app", "hierarchyId": "e3c30c3756664e7d0001",
            "scmId": "git", "state": "AVAILABLE", "statusMessage": "Available", "forkable": true,
            "origin": {
              "slug": "app", "id": 31, "name": "app", "hierarchyId": "e3c30c3756664e7d0001",
              "scmId": "git", "state": "AVAILABLE", "statusMessage": "Available", "forkable": true,
              "project": {"key": "ACME", "id": 7, "name": "Acme", "public": false, "type": "NORMAL"},
              "public": false, "archived": false,
              "links": {
                "self": [{"href": "https://bitbucket.acme.example/projects/ACME/repos/app/browse"}]
              }
            },
            "project": {
              "key": "~cleo", "id": 9, "name": "Cleo Acme", "type": "PERSONAL",
              "owner": {
                "name": "cleo", "emailAddress": "cleo@acme.example", "active": true,
                "displayName": "Cleo Acme", "id": 103, "slug": "cleo", "type": "NORMAL",
                "links": {"self": [{"href": "https://bitbucket.acme.example/users/cleo"}]}
              }
            },
            "public": false, "archived": false,
            "links": {
              "self": [{"href": "https://bitbucket.acme.example/users/cleo/repos/app/browse"}]
            }
          }
        }
        """#
    )
}
