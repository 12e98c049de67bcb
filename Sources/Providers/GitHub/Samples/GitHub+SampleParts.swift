/// What the samples have in common; what ends in `Members` goes into braces, next to what is special.
extension GitHub {
    /// The commit that the pull request is to be merged onto.
    static let sampleBaseCommit = "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12"
    /// The commit that the pull request was opened with.
    static let sampleFirstCommit = "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677"
    /// The commit that was pushed to it, and built.
    static let sampleSecondCommit = "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd"
    /// The commit that merged it.
    static let sampleMergeCommit = "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"

    /// Ada, who merges.
    static let sampleAda = sampleAccount("ada-acme", id: 4_100_001, type: "User")
    /// Ben, who reviews.
    static let sampleBen = sampleAccount("ben-acme", id: 4_100_002, type: "User")
    /// Cleo, who contributes from a fork.
    static let sampleCleo = sampleAccount("cleo-outside", id: 4_100_003, type: "User")
    /// The bot that builds.
    static let sampleBot = sampleAccount("acme-ci[bot]", id: 4_100_004, type: "Bot")
    /// The organization, as the owner of its repository.
    static let sampleOwner = sampleAccount("acme", id: 4_000_001, type: "Organization")

    private static func sampleAccount(_ login: String, id: Int, type: String) -> String {
        #"{"login": "\#(login)", "id": \#(id), "type": "\#(type)", "site_admin": false}"#
    }

    /// The organization, as it stands next to the repository.
    static let sampleOrganization = #"{"login": "acme", "id": 4000001}"#

    /// The repository `acme/app`, but for its times: those of a push are numbers.
    static let sampleRepositoryMembers = #"""
        "id": 750001234, "node_id": "R_750001234", "name": "app", "full_name": "acme/app",
        "private": false, "owner": \#(sampleOwner), "html_url": "https://github.com/acme/app",
        "description": "The application", "fork": false, "default_branch": "main", "visibility": "public"
        """#

    /// The repository `acme/app`.
    static let sampleRepository = #"""
        {
          \#(sampleRepositoryMembers), "created_at": "2024-02-05T09:00:00Z",
          "updated_at": "2026-03-02T08:00:00Z", "pushed_at": "2026-03-02T09:10:00Z"
        }
        """#

    /// The branch of the pull request, in Cleo's fork.
    static func sampleHead(at commit: String) -> String {
        #"""
        {
          "label": "cleo-outside:retry-uploads", "ref": "retry-uploads", "sha": "\#(commit)",
          "user": \#(sampleCleo),
          "repo": {
            "id": 750009876, "node_id": "R_750009876", "name": "app", "full_name": "cleo-outside/app",
            "private": false, "owner": \#(sampleCleo), "html_url": "https://github.com/cleo-outside/app",
            "description": "The application", "fork": true, "default_branch": "main",
            "visibility": "public", "created_at": "2026-02-20T09:00:00Z",
            "updated_at": "2026-03-02T08:00:00Z", "pushed_at": "2026-03-02T09:10:00Z"
          }
        }
        """#
    }

    /// Pull request 42, but for its state and labels, its head and the times that change.
    static let samplePullRequestMembers = #"""
        "id": 3000000042, "node_id": "PR_42", "number": 42, "title": "Retry uploads that time out",
        "body": "Uploads over slow links fail after 30 s.\n\nThis retries them, with a “backoff”.",
        "html_url": "https://github.com/acme/app/pull/42", "user": \#(sampleCleo),
        "author_association": "CONTRIBUTOR", "draft": false, "locked": false,
        "assignee": null, "assignees": [], "requested_reviewers": [], "requested_teams": [],
        "milestone": null, "auto_merge": null, "created_at": "2026-03-02T09:00:00Z",
        "base": {
          "label": "acme:main", "ref": "main", "sha": "\#(sampleBaseCommit)",
          "user": \#(sampleOwner), "repo": \#(sampleRepository)
        }
        """#

    /// Issue 17, but for its comments and the time of its last change.
    static let sampleIssueMembers = #"""
        "id": 2800000017, "node_id": "I_17", "number": 17, "title": "Uploads fail on slow links",
        "html_url": "https://github.com/acme/app/issues/17", "user": \#(sampleAda), "body": null,
        "state": "open", "locked": false, "labels": [], "assignee": null, "assignees": [],
        "milestone": null, "created_at": "2026-03-01T16:00:00Z", "closed_at": null
        """#
}
