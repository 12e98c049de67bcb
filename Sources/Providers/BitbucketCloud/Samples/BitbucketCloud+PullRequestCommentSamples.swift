extension BitbucketCloud {
    /// A comment on a line of the diff, in answer to another.
    static let pullRequestCommentCreatedSample = Sample(
        "pullrequest.comment_created",
        of: "pullrequest:comment_created",
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
          "pullrequest": {
            "type": "pullrequest", "id": 42, "title": "Retry uploads that time out",
            "description": "Uploads over slow links fail after 30 s.\n\nThis retries them politely.",
            "state": "OPEN", "draft": false, "merge_commit": null, "close_source_branch": true,
            "closed_by": null,
            "author": {
              "display_name": "Cleo Outside",
              "links": {
                "html": {"href": "https://bitbucket.org/%7B0c9d1e2f-3333-4a4a-8b8b-000000000003%7D/"}
              },
              "type": "user", "uuid": "{0c9d1e2f-3333-4a4a-8b8b-000000000003}",
              "account_id": "712020:cleo-0003", "nickname": "cleo"
            },
            "reason": "", "created_on": "2026-03-02T09:00:00.401277+00:00",
            "updated_on": "2026-03-02T09:00:00.482113+00:00",
            "destination": {
              "branch": {"name": "main"},
              "commit": {
                "type": "commit", "hash": "b05e5ad0c1d2",
                "links": {"html": {"href": "https://bitbucket.org/acme/app/commits/b05e5ad0c1d2"}}
              },
              "repository": {
                "type": "repository", "full_name": "acme/app",
                "links": {"html": {"href": "https://bitbucket.org/acme/app"}}, "name": "app",
                "uuid": "{5d3f6a70-aaaa-4c4c-9d9d-000000000010}"
              }
            },
            "source": {
              "branch": {"name": "retry-uploads"},
              "commit": {
                "type": "commit", "hash": "1f0c2e9ad5f1",
                "links": {"html": {"href": "https://bitbucket.org/cleo/app/commits/1f0c2e9ad5f1"}}
              },
              "repository": {
                "type": "repository", "full_name": "cleo/app",
                "links": {"html": {"href": "https://bitbucket.org/cleo/app"}}, "name": "app",
                "uuid": "{5d3f6a70-bbbb-4c4c-9d9d-000000000011}"
              }
            },
            "reviewers": [
              {
                "display_name": "Ben Acme",
                "links": {
                  "html": {
                    "href": "https://bitbucket.org/%7B0c9d1e2f-2222-4a4a-8b8b-000000000002%7D/"
                  }
                },
                "type": "user", "uuid": "{0c9d1e2f-2222-4a4a-8b8b-000000000002}",
                "account_id": "712020:ben-0002", "nickname": "ben"
              }
            ],
            "participants": [],
            "links": {"html": {"href": "https://bitbucket.org/acme/app/pull-requests/42"}},
            "comment_count": 1, "task_count": 0
          },
          "comment": {
            "id": 90071, "created_on": "2026-03-02T09:20:00.118000+00:00",
            "updated_on": "2026-03-02T09:20:00.118042+00:00",
            "content": {
              "type": "rendered", "raw": "How often at most?", "markup": "markdown",
              "html": "<p>How often at most?</p>"
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
              "html": {"href": "https://bitbucket.org/acme/app/pull-requests/42/_/diff#comment-90071"}
            },
            "type": "pullrequest_comment",
            "parent": {
              "id": 90070,
              "links": {
                "html": {
                  "href": "https://bitbucket.org/acme/app/pull-requests/42/_/diff#comment-90070"
                }
              }
            },
            "inline": {"from": null, "to": 12, "path": "Sources/Upload.swift"}
          }
        }
        """#
    )

    /// A thread that was resolved.
    static let pullRequestCommentResolvedSample = Sample(
        "pullrequest.comment_resolved",
        of: "pullrequest:comment_resolved",
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
            "display_name": "Cleo Outside",
            "links": {
              "html": {"href": "https://bitbucket.org/%7B0c9d1e2f-3333-4a4a-8b8b-000000000003%7D/"}
            },
            "type": "user", "uuid": "{0c9d1e2f-3333-4a4a-8b8b-000000000003}",
            "account_id": "712020:cleo-0003", "nickname": "cleo"
          },
          "pullrequest": {
            "type": "pullrequest", "id": 42, "title": "Retry uploads that time out",
            "description": "Uploads over slow links fail after 30 s.\n\nThis retries them politely.",
            "state": "OPEN", "draft": false, "merge_commit": null, "close_source_branch": true,
            "closed_by": null,
            "author": {
              "display_name": "Cleo Outside",
              "links": {
                "html": {"href": "https://bitbucket.org/%7B0c9d1e2f-3333-4a4a-8b8b-000000000003%7D/"}
              },
              "type": "user", "uuid": "{0c9d1e2f-3333-4a4a-8b8b-000000000003}",
              "account_id": "712020:cleo-0003", "nickname": "cleo"
            },
            "reason": "", "created_on": "2026-03-02T09:00:00.401277+00:00",
            "updated_on": "2026-03-02T09:50:00.100000+00:00",
            "destination": {
              "branch": {"name": "main"},
              "commit": {
                "type": "commit", "hash": "b05e5ad0c1d2",
                "links": {"html": {"href": "https://bitbucket.org/acme/app/commits/b05e5ad0c1d2"}}
              },
              "repository": {
                "type": "repository", "full_name": "acme/app",
                "links": {"html": {"href": "https://bitbucket.org/acme/app"}}, "name": "app",
                "uuid": "{5d3f6a70-aaaa-4c4c-9d9d-000000000010}"
              }
            },
            "source": {
              "branch": {"name": "retry-uploads"},
              "commit": {
                "type": "commit", "hash": "1f0c2e9ad5f1",
                "links": {"html": {"href": "https://bitbucket.org/cleo/app/commits/1f0c2e9ad5f1"}}
              },
              "repository": {
                "type": "repository", "full_name": "cleo/app",
                "links": {"html": {"href": "https://bitbucket.org/cleo/app"}}, "name": "app",
                "uuid": "{5d3f6a70-bbbb-4c4c-9d9d-000000000011}"
              }
            },
            "reviewers": [
              {
                "display_name": "Ben Acme",
                "links": {
                  "html": {
                    "href": "https://bitbucket.org/%7B0c9d1e2f-2222-4a4a-8b8b-000000000002%7D/"
                  }
                },
                "type": "user", "uuid": "{0c9d1e2f-2222-4a4a-8b8b-000000000002}",
                "account_id": "712020:ben-0002", "nickname": "ben"
              }
            ],
            "participants": [],
            "links": {"html": {"href": "https://bitbucket.org/acme/app/pull-requests/42"}},
            "comment_count": 1, "task_count": 0
          },
          "comment": {
            "id": 90070, "created_on": "2026-03-02T09:20:00.118000+00:00",
            "updated_on": "2026-03-02T09:20:00.118042+00:00",
            "content": {
              "type": "rendered", "raw": "Is there a limit?", "markup": "markdown",
              "html": "<p>Is there a limit?</p>"
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
              "html": {"href": "https://bitbucket.org/acme/app/pull-requests/42/_/diff#comment-90070"}
            },
            "type": "pullrequest_comment",
            "inline": {"from": null, "to": 12, "path": "Sources/Upload.swift"},
            "resolution": {
              "type": "comment_resolution",
              "user": {
                "display_name": "Cleo Outside",
                "links": {
                  "html": {
                    "href": "https://bitbucket.org/%7B0c9d1e2f-3333-4a4a-8b8b-000000000003%7D/"
                  }
                },
                "type": "user", "uuid": "{0c9d1e2f-3333-4a4a-8b8b-000000000003}",
                "account_id": "712020:cleo-0003", "nickname": "cleo"
              },
              "created_on": "2026-03-02T09:50:00.087113+00:00"
            }
          }
        }
        """#
    )
}
