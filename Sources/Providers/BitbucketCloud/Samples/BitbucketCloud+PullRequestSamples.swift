extension BitbucketCloud {
    /// A pull request from a fork.
    static let pullRequestCreatedSample = Sample(
        "pullrequest.created",
        of: "pullrequest:created",
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
          }
        }
        """#
    )

    /// The same one, merged.
    static let pullRequestFulfilledSample = Sample(
        "pullrequest.fulfilled",
        of: "pullrequest:fulfilled",
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
          "pullrequest": {
            "type": "pullrequest", "id": 42, "title": "Retry uploads that time out",
            "description": "Uploads over slow links fail after 30 s.\n\nThis retries them politely.",
            "state": "MERGED", "draft": false,
            "merge_commit": {
              "type": "commit", "hash": "3c9f1de27a5b",
              "links": {"html": {"href": "https://bitbucket.org/acme/app/commits/3c9f1de27a5b"}}
            },
            "close_source_branch": true,
            "closed_by": {
              "display_name": "Ada Acme",
              "links": {
                "html": {"href": "https://bitbucket.org/%7B0c9d1e2f-1111-4a4a-8b8b-000000000001%7D/"}
              },
              "type": "user", "uuid": "{0c9d1e2f-1111-4a4a-8b8b-000000000001}",
              "account_id": "712020:ada-0001", "nickname": "ada"
            },
            "author": {
              "display_name": "Cleo Outside",
              "links": {
                "html": {"href": "https://bitbucket.org/%7B0c9d1e2f-3333-4a4a-8b8b-000000000003%7D/"}
              },
              "type": "user", "uuid": "{0c9d1e2f-3333-4a4a-8b8b-000000000003}",
              "account_id": "712020:cleo-0003", "nickname": "cleo"
            },
            "reason": "", "created_on": "2026-03-02T09:00:00.401277+00:00",
            "updated_on": "2026-03-02T10:00:00.913377+00:00",
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
                "type": "commit", "hash": "2b7d9e11a0c4",
                "links": {"html": {"href": "https://bitbucket.org/cleo/app/commits/2b7d9e11a0c4"}}
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
          }
        }
        """#
    )

    /// The same one, declined instead.
    static let pullRequestRejectedSample = Sample(
        "pullrequest.rejected",
        of: "pullrequest:rejected",
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
          "pullrequest": {
            "type": "pullrequest", "id": 42, "title": "Retry uploads that time out",
            "description": "Uploads over slow links fail after 30 s.\n\nThis retries them politely.",
            "state": "DECLINED", "draft": false, "merge_commit": null, "close_source_branch": true,
            "closed_by": {
              "display_name": "Ada Acme",
              "links": {
                "html": {"href": "https://bitbucket.org/%7B0c9d1e2f-1111-4a4a-8b8b-000000000001%7D/"}
              },
              "type": "user", "uuid": "{0c9d1e2f-1111-4a4a-8b8b-000000000001}",
              "account_id": "712020:ada-0001", "nickname": "ada"
            },
            "author": {
              "display_name": "Cleo Outside",
              "links": {
                "html": {"href": "https://bitbucket.org/%7B0c9d1e2f-3333-4a4a-8b8b-000000000003%7D/"}
              },
              "type": "user", "uuid": "{0c9d1e2f-3333-4a4a-8b8b-000000000003}",
              "account_id": "712020:cleo-0003", "nickname": "cleo"
            },
            "reason": "Not needed any more", "created_on": "2026-03-02T09:00:00.401277+00:00",
            "updated_on": "2026-03-02T10:00:00.913377+00:00",
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
          }
        }
        """#
    )

    /// Changed, in a way that Bitbucket does not tell.
    static let pullRequestUpdatedSample = Sample(
        "pullrequest.updated",
        of: "pullrequest:updated",
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
            "updated_on": "2026-03-02T09:10:00.220418+00:00",
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
                "type": "commit", "hash": "2b7d9e11a0c4",
                "links": {"html": {"href": "https://bitbucket.org/cleo/app/commits/2b7d9e11a0c4"}}
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
          }
        }
        """#
    )
}
