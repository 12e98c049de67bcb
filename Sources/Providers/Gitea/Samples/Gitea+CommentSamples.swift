extension Gitea {
    /// A comment on an issue.
    static let issueCommentCreatedSample = Sample(
        "issue_comment.created",
        of: "issue_comment",
        #"""
        {
          "action": "created",
          "issue": \#(sampleIssue),
          "comment": \#(sampleIssueComment),
          "repository": \#(sampleRepository),
          "sender": \#(sampleAda),
          "is_pull": false
        }
        """#
    )

    /// A comment on a pull request.
    static let pullRequestCommentCreatedSample = Sample(
        "issue_comment.created.pull_request",
        of: "issue_comment",
        #"""
        {
          "action": "created",
          "issue": \#(samplePullRequestIssue),
          "comment": \#(samplePullRequestComment),
          "repository": \#(sampleRepository),
          "sender": \#(sampleBen),
          "is_pull": true
        }
        """#
    )
}
