/// What the samples have in common; what ends in `Members` goes into braces, next to what is special.
extension BitbucketDataCenter {
    /// The commit that the pull request is to be merged onto.
    static let sampleBaseCommit = "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12"
    /// The commit that the pull request was opened with.
    static let sampleFirstCommit = "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677"
    /// The commit that was pushed to it.
    static let sampleSecondCommit = "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd"
    /// The commit that merged it.
    static let sampleMergeCommit = "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"

    /// Ada, who merges.
    static let sampleAda = sampleUser("ada", id: 101, "Ada Acme")
    /// Ben, who reviews.
    static let sampleBen = sampleUser("ben", id: 102, "Ben Acme")
    /// Cleo, who contributes from a fork.
    static let sampleCleo = sampleUser("cleo", id: 103, "Cleo Acme")

    private static func sampleUser(_ name: String, id: Int, _ displayName: String) -> String {
        #"""
        {
          "name": "\#(name)", "emailAddress": "\#(name)@acme.example", "active": true,
          "displayName": "\#(displayName)", "id": \#(id), "slug": "\#(name)", "type": "NORMAL",
          "links": {"self": [{"href": "https://bitbucket.acme.example/users/\#(name)"}]}
        }
        """#
    }

    /// The repository `ACME/app`.
    static let sampleRepository = #"""
        {
          \#(repositoryMembers), "id": 31,
          "project": {"key": "ACME", "id": 7, "name": "Acme", "public": false, "type": "NORMAL"},
          "links": {"self": [{"href": "https://bitbucket.acme.example/projects/ACME/repos/app/browse"}]}
        }
        """#

    /// Cleo's fork of it, but for its origin, which only some bodies have.
    static let sampleForkMembers = #"""
        \#(repositoryMembers), "id": 32,
        "project": {
          "key": "~cleo", "id": 9, "name": "Cleo Acme", "type": "PERSONAL", "owner": \#(sampleCleo)
        },
        "links": {"self": [{"href": "https://bitbucket.acme.example/users/cleo/repos/app/browse"}]}
        """#

    private static let repositoryMembers = #"""
        "slug": "app", "name": "app", "hierarchyId": "e3c30c3756664e7d0001", "scmId": "git",
        "state": "AVAILABLE", "statusMessage": "Available", "forkable": true, "public": false,
        "archived": false
        """#

    /// Pull request 42, but for its state, its branch, its reviewers and the time of its last change.
    static let samplePullRequestMembers = #"""
        "id": 42, "title": "Retry uploads that time out",
        "description": "Uploads over slow links fail after 30 s.\n\nThis retries them politely.",
        "links": {
          "self": [{"href": "https://bitbucket.acme.example/projects/ACME/repos/app/pull-requests/42"}]
        },
        "draft": false, "locked": false, "participants": [], "createdDate": 1772442000401,
        "author": {
          "user": \#(sampleCleo), "role": "AUTHOR", "approved": false, "status": "UNAPPROVED"
        },
        "toRef": {
          "id": "refs/heads/main", "displayId": "main", "latestCommit": "\#(sampleBaseCommit)",
          "type": "BRANCH", "repository": \#(sampleRepository)
        }
        """#

    /// The pull request's branch, in Cleo's fork.
    static func sampleFromRef(at commit: String) -> String {
        #"""
        {
          "id": "refs/heads/retry-uploads", "displayId": "retry-uploads", "latestCommit": "\#(commit)",
          "type": "BRANCH", "repository": {\#(sampleForkMembers)}
        }
        """#
    }

    /// The pull request while it is open; untouched, unless it is told otherwise.
    static func sampleOpenPullRequest(
        at commit: String = sampleFirstCommit,
        version: Int = 0,
        updated: Int = 1_772_442_000_401,
        reviewer: String = ""
    ) -> String {
        #"""
        {
          \#(samplePullRequestMembers), "fromRef": \#(sampleFromRef(at: commit)), "version": \#(version),
          "state": "OPEN", "open": true, "closed": false, "updatedDate": \#(updated),
          "reviewers": [\#(reviewer)]
        }
        """#
    }
}
