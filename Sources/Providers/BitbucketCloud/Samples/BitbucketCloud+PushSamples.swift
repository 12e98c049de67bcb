extension BitbucketCloud {
    /// Two commits on a branch.
    static let pushSample = Sample(
        "repo.push",
        of: "repo:push",
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
          "push": {
            "changes": [
              {
                "old": {
                  "name": "main",
                  "target": {
                    "type": "commit", "hash": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12",
                    "date": "2026-03-01T16:00:00+00:00",
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
                    "message": "Add limits\n",
                    "links": {"html": {"href": "https://bitbucket.org/acme/app/commits/b05e5ad0c1d2"}}
                  },
                  "type": "branch",
                  "links": {"html": {"href": "https://bitbucket.org/acme/app/branch/main"}}
                },
                "new": {
                  "name": "main",
                  "target": {
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
                  "type": "branch",
                  "links": {"html": {"href": "https://bitbucket.org/acme/app/branch/main"}}
                },
                "truncated": false, "created": false, "forced": false, "closed": false,
                "links": {
                  "html": {
                    "href": "https://bitbucket.org/acme/app/branches/compare/3c9f1de27a5b..b05e5ad0c1d2"
                  }
                },
                "commits": [
                  {
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
                  {
                    "type": "commit", "hash": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
                    "date": "2026-03-02T09:10:00+00:00",
                    "author": {
                      "type": "author", "raw": "Ada Acme <ada@acme.example>",
                      "user": {
                        "display_name": "Cleo Outside",
                        "links": {
                          "html": {
                            "href": "https://bitbucket.org/%7B0c9d1e2f-3333-4a4a-8b8b-000000000003%7D/"
                          }
                        },
                        "type": "user", "uuid": "{0c9d1e2f-3333-4a4a-8b8b-000000000003}",
                        "account_id": "712020:cleo-0003", "nickname": "cleo"
                      }
                    },
                    "message": "Retry uploads\n",
                    "links": {"html": {"href": "https://bitbucket.org/acme/app/commits/2b7d9e11a0c4"}}
                  }
                ]
              }
            ]
          }
        }
        """#
    )

    /// A new tag.
    static let pushTagSample = Sample(
        "repo.push.tag",
        of: "repo:push",
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
          "push": {
            "changes": [
              {
                "old": null,
                "new": {
                  "name": "v1.4.0",
                  "target": {
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
                  "type": "tag",
                  "links": {"html": {"href": "https://bitbucket.org/acme/app/commits/tag/v1.4.0"}},
                  "message": "Version 1.4.0\n", "date": "2026-03-02T11:00:00+00:00",
                  "tagger": {"type": "author", "raw": "Ada Acme <ada@acme.example>"}
                },
                "truncated": false, "created": true, "forced": false, "closed": false
              }
            ]
          }
        }
        """#
    )
}
