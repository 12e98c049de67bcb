extension BitbucketCloud {
    /// A build that has begun.
    static let commitStatusCreatedSample = Sample(
        "repo.commit_status_created",
        of: "repo:commit_status_created",
        #"""
        {
          "repository": \#(sampleRepository),
          "actor": \#(bot),
          "commit_status": {
            \#(commitStatusMembers), "state": "INPROGRESS", "description": "Testing",
            "updated_on": "2026-03-02T09:11:00.301000+00:00"
          }
        }
        """#
    )

    /// The same one, failed.
    static let commitStatusUpdatedSample = Sample(
        "repo.commit_status_updated",
        of: "repo:commit_status_updated",
        #"""
        {
          "repository": \#(sampleRepository),
          "actor": \#(bot),
          "commit_status": {
            \#(commitStatusMembers), "state": "FAILED", "description": "3 of 120 tests failed",
            "updated_on": "2026-03-02T09:16:30.099000+00:00"
          }
        }
        """#
    )

    private static let bot = #"""
        {
          "type": "app_user", "display_name": "Acme CI", "nickname": "acme-ci",
          "uuid": "{0c9d1e2f-4444-4a4a-8b8b-000000000004}", "account_id": "712020:acme-ci"
        }
        """#

    private static let commitStatusMembers = #"""
        "type": "build", "key": "acme-ci-42", "name": "Build #42 for retry-uploads",
        "url": "https://ci.acme.example/builds/42", "refname": "retry-uploads",
        "commit": \#(sampleSecondCommit), "created_on": "2026-03-02T09:11:00.301000+00:00",
        "repository": \#(sampleNestedRepository),
        "links": {
          "commit": {"href": "https://api.bitbucket.org/2.0/repositories/acme/app/commit/2b7d9e11a0c4"}
        }
        """#
}
