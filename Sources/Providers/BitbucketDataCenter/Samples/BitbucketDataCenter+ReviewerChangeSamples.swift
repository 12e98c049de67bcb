extension BitbucketDataCenter {
    /// An approval that was withdrawn.
    static let reviewerUnapprovedSample = Sample(
        "pr.reviewer.unapproved",
        of: "pr:reviewer:unapproved",
        #"""
        {
          "eventKey": "pr:reviewer:unapproved", "date": "2026-03-02T09:45:00+0000",
          "actor": {
            "name": "ben", "emailAddress": "ben@acme.example", "active": true,
            "displayName": "Ben Acme", "id": 102, "slug": "ben", "type": "NORMAL",
            "links": {"self": [{"href": "https://bitbucket.acme.example/users/ben"}]}
          },
          "pullRequest": {
            "id": 42, "version": 1, "title": "Retry uploads that time out",
            "description": "Uploads over slow links fail after 30 s.\n\nThis retries them politely.",
            "state": "OPEN", "open": true, "closed": false, "draft": false,
            "createdDate": 1772442000401, "updatedDate": 1772442000401,
            "fromRef": {
              "id": "refs/heads/retry-uploads", "displayId": "retry-uploads",
              "latestCommit": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd", "type": "BRANCH",
              "repository": {
                "slug": "app", "id": 32, "name": "app", "hierarchyId": "e3c30c3756664e7d0001",
                "scmId": "git", "state": "AVAILABLE", "statusMessage": "Available", "forkable": true,
                "project": {
                  "key": "~cleo", "id": 9, "name": "Cleo Acme", "type": "PERSONAL",
                  "owner": {
                    "name": "cleo", "emailAddress": "cleo@acme.example", "active": true,
                    "displayName": "Cleo Acme", "id": 103, "slug": "cleo", "type": "NORMAL",
                    "links": {"self": [{"href": "https://bitbucket.acme.example/users/cleo"}]}
                  }
                },
                "public": false, "archived": false,
                "links": {
                  "self": [{"href": "https://bitbucket.acme.example/users/cleo/repos/app/browse"}]
                }
              }
            },
            "toRef": {
              "id": "refs/heads/main", "displayId": "main",
              "latestCommit": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12", "type": "BRANCH",
              "repository": {
                "slug": "app", "id": 31, "name": "app", "hierarchyId": "e3c30c3756664e7d0001",
                "scmId": "git", "state": "AVAILABLE", "statusMessage": "Available", "forkable": true,
                "project": {
                  "key": "ACME", "id": 7, "name": "Acme", "public": false, "type": "NORMAL"
                },
                "public": false, "archived": false,
                "links": {
                  "self": [{"href": "https://bitbucket.acme.example/projects/ACME/repos/app/browse"}]
                }
              }
            },
            "locked": false,
            "author": {
              "user": {
                "name": "cleo", "emailAddress": "cleo@acme.example", "active": true,
                "displayName": "Cleo Acme", "id": 103, "slug": "cleo", "type": "NORMAL",
                "links": {"self": [{"href": "https://bitbucket.acme.example/users/cleo"}]}
              },
              "role": "AUTHOR", "approved": false, "status": "UNAPPROVED"
            },
            "reviewers": [
              {
                "user": {
                  "name": "ben", "emailAddress": "ben@acme.example", "active": true,
                  "displayName": "Ben Acme", "id": 102, "slug": "ben", "type": "NORMAL",
                  "links": {"self": [{"href": "https://bitbucket.acme.example/users/ben"}]}
                },
                "role": "REVIEWER", "approved": false, "status": "UNAPPROVED",
                "lastReviewedCommit": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd"
              }
            ],
            "participants": [],
            "links": {
              "self": [
                {"href": "https://bitbucket.acme.example/projects/ACME/repos/app/pull-requests/42"}
              ]
            }
          },
          "participant": {
            "user": {
              "name": "ben", "emailAddress": "ben@acme.example", "active": true,
              "displayName": "Ben Acme", "id": 102, "slug": "ben", "type": "NORMAL",
              "links": {"self": [{"href": "https://bitbucket.acme.example/users/ben"}]}
            },
            "role": "REVIEWER", "approved": false, "status": "UNAPPROVED",
            "lastReviewedCommit": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd"
          },
          "previousStatus": "APPROVED"
        }
        """#
    )

    /// One reviewer for another.
    static let reviewerUpdatedSample = Sample(
        "pr.reviewer.updated",
        of: "pr:reviewer:updated",
        #"""
        {
          "eventKey": "pr:reviewer:updated", "date": "2026-03-02T09:02:00+0000",
          "actor": {
            "name": "cleo", "emailAddress": "cleo@acme.example", "active": true,
            "displayName": "Cleo Acme", "id": 103, "slug": "cleo", "type": "NORMAL",
            "links": {"self": [{"href": "https://bitbucket.acme.example/users/cleo"}]}
          },
          "pullRequest": {
            "id": 42, "version": 1, "title": "Retry uploads that time out",
            "description": "Uploads over slow links fail after 30 s.\n\nThis retries them politely.",
            "state": "OPEN", "open": true, "closed": false, "draft": false,
            "createdDate": 1772442000401, "updatedDate": 1772442120007,
            "fromRef": {
              "id": "refs/heads/retry-uploads", "displayId": "retry-uploads",
              "latestCommit": "1f0c2e9ad5f1b8a7c3e4d6f70819223344556677", "type": "BRANCH",
              "repository": {
                "slug": "app", "id": 32, "name": "app", "hierarchyId": "e3c30c3756664e7d0001",
                "scmId": "git", "state": "AVAILABLE", "statusMessage": "Available", "forkable": true,
                "project": {
                  "key": "~cleo", "id": 9, "name": "Cleo Acme", "type": "PERSONAL",
                  "owner": {
                    "name": "cleo", "emailAddress": "cleo@acme.example", "active": true,
                    "displayName": "Cleo Acme", "id": 103, "slug": "cleo", "type": "NORMAL",
                    "links": {"self": [{"href": "https://bitbucket.acme.example/users/cleo"}]}
                  }
                },
                "public": false, "archived": false,
                "links": {
                  "self": [{"href": "https://bitbucket.acme.example/users/cleo/repos/app/browse"}]
                }
              }
            },
            "toRef": {
              "id": "refs/heads/main", "displayId": "main",
              "latestCommit": "b05e5ad0c1d2e3f405162738495a6b7c8d9e0f12", "type": "BRANCH",
              "repository": {
                "slug": "app", "id": 31, "name": "app", "hierarchyId": "e3c30c3756664e7d0001",
                "scmId": "git", "state": "AVAILABLE", "statusMessage": "Available", "forkable": true,
                "project": {
                  "key": "ACME", "id": 7, "name": "Acme", "public": false, "type": "NORMAL"
                },
                "public": false, "archived": false,
                "links": {
                  "self": [{"href": "https://bitbucket.acme.example/projects/ACME/repos/app/browse"}]
                }
              }
            },
            "locked": false,
            "author": {
              "user": {
                "name": "cleo", "emailAddress": "cleo@acme.example", "active": true,
                "displayName": "Cleo Acme", "id": 103, "slug": "cleo", "type": "NORMAL",
                "links": {"self": [{"href": "https://bitbucket.acme.example/users/cleo"}]}
              },
              "role": "AUTHOR", "approved": false, "status": "UNAPPROVED"
            },
            "reviewers": [
              {
                "user": {
                  "name": "ben", "emailAddress": "ben@acme.example", "active": true,
                  "displayName": "Ben Acme", "id": 102, "slug": "ben", "type": "NORMAL",
                  "links": {"self": [{"href": "https://bitbucket.acme.example/users/ben"}]}
                },
                "role": "REVIEWER", "approved": false, "status": "UNAPPROVED"
              }
            ],
            "participants": [],
            "links": {
              "self": [
                {"href": "https://bitbucket.acme.example/projects/ACME/repos/app/pull-requests/42"}
              ]
            }
          },
          "addedReviewers": [
            {
              "name": "ben", "emailAddress": "ben@acme.example", "active": true,
              "displayName": "Ben Acme", "id": 102, "slug": "ben", "type": "NORMAL",
              "links": {"self": [{"href": "https://bitbucket.acme.example/users/ben"}]}
            }
          ],
          "removedReviewers": [
            {
              "name": "ada", "emailAddress": "ada@acme.example", "active": true,
              "displayName": "Ada Acme", "id": 101, "slug": "ada", "type": "NORMAL",
              "links": {"self": [{"href": "https://bitbucket.acme.example/users/ada"}]}
            }
          ]
        }
        """#
    )
}
