extension BitbucketDataCenter {
    /// A comment on a line of the diff, in answer to another.
    static let pullRequestCommentAddedSample = Sample(
        "pr.comment.added",
        of: "pr:comment:added",
        #"""
        {
          "eventKey": "pr:comment:added", "date": "2026-03-02T09:20:00+0000",
          "actor": {
            "name": "ben", "emailAddress": "ben@acme.example", "active": true,
            "displayName": "Ben Acme", "id": 102, "slug": "ben", "type": "NORMAL",
            "links": {"self": [{"href": "https://bitbucket.acme.example/users/ben"}]}
          },
          "pullRequest": {
            "id": 42, "version": 0, "title": "Retry uploads that time out",
            "description": "Uploads over slow links fail after 30 s.\n\nThis retries them politely.",
            "state": "OPEN", "open": true, "closed": false, "draft": false,
            "createdDate": 1772442000401, "updatedDate": 1772442000401,
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
            "reviewers": [], "participants": [],
            "links": {
              "self": [
                {"href": "https://bitbucket.acme.example/projects/ACME/repos/app/pull-requests/42"}
              ]
            }
          },
          "comment": {
            "properties": {"repositoryId": 31}, "id": 90071, "version": 0,
            "text": "How often at most?",
            "author": {
              "name": "ben", "emailAddress": "ben@acme.example", "active": true,
              "displayName": "Ben Acme", "id": 102, "slug": "ben", "type": "NORMAL",
              "links": {"self": [{"href": "https://bitbucket.acme.example/users/ben"}]}
            },
            "createdDate": 1772443200118, "updatedDate": 1772443200118, "comments": [],
            "threadResolved": false, "severity": "NORMAL", "state": "OPEN",
            "anchor": {
              "path": "Sources/Upload.swift", "srcPath": "Sources/Upload.swift", "line": 12,
              "lineType": "ADDED", "fileType": "TO", "diffType": "EFFECTIVE"
            }
          },
          "commentParentId": 90070
        }
        """#
    )

    /// A comment that was changed.
    static let pullRequestCommentEditedSample = Sample(
        "pr.comment.edited",
        of: "pr:comment:edited",
        #"""
        {
          "eventKey": "pr:comment:edited", "date": "2026-03-02T09:25:00+0000",
          "actor": {
            "name": "ben", "emailAddress": "ben@acme.example", "active": true,
            "displayName": "Ben Acme", "id": 102, "slug": "ben", "type": "NORMAL",
            "links": {"self": [{"href": "https://bitbucket.acme.example/users/ben"}]}
          },
          "pullRequest": {
            "id": 42, "version": 0, "title": "Retry uploads that time out",
            "description": "Uploads over slow links fail after 30 s.\n\nThis retries them politely.",
            "state": "OPEN", "open": true, "closed": false, "draft": false,
            "createdDate": 1772442000401, "updatedDate": 1772442000401,
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
            "reviewers": [], "participants": [],
            "links": {
              "self": [
                {"href": "https://bitbucket.acme.example/projects/ACME/repos/app/pull-requests/42"}
              ]
            }
          },
          "comment": {
            "properties": {"repositoryId": 31}, "id": 90072, "version": 1,
            "text": "Is there a limit?",
            "author": {
              "name": "ben", "emailAddress": "ben@acme.example", "active": true,
              "displayName": "Ben Acme", "id": 102, "slug": "ben", "type": "NORMAL",
              "links": {"self": [{"href": "https://bitbucket.acme.example/users/ben"}]}
            },
            "createdDate": 1772443200118, "updatedDate": 1772443500042, "comments": [],
            "threadResolved": false, "severity": "NORMAL", "state": "OPEN"
          },
          "previousComment": "Is there limit?"
        }
        """#
    )

    /// A comment on a commit.
    static let commitCommentAddedSample = Sample(
        "repo.comment.added",
        of: "repo:comment:added",
        #"""
        {
          "eventKey": "repo:comment:added", "date": "2026-03-02T10:30:00+0000",
          "actor": {
            "name": "ben", "emailAddress": "ben@acme.example", "active": true,
            "displayName": "Ben Acme", "id": 102, "slug": "ben", "type": "NORMAL",
            "links": {"self": [{"href": "https://bitbucket.acme.example/users/ben"}]}
          },
          "comment": {
            "properties": {"repositoryId": 31}, "id": 70005, "version": 0,
            "text": "This broke the docs.",
            "author": {
              "name": "ben", "emailAddress": "ben@acme.example", "active": true,
              "displayName": "Ben Acme", "id": 102, "slug": "ben", "type": "NORMAL",
              "links": {"self": [{"href": "https://bitbucket.acme.example/users/ben"}]}
            },
            "createdDate": 1772447400500, "updatedDate": 1772447400500, "comments": [],
            "threadResolved": false, "severity": "NORMAL", "state": "OPEN"
          },
          "repository": {
            "slug": "app", "id": 31, "name": "app", "hierarchyId": "e3c30c3756664e7d0001",
            "scmId": "git", "state": "AVAILABLE", "statusMessage": "Available", "forkable": true,
            "project": {"key": "ACME", "id": 7, "name": "Acme", "public": false, "type": "NORMAL"},
            "public": false, "archived": false,
            "links": {
              "self": [{"href": "https://bitbucket.acme.example/projects/ACME/repos/app/browse"}]
            }
          },
          "commit": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"
        }
        """#
    )
}
