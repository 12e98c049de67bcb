extension BitbucketCloud {
    /// A comment on a line of the diff, in answer to another.
    static let pullRequestCommentCreatedSample = Sample(
        "pullrequest.comment_created",
        of: "pullrequest:comment_created",
        #"""
        {
          "repository": \#(sampleRepository),
          "actor": \#(sampleBen),
          "pullrequest":
            \#(sampleOpenPullRequest(at: sampleFirstHash, updatedOn: "2026-03-02T09:00:00.482113+00:00")),
          "comment": {
            \#(diffCommentMembers(90071, "How often at most?")),
            "parent": {
              "id": 90070,
              "links": {
                "html": {"href": "https://bitbucket.org/acme/app/pull-requests/42/_/diff#comment-90070"}
              }
            }
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
          "repository": \#(sampleRepository),
          "actor": \#(sampleCleo),
          "pullrequest":
            \#(sampleOpenPullRequest(at: sampleFirstHash, updatedOn: "2026-03-02T09:50:00.100000+00:00")),
          "comment": {
            \#(diffCommentMembers(90070, "Is there a limit?")),
            "resolution": {
              "type": "comment_resolution", "user": \#(sampleCleo),
              "created_on": "2026-03-02T09:50:00.087113+00:00"
            }
          }
        }
        """#
    )

    /// A comment on an issue.
    static let issueCommentCreatedSample = Sample(
        "issue.comment_created",
        of: "issue:comment_created",
        #"""
        {
          "repository": \#(sampleRepository),
          "actor": \#(sampleAda),
          "issue": \#(sampleIssue),
          "comment": {
            "type": "issue_comment", "id": 80017, "user": \#(sampleAda),
            "content": \#(sampleContent("I can reproduce it.")),
            "created_on": "2026-03-02T08:30:00.250000+00:00", "updated_on": null,
            "links": {"html": {"href": "https://bitbucket.org/acme/app/issues/17#comment-80017"}}
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
          "repository": \#(sampleRepository),
          "actor": \#(sampleBen),
          "commit": \#(sampleMergeCommit),
          "comment": {
            "type": "commit_comment", "id": 70005, "user": \#(sampleBen), "deleted": false,
            "content": \#(sampleContent("This broke the docs.")),
            "created_on": "2026-03-02T10:30:00.500000+00:00",
            "updated_on": "2026-03-02T10:30:00.500000+00:00",
            "links": {
              "html": {"href": "https://bitbucket.org/acme/app/commits/3c9f1de27a5b#comment-70005"}
            }
          }
        }
        """#
    )

    private static func diffCommentMembers(_ id: Int, _ text: String) -> String {
        #"""
        "type": "pullrequest_comment", "id": \#(id), "user": \#(sampleBen), "deleted": false,
        "content": \#(sampleContent(text)),
        "created_on": "2026-03-02T09:20:00.118000+00:00", "updated_on": "2026-03-02T09:20:00.118042+00:00",
        "links": {
          "html": {"href": "https://bitbucket.org/acme/app/pull-requests/42/_/diff#comment-\#(id)"}
        },
        "inline": {"from": null, "to": 12, "path": "Sources/Upload.swift"}
        """#
    }
}
