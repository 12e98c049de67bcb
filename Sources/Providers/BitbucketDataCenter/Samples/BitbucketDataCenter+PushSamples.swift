extension BitbucketDataCenter {
    /// Two commits on a branch.
    static let refsChangedSample = Sample(
        "repo.refs_changed",
        of: "repo:refs_changed",
        #"""
        {
          "eventKey": "repo:refs_changed", "date": "2026-03-02T10:00:00+0000",
          "actor": {
            "name": "ada", "emailAddress": "ada@acme.example", "active": true,
            "displayName": "Ada Acme", "id": 101, "slug": "ada", "type": "NORMAL",
            "links": {"self": [{"href": "https://bitbucket.acme.example/users/ada"}]}
          },
          "repository": {
            "slug": "app", "id": 31, "name": "app", "hierarchyId": "e3c30c3756664e7d0001",
            "scmId": "git", "state": "AVAILABLE", "statusMessage": "Available", "forkable": true,
            "project": {"key": "ACME", "id": 7, "name": "Acme", "public": false, "type": "NORMAL"},
            "public": false, "archived": false,
            "links": {
              "self": [{"href": "https://bitbucket.acme.example/projects/ACME/repos/app/browse"}]
            }
          },
          "changes": [
            {
              "ref": {"id": "refs/heads/main", "displayId": "main", "type": "BRANCH"},
              "refId": "refs/heads/main", "fromHash": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
              "toHash": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b", "type": "UPDATE"
            }
          ],
          "commits": [
            {
              "id": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b", "displayId": "3c9f1de27a5",
              "author": {"name": "ada", "emailAddress": "ada@acme.example"},
              "authorTimestamp": 1772445600000,
              "committer": {"name": "ada", "emailAddress": "ada@acme.example"},
              "committerTimestamp": 1772445600000, "message": "Retry uploads that time out",
              "parents": [
                {"id": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd", "displayId": "2b7d9e11a0c"}
              ]
            },
            {
              "id": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd", "displayId": "2b7d9e11a0c",
              "author": {"name": "cleo", "emailAddress": "cleo@acme.example"},
              "authorTimestamp": 1772442600000,
              "committer": {"name": "cleo", "emailAddress": "cleo@acme.example"},
              "committerTimestamp": 1772442600000, "message": "Retry uploads",
              "parents": [
                {"id": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12", "displayId": "b05e5ad0c1d"}
              ]
            }
          ],
          "toCommit": {
            "id": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b", "displayId": "3c9f1de27a5",
            "author": {"name": "ada", "emailAddress": "ada@acme.example"},
            "authorTimestamp": 1772445600000,
            "committer": {"name": "ada", "emailAddress": "ada@acme.example"},
            "committerTimestamp": 1772445600000, "message": "Retry uploads that time out",
            "parents": [
              {"id": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd", "displayId": "2b7d9e11a0c"}
            ]
          }
        }
        """#
    )

    /// A new tag.
    static let refsChangedTagSample = Sample(
        "repo.refs_changed.tag",
        of: "repo:refs_changed",
        #"""
        {
          "eventKey": "repo:refs_changed", "date": "2026-03-02T11:00:00+0000",
          "actor": {
            "name": "ada", "emailAddress": "ada@acme.example", "active": true,
            "displayName": "Ada Acme", "id": 101, "slug": "ada", "type": "NORMAL",
            "links": {"self": [{"href": "https://bitbucket.acme.example/users/ada"}]}
          },
          "repository": {
            "slug": "app", "id": 31, "name": "app", "hierarchyId": "e3c30c3756664e7d0001",
            "scmId": "git", "state": "AVAILABLE", "statusMessage": "Available", "forkable": true,
            "project": {"key": "ACME", "id": 7, "name": "Acme", "public": false, "type": "NORMAL"},
            "public": false, "archived": false,
            "links": {
              "self": [{"href": "https://bitbucket.acme.example/projects/ACME/repos/app/browse"}]
            }
          },
          "changes": [
            {
              "ref": {"id": "refs/tags/v1.4.0", "displayId": "v1.4.0", "type": "TAG"},
              "refId": "refs/tags/v1.4.0", "fromHash": "0000000000000000000000000000000000000000",
              "toHash": "9a8b7c6d5e4f30211203f4e5d6c7b8a990817263", "type": "ADD"
            }
          ],
          "commits": [],
          "toCommit": {
            "id": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b", "displayId": "3c9f1de27a5",
            "author": {"name": "ada", "emailAddress": "ada@acme.example"},
            "authorTimestamp": 1772445600000,
            "committer": {"name": "ada", "emailAddress": "ada@acme.example"},
            "committerTimestamp": 1772445600000, "message": "Retry uploads that time out",
            "parents": [
              {"id": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd", "displayId": "2b7d9e11a0c"}
            ]
          }
        }
        """#
    )
}
