extension BitbucketDataCenter {
    /// A comment on a line of the diff, in answer to another.
    static let pullRequestCommentAddedSample = Sample(
        "pr.comment.added",
        of: "pr:comment:added",
        #"""
        {
          "eventKey": "pr:comment:added", "date": "2026-03-02T09:20:00+0000",
          "actor": \#(sampleBen),
          "pullRequest": \#(sampleOpenPullRequest()),
          "comment": {
            \#(commentMembers), "id": 90071, "version": 0, "text": "How often at most?",
            "createdDate": 1772443200118, "updatedDate": 1772443200118,
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
          "actor": \#(sampleBen),
          "pullRequest": \#(sampleOpenPullRequest()),
          "comment": {
            \#(commentMembers), "id": 90072, "version": 1, "text": "Is there a limit?",
            "createdDate": 1772443200118, "updatedDate": 1772443500042
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
          "actor": \#(sampleBen),
          "comment": {
            \#(commentMembers), "id": 70005, "version": 0, "text": "This broke the docs.",
            "createdDate": 1772447400500, "updatedDate": 1772447400500
          },
          "repository": \#(sampleRepository),
          "commit": "\#(sampleMergeCommit)"
        }
        """#
    )

    private static let commentMembers = #"""
        "properties": {"repositoryId": 31}, "author": \#(sampleBen), "comments": [],
        "threadResolved": false, "severity": "NORMAL", "state": "OPEN"
        """#
}
