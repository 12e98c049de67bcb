/// What the samples have in common; what ends in `Members` goes into braces, next to what is special.
extension BitbucketCloud {
    /// The commit that the pull request is to be merged onto.
    static let sampleBaseHash = "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12"
    /// The commit that the pull request was opened with.
    static let sampleFirstHash = "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677"
    /// The commit that was pushed to it, and built.
    static let sampleSecondHash = "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd"
    /// The commit that merged it.
    static let sampleMergeHash = "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"

    /// Ada, who merges.
    static let sampleAda = sampleUser("ada", "Ada Acme", "0c9d1e2f-1111-4a4a-8b8b-000000000001")
    /// Ben, who reviews.
    static let sampleBen = sampleUser("ben", "Ben Acme", "0c9d1e2f-2222-4a4a-8b8b-000000000002")
    /// Cleo, who contributes from a fork.
    static let sampleCleo = sampleUser("cleo", "Cleo Outside", "0c9d1e2f-3333-4a4a-8b8b-000000000003")

    private static func sampleUser(_ nickname: String, _ displayName: String, _ uuid: String) -> String {
        #"""
        {
          "type": "user", "display_name": "\#(displayName)", "nickname": "\#(nickname)",
          "uuid": "{\#(uuid)}", "account_id": "712020:\#(nickname)",
          "links": {"html": {"href": "https://bitbucket.org/%7B\#(uuid)%7D/"}}
        }
        """#
    }

    /// Ada, as the author of a commit.
    static let sampleAuthorAda =
        #"{"type": "author", "raw": "Ada Acme <ada@acme.example>", "user": \#(sampleAda)}"#
    /// Cleo, as the author of a commit.
    static let sampleAuthorCleo =
        #"{"type": "author", "raw": "Cleo Outside <cleo@outside.example>", "user": \#(sampleCleo)}"#

    /// The repository `acme/app`, as it stands at the top of a body.
    static let sampleRepository = #"""
        {
          "type": "repository", "name": "app", "full_name": "acme/app",
          "uuid": "{5d3f6a70-aaaa-4c4c-9d9d-000000000010}",
          "links": {"html": {"href": "https://bitbucket.org/acme/app"}},
          "scm": "git", "website": null, "is_private": true, "parent": null,
          "workspace": {"type": "workspace", "slug": "acme", "name": "Acme"},
          "project": {"type": "project", "key": "APP", "name": "App"}
        }
        """#

    /// The same repository inside another object, where less is said of it.
    static let sampleNestedRepository = #"""
        {
          "type": "repository", "name": "app", "full_name": "acme/app",
          "uuid": "{5d3f6a70-aaaa-4c4c-9d9d-000000000010}",
          "links": {"html": {"href": "https://bitbucket.org/acme/app"}}
        }
        """#

    /// A commit in full, as pushes and comments have it.
    static func sampleCommit(_ hash: String, _ title: String, by author: String, at date: String) -> String {
        #"""
        {
          "type": "commit", "hash": "\#(hash)", "date": "\#(date)", "message": "\#(title)\n",
          "author": \#(author),
          "links": {"html": {"href": "https://bitbucket.org/acme/app/commits/\#(hash.prefix(12))"}}
        }
        """#
    }

    /// The commit that was pushed to the pull request, in full.
    static let sampleSecondCommit = sampleCommit(
        sampleSecondHash,
        "Retry uploads",
        by: sampleAuthorCleo,
        at: "2026-03-02T09:10:00+00:00"
    )

    /// The commit that merged the pull request, in full.
    static let sampleMergeCommit = sampleCommit(
        sampleMergeHash,
        "Retry uploads that time out",
        by: sampleAuthorAda,
        at: "2026-03-02T10:00:00+00:00"
    )

    /// A commit as pull requests have it: abbreviated.
    static func sampleShortCommit(_ hash: String, of repository: String = "acme/app") -> String {
        let short = hash.prefix(12)
        return #"""
            {
              "type": "commit", "hash": "\#(short)",
              "links": {"html": {"href": "https://bitbucket.org/\#(repository)/commits/\#(short)"}}
            }
            """#
    }

    /// Pull request 42, but for its state, its source and the time of its last change.
    static let samplePullRequestMembers = #"""
        "type": "pullrequest", "id": 42, "title": "Retry uploads that time out",
        "description": "Uploads over slow links fail after 30 s.\n\nThis retries them politely.",
        "links": {"html": {"href": "https://bitbucket.org/acme/app/pull-requests/42"}},
        "draft": false, "close_source_branch": true, "author": \#(sampleCleo),
        "reviewers": [\#(sampleBen)], "participants": [], "comment_count": 1, "task_count": 0,
        "created_on": "2026-03-02T09:00:00.401277+00:00",
        "destination": {
          "branch": {"name": "main"}, "commit": \#(sampleShortCommit(sampleBaseHash)),
          "repository": \#(sampleNestedRepository)
        }
        """#

    /// The pull request's branch, in Cleo's fork.
    static func sampleSource(at hash: String) -> String {
        #"""
        {
          "branch": {"name": "retry-uploads"}, "commit": \#(sampleShortCommit(hash, of: "cleo/app")),
          "repository": {
            "type": "repository", "name": "app", "full_name": "cleo/app",
            "uuid": "{5d3f6a70-bbbb-4c4c-9d9d-000000000011}",
            "links": {"html": {"href": "https://bitbucket.org/cleo/app"}}
          }
        }
        """#
    }

    /// The pull request while it is open.
    static func sampleOpenPullRequest(at hash: String, updatedOn: String) -> String {
        #"""
        {
          \#(samplePullRequestMembers), "source": \#(sampleSource(at: hash)), "state": "OPEN",
          "merge_commit": null, "closed_by": null, "reason": "", "updated_on": "\#(updatedOn)"
        }
        """#
    }

    /// Issue 17.
    static let sampleIssue = #"""
        {
          "type": "issue", "id": 17, "title": "Uploads fail on slow links",
          "content": \#(sampleContent("After 30 s.")), "reporter": \#(sampleBen), "assignee": null,
          "priority": "major", "state": "new", "kind": "bug",
          "created_on": "2026-03-01T08:00:00.250000+00:00",
          "updated_on": "2026-03-02T08:30:00.250000+00:00",
          "links": {"html": {"href": "https://bitbucket.org/acme/app/issues/17"}},
          "repository": \#(sampleNestedRepository)
        }
        """#

    /// A text that people wrote.
    static func sampleContent(_ text: String) -> String {
        #"{"type": "rendered", "raw": "\#(text)", "markup": "markdown", "html": "<p>\#(text)</p>"}"#
    }
}
