extension Gitea {
    /// An issue, which is no neutral event.
    static let issuesOpenedSample = Sample(
        "issues.opened",
        of: "issues",
        #"""
        {
          "action": "opened",
          "number": 17,
          "issue": \#(sampleIssue),
          "repository": \#(sampleRepository),
          "sender": \#(sampleCleo)
        }
        """#
    )

    /// A release, which is none either.
    static let releasePublishedSample = Sample(
        "release.published",
        of: "release",
        #"""
        {
          "action": "published",
          "release": {
            "id": 77,
            "tag_name": "v1.4.0",
            "target_commitish": "main",
            "name": "1.4.0",
            "body": "Uploads are retried.",
            "html_url": "https://git.acme.example/acme/app/releases/tag/v1.4.0",
            "draft": false,
            "prerelease": false,
            "created_at": "2026-03-02T12:00:00+01:00",
            "published_at": "2026-03-02T12:00:00+01:00",
            "author": \#(sampleAda),
            "assets": []
          },
          "repository": \#(sampleRepository),
          "sender": \#(sampleAda)
        }
        """#
    )
}
