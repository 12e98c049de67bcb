extension BitbucketCloud {
    /// An issue, which has no neutral event.
    static let issueCreatedSample = Sample(
        "issue.created",
        of: "issue:created",
        #"""
        {
          "repository": {
            "type": "repository", "full_name": "acme/app",
            "links": {"html": {"href": "https://bitbucket.org/acme/app"}}, "name": "app",
            "scm": "git", "website": null,
            "workspace": {"type": "workspace", "slug": "acme", "name": "Acme"}, "is_private": true,
            "project": {"type": "project", "key": "APP", "name": "App"},
            "uuid": "{5d3f6a70-aaaa-4c4c-9d9d-000000000010}", "parent": null
          },
          "actor": {
            "display_name": "Ben Acme",
            "links": {
              "html": {"href": "https://bitbucket.org/%7B0c9d1e2f-2222-4a4a-8b8b-000000000002%7D/"}
            },
            "type": "user", "uuid": "{0c9d1e2f-2222-4a4a-8b8b-000000000002}",
            "account_id": "712020:ben-0002", "nickname": "ben"
          },
          "issue": {
            "id": 17, "title": "Uploads fail on slow links",
            "content": {"raw": "After 30 s.", "markup": "markdown", "html": "<p>After 30 s.</p>"},
            "reporter": {
              "display_name": "Ben Acme",
              "links": {
                "html": {"href": "https://bitbucket.org/%7B0c9d1e2f-2222-4a4a-8b8b-000000000002%7D/"}
              },
              "type": "user", "uuid": "{0c9d1e2f-2222-4a4a-8b8b-000000000002}",
              "account_id": "712020:ben-0002", "nickname": "ben"
            },
            "assignee": null, "priority": "major", "state": "new", "kind": "bug", "type": "issue",
            "created_on": "2026-03-01T08:00:00.250000+00:00",
            "updated_on": "2026-03-02T08:30:00.250000+00:00",
            "links": {"html": {"href": "https://bitbucket.org/acme/app/issues/17"}},
            "repository": {
              "type": "repository", "full_name": "acme/app",
              "links": {"html": {"href": "https://bitbucket.org/acme/app"}}, "name": "app",
              "uuid": "{5d3f6a70-aaaa-4c4c-9d9d-000000000010}"
            }
          }
        }
        """#
    )
}
