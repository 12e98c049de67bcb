extension BitbucketCloud {
    /// A build that has begun.
    static let commitStatusCreatedSample = Sample(
        "repo.commit_status_created",
        of: "repo:commit_status_created",
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
            "display_name": "Acme CI", "type": "app_user",
            "uuid": "{0c9d1e2f-4444-4a4a-8b8b-000000000004}", "account_id": "712020:ci-0004",
            "nickname": "acme-ci"
          },
          "commit_status": {
            "key": "acme-ci-42", "type": "build", "state": "INPROGRESS",
            "name": "Build #42 for retry-uploads", "refname": "retry-uploads",
            "commit": {
              "type": "commit", "hash": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
              "date": "2026-03-02T09:10:00+00:00", "message": "Retry uploads\n",
              "links": {
                "html": {
                  "href": "https://bitbucket.org/acme/app/commits/2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd"
                }
              }
            },
            "url": "https://ci.acme.example/builds/42", "description": "Testing",
            "created_on": "2026-03-02T09:11:00.301000+00:00",
            "updated_on": "2026-03-02T09:11:00.301000+00:00",
            "repository": {
              "type": "repository", "full_name": "acme/app",
              "links": {"html": {"href": "https://bitbucket.org/acme/app"}}, "name": "app",
              "uuid": "{5d3f6a70-aaaa-4c4c-9d9d-000000000010}"
            },
            "links": {
              "commit": {
                "href": "https://api.bitbucket.org/2.0/repositories/acme/app/commit/2b7d9e11a0c4"
              }
            }
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
          "repository": {
            "type": "repository", "full_name": "acme/app",
            "links": {"html": {"href": "https://bitbucket.org/acme/app"}}, "name": "app",
            "scm": "git", "website": null,
            "workspace": {"type": "workspace", "slug": "acme", "name": "Acme"}, "is_private": true,
            "project": {"type": "project", "key": "APP", "name": "App"},
            "uuid": "{5d3f6a70-aaaa-4c4c-9d9d-000000000010}", "parent": null
          },
          "actor": {
            "display_name": "Acme CI", "type": "app_user",
            "uuid": "{0c9d1e2f-4444-4a4a-8b8b-000000000004}", "account_id": "712020:ci-0004",
            "nickname": "acme-ci"
          },
          "commit_status": {
            "key": "acme-ci-42", "type": "build", "state": "FAILED",
            "name": "Build #42 for retry-uploads", "refname": "retry-uploads",
            "commit": {
              "type": "commit", "hash": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
              "date": "2026-03-02T09:10:00+00:00", "message": "Retry uploads\n",
              "links": {
                "html": {
                  "href": "https://bitbucket.org/acme/app/commits/2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd"
                }
              }
            },
            "url": "https://ci.acme.example/builds/42", "description": "3 of 120 tests failed",
            "created_on": "2026-03-02T09:11:00.301000+00:00",
            "updated_on": "2026-03-02T09:16:30.099000+00:00",
            "repository": {
              "type": "repository", "full_name": "acme/app",
              "links": {"html": {"href": "https://bitbucket.org/acme/app"}}, "name": "app",
              "uuid": "{5d3f6a70-aaaa-4c4c-9d9d-000000000010}"
            },
            "links": {
              "commit": {
                "href": "https://api.bitbucket.org/2.0/repositories/acme/app/commit/2b7d9e11a0c4"
              }
            }
          }
        }
        """#
    )
}
