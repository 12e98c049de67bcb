/// The deliveries of Gogs, which have less in them.
extension Gitea {
    /// A comment on an issue.
    static let gogsIssueCommentCreatedSample = Sample(
        "issue_comment.created",
        of: "issue_comment",
        #"""
        {
          "action": "created",
          "issue": \#(sampleIssue),
          "comment": \#(sampleIssueComment),
          "repository": \#(sampleRepository),
          "sender": \#(sampleAda)
        }
        """#
    )

    /// A comment on a pull request.
    static let gogsPullRequestCommentCreatedSample = Sample(
        "issue_comment.created.pull_request",
        of: "issue_comment",
        #"""
        {
          "action": "created",
          "issue": \#(samplePullRequestIssue),
          "comment": \#(samplePullRequestComment),
          "repository": \#(sampleRepository),
          "sender": \#(sampleBen)
        }
        """#
    )

    /// A pull request that was merged.
    static let gogsPullRequestClosedSample = sampleGogsPullRequestDelivery(
        "closed",
        by: sampleAda,
        sampleGogsPullRequest(
            state: #"""
                "state": "closed",
                "merged": true,
                "merged_at": "2026-03-02T10:00:00Z",
                "merge_commit_sha": "\#(sampleMergeHash)",
                "merged_by": \#(sampleAda)
                """#
        )
    )

    /// Labels that changed.
    static let gogsPullRequestLabelUpdatedSample = sampleGogsPullRequestDelivery(
        "label_updated",
        by: sampleAda,
        sampleGogsPullRequest(labels: #"{"id": 5, "name": "bug", "color": "ee0701"}"#)
    )

    /// A pull request from a fork.
    static let gogsPullRequestOpenedSample = sampleGogsPullRequestDelivery("opened", by: sampleCleo)

    /// Another commit.
    static let gogsPullRequestSynchronizedSample = sampleGogsPullRequestDelivery(
        "synchronized",
        by: sampleCleo
    )

    private static func sampleGogsPullRequestDelivery(
        _ action: String,
        by sender: String,
        _ pullRequest: String = sampleGogsPullRequest()
    ) -> Sample {
        Sample(
            "pull_request.\(action)",
            of: "pull_request",
            #"""
            {
              "action": "\#(action)",
              "number": 42,
              "pull_request": \#(pullRequest),
              "repository": \#(sampleRepository),
              "sender": \#(sender)
            }
            """#
        )
    }

    /// Two commits on a branch.
    static let gogsPushSample = Sample(
        "push",
        of: "push",
        #"""
        {
          "ref": "refs/heads/main",
          "before": "\#(sampleBaseHash)",
          "after": "\#(sampleMergeHash)",
          "commits": [\#(sampleMergeCommit), \#(sampleTypoCommit)],
          "repository": \#(sampleRepository),
          "pusher": \#(sampleAda),
          "sender": \#(sampleAda)
        }
        """#
    )

    /// A new tag.
    static let gogsPushTagSample = Sample(
        "push.tag",
        of: "push",
        #"""
        {
          "ref": "refs/tags/v1.4.0",
          "before": "0000000000000000000000000000000000000000",
          "after": "\#(sampleMergeHash)",
          "commits": null,
          "repository": \#(sampleRepository),
          "pusher": \#(sampleAda),
          "sender": \#(sampleAda)
        }
        """#
    )
}
