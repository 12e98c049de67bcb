extension GitHub {
    /// An issue, which has no neutral event.
    static let issuesOpenedSample = Sample(
        "issues.opened",
        of: "issues",
        #"""
        {
          "action": "opened",
          "issue": {\#(sampleIssueMembers), "comments": 0, "updated_at": "2026-03-01T16:00:00Z"},
          "repository": \#(sampleRepository), "organization": \#(sampleOrganization),
          "sender": \#(sampleAda)
        }
        """#
    )

    /// The test of a new hook, which has no neutral event.
    static let pingSample = Sample(
        "ping",
        of: "ping",
        #"""
        {
          "zen": "Small steps arrive sooner.", "hook_id": 510002222,
          "hook": {
            "type": "Repository", "id": 510002222, "name": "web", "active": true, "events": ["*"],
            "config": {
              "content_type": "json", "insecure_ssl": "0",
              "url": "https://hooks.acme.example/webhooks/github"
            },
            "updated_at": "2026-03-02T08:00:00Z", "created_at": "2026-03-02T08:00:00Z"
          },
          "repository": \#(sampleRepository), "sender": \#(sampleAda)
        }
        """#
    )
}
