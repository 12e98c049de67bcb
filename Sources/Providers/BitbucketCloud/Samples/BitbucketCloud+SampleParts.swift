/// What the samples have in common.
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
    static let sampleNestedRepository = sampleNestedRepository(
        "acme/app",
        "5d3f6a70-aaaa-4c4c-9d9d-000000000010"
    )

    private static func sampleNestedRepository(_ fullName: String, _ uuid: String) -> String {
        #"""
        {
          "type": "repository", "name": "app", "full_name": "\#(fullName)", "uuid": "{\#(uuid)}",
          "links": {"html": {"href": "https://bitbucket.org/\#(fullName)"}}
        }
        """#
    }

    /// The commit on top of which the pull request was written.
    static let sampleBaseCommit = sampleCommit(sampleBaseHash, "Add limits", sampleAda, "2026-03-01T16:00:00")
    /// The commit that was pushed to the pull request, and built.
    static let sampleSecondCommit = sampleCommit(
        sampleSecondHash,
        "Retry uploads",
        sampleCleo,
        "2026-03-02T09:10:00"
    )
    /// The commit that merged the pull request.
    static let sampleMergeCommit = sampleCommit(
        sampleMergeHash,
        "Retry uploads that time out",
        sampleAda,
        "2026-03-02T10:00:00"
    )
}
