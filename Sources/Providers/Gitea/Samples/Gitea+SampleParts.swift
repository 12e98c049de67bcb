/// What the samples share: people, commits, a repository and pull request 42 of it, none of which exist.
extension Gitea {
    /// Who owns the code.
    static let sampleAda = #"{"id": 11, "login": "ada", "full_name": "Ada Acme", "username": "ada"}"#

    /// Who reviews it.
    static let sampleBen = #"{"id": 12, "login": "ben", "full_name": "Ben Acme", "username": "ben"}"#

    /// Who sends a pull request from a fork.
    static let sampleCleo = #"{"id": 13, "login": "cleo", "full_name": "Cleo Outside", "username": "cleo"}"#

    /// The repository that receives the events.
    static let sampleRepository = #"""
        {
          "id": 501,
          "owner": {"id": 10, "login": "acme", "full_name": "Acme", "username": "acme"},
          "name": "app",
          "full_name": "acme/app",
          "description": "The application",
          "private": true,
          "fork": false,
          "html_url": "https://git.acme.example/acme/app",
          "clone_url": "https://git.acme.example/acme/app.git",
          "default_branch": "main"
        }
        """#

    /// The commit of `main` that the pull request is based on.
    static let sampleBaseHash = "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12"

    /// The commit with which the pull request is opened.
    static let sampleHeadHash = "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677"

    /// The commit that is pushed to it later.
    static let sampleNewHeadHash = "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd"

    /// The commit that merges it.
    static let sampleMergeHash = "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"

    /// The commit that merges the pull request, as pushes have it.
    static let sampleMergeCommit = #"""
        {
          "id": "\#(sampleMergeHash)",
          "message": "Retry uploads that time out (#42)\n\nCloses #17.",
          "url": "https://git.acme.example/acme/app/commit/\#(sampleMergeHash)",
          "author": {"name": "Ada Acme", "email": "ada@acme.example", "username": "ada"},
          "timestamp": "2026-03-02T11:00:00+01:00",
          "modified": ["Sources/Upload.swift"]
        }
        """#

    /// The last commit of the pull request, as pushes have it.
    static let sampleTypoCommit = #"""
        {
          "id": "\#(sampleNewHeadHash)",
          "message": "Fix a typo\n",
          "url": "https://git.acme.example/acme/app/commit/\#(sampleNewHeadHash)",
          "author": {"name": "Cleo Outside", "email": "cleo@acme.example", "username": "cleo"},
          "timestamp": "2026-03-02T11:00:00+01:00",
          "modified": ["README.md"]
        }
        """#

    /// A label of the repository.
    static let sampleLabel = #"{"id": 5, "name": "bug", "exclusive": false, "color": "ee0701"}"#

    /// The members of a pull request that tell that it is open.
    static let sampleOpenState = #""state": "open", "draft": false, "merged": false, "merged_at": null"#

    /// Pull request 42 as Gitea and Forgejo have it, changed last at an hour and minute; the state is all
    /// members that tell whether it is open.
    static func samplePullRequest(
        updatedAt time: String,
        title: String = "Retry uploads that time out",
        head: String = sampleHeadHash,
        labels: String = "",
        state: String = sampleOpenState
    ) -> String {
        #"""
        {
          "id": 3042,
          "number": 42,
          "user": \#(sampleCleo),
          "title": "\#(title)",
          "body": "Uploads over slow links fail after 30 s.\n\nThis retries them, with a “backoff”.",
          "labels": [\#(labels)],
          "milestone": null,
          "assignees": [],
          \#(state),
          "html_url": "https://git.acme.example/acme/app/pulls/42",
          "mergeable": true,
          "base": {
            "label": "main", "ref": "main",
            "sha": "\#(sampleBaseHash)",
            "repo_id": 501,
            "repo": {"id": 501, "name": "app", "full_name": "acme/app", "private": true}
          },
          "head": {
            "label": "retry-uploads", "ref": "retry-uploads",
            "sha": "\#(head)",
            "repo_id": 507,
            "repo": {"id": 507, "name": "app", "full_name": "cleo/app", "private": true}
          },
          "created_at": "2026-03-02T10:00:00+01:00",
          "updated_at": "2026-03-02T\#(time):00+01:00"
        }
        """#
    }

    /// Pull request 42 as Gogs has it: without drafts, times, and hashes of its branches.
    static func sampleGogsPullRequest(
        labels: String = "",
        state: String = #""state": "open", "merged": false, "merged_at": null"#
    ) -> String {
        #"""
        {
          "id": 3042,
          "number": 42,
          "user": \#(sampleCleo),
          "title": "Retry uploads that time out",
          "body": "Uploads over slow links fail after 30 s.",
          "labels": [\#(labels)],
          "milestone": null,
          "assignee": null,
          \#(state),
          "head_branch": "retry-uploads",
          "head_repo": {"id": 507, "name": "app", "full_name": "cleo/app", "private": true, "fork": true},
          "base_branch": "main",
          "base_repo": {"id": 501, "name": "app", "full_name": "acme/app", "private": true, "fork": false},
          "html_url": "https://git.acme.example/acme/app/pulls/42",
          "mergeable": true
        }
        """#
    }

    /// An issue.
    static let sampleIssue = sampleIssue(17, "Uploads stop after 30 s", pullRequest: "null")

    /// Pull request 42 as the issue that it is, too.
    static let samplePullRequestIssue = sampleIssue(
        42,
        "Retry uploads that time out",
        pullRequest: #"{"merged": false, "merged_at": null}"#
    )

    private static func sampleIssue(_ number: Int, _ title: String, pullRequest: String) -> String {
        #"""
        {
          "id": \#(900 + number),
          "number": \#(number),
          "user": \#(sampleCleo),
          "title": "\#(title)",
          "body": "On a slow link.",
          "labels": [],
          "milestone": null,
          "state": "open",
          "comments": 1,
          "created_at": "2026-03-01T16:00:00+01:00",
          "updated_at": "2026-03-02T10:25:00+01:00",
          "pull_request": \#(pullRequest)
        }
        """#
    }

    /// A comment on the issue.
    static let sampleIssueComment = sampleComment(7001, "Which version is that?", by: sampleAda, "issues/17")

    /// A comment on the pull request.
    static let samplePullRequestComment = sampleComment(
        7002,
        "Does it retry for ever?",
        by: sampleBen,
        "pulls/42"
    )

    private static func sampleComment(_ id: Int, _ text: String, by user: String, _ parent: String) -> String
    {
        #"""
        {
          "id": \#(id),
          "html_url": "https://git.acme.example/acme/app/\#(parent)#issuecomment-\#(id)",
          "user": \#(user),
          "body": "\#(text)",
          "created_at": "2026-03-02T10:25:00+01:00",
          "updated_at": "2026-03-02T10:25:00+01:00"
        }
        """#
    }
}
