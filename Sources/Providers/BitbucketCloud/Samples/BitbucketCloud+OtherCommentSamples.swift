extension BitbucketCloud {
    /// A comment on an issue.
    static let issueCommentCreatedSample = Sample(
        "issue.comment_created",
        of: "issue:comment_created",
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
            "display_name": "Ada Acme",
            "links": {
              "html": {"href": "https://bitbucket.org/%7B0c9d1e2f-1111-4a4a-8b8b-000000000001%7D/"}
            },
            "type": "user", "uuid": "{0c9d1e2f-1111-4a4a-8b8b-000000000001}",
            "account_id": "712020:ada-0001", "nickname": "ada"
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
          },
          "comment": {
            "id": 80017, "created_on": "2026-03-02T08:30:00.250000+00:00", "updated_on": null,
            "content": {
              "raw": "I can reproduce it.", "markup": "markdown", "html": "<p>I can reproduce it.</p>"
            },
            "user": {
              "display_name": "Ada Acme",
              "links": {
                "html": {"href": "https://bitbucket.org/%7B0c9d1e2f-1111-4a4a-8b8b-000000000001%7D/"}
              },
              "type": "user", "uuid": "{0c9d1e2f-1111-4a4a-8b8b-000000000001}",
              "account_id": "712020:ada-0001", "nickname": "ada"
            },
            "links": {"html": {"href": "https://bitbucket.org/acme/app/issues/17#comment-80017"}},
            "type": "issue_comment"
          }
        }
        """#
    )

    /// A comment on a commit.
    static let commitCommentCreatedSample = Sample(
        "repo.commit_comment_created",
        of: "repo:commit_comment_created",
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
          "commit": {
            "type": "commit", "hash": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
            "date": "2026-03-02T10:00:00+00:00",
            "author": {
              "type": "author", "raw": "Ada Acme <ada@acme.example>",
              "user": {
                "display_name": "Ada Acme",
                "links": {
                  "html": {
                    "href": "https://bitbucket.org/%7B0c9d1e2f-1111-4a4a-8b8b-000000000001%7D/"
                  }
                },
                "type": "user", "uuid": "{0c9d1e2f-1111-4a4a-8b8b-000000000001}",
                "account_id": "712020:ada-0001", "nickname": "ada"
              }
            },
            "message": "Retry uploads that time out\n",
            "links": {"html": {"href": "https://bitbucket.org/acme/app/commits/3c9f1de27a5b"}}
          },
          "comment": {
            "id": 70005, "created_on": "2026-03-02T10:30:00.500000+00:00",
            "updated_on": "2026-03-02T10:30:00.500000+00:00",
            "content": {
              "raw": "This broke the docs.", "markup": "markdown",
              "html": "<p>This broke the docs.</p>"
            },
            "user": {
              "display_name": "Ben Acme",
              "links": {
                "html": {"href": "https://bitbucket.org/%7B0c9d1e2f-2222-4a4a-8b8b-000000000002%7D/"}
              },
              "type": "user", "uuid": "{0c9d1e2f-2222-4a4a-8b8b-000000000002}",
              "account_id": "712020:ben-0002", "nickname": "ben"
            },
            "deleted": false,
            "links": {
              "html": {"href": "https://bitbucket.org/acme/app/commits/3c9f1de27a5b#comment-70005"}
            },
            "type": "commit_comment"
          }
        }
        """#
    )
}
