extension Gitea {
    /// A pull request that was merged.
    static let pullRequestClosedSample = samplePullRequestDelivery(
        "closed",
        by: sampleAda,
        samplePullRequest(
            updatedAt: "11:00",
            head: sampleNewHeadHash,
            state: #"""
                "state": "closed",
                "draft": false,
                "merged": true,
                "merged_at": "2026-03-02T11:00:00+01:00",
                "merge_commit_sha": "\#(sampleMergeHash)",
                "merged_by": \#(sampleAda),
                "closed_at": "2026-03-02T11:00:00+01:00"
                """#
        )
    )

    /// A title that makes it a draft.
    static let pullRequestEditedDraftSample = samplePullRequestDelivery(
        "edited",
        "pull_request.edited.draft",
        by: sampleCleo,
        samplePullRequest(
            updatedAt: "10:10",
            title: "WIP: Retry uploads that time out",
            state: #""state": "open", "draft": true, "merged": false, "merged_at": null"#
        ),
        more: #""changes": {"title": {"from": "Retry uploads that time out"}},"#
    )

    /// Labels that changed: Gitea sends those that there are now.
    static let pullRequestLabelUpdatedSample = samplePullRequestDelivery(
        "label_updated",
        by: sampleAda,
        samplePullRequest(updatedAt: "10:05", labels: sampleLabel)
    )

    /// Forgejo also sends the label that was added or taken away.
    static let pullRequestLabelUpdatedForgejoSample = samplePullRequestDelivery(
        "label_updated",
        by: sampleAda,
        samplePullRequest(updatedAt: "10:05", labels: sampleLabel),
        more: #""label": \#(sampleLabel),"#
    )

    /// A pull request from a fork.
    static let pullRequestOpenedSample = samplePullRequestDelivery(
        "opened",
        by: sampleCleo,
        samplePullRequest(updatedAt: "10:00")
    )

    /// Somebody who is asked for a review.
    static let pullRequestReviewRequestedSample = samplePullRequestDelivery(
        "review_requested",
        by: sampleAda,
        samplePullRequest(updatedAt: "10:12"),
        more: #""requested_reviewer": \#(sampleBen),"#
    )

    /// Another commit.
    static let pullRequestSynchronizedSample = samplePullRequestDelivery(
        "synchronized",
        by: sampleCleo,
        samplePullRequest(updatedAt: "10:20", head: sampleNewHeadHash)
    )

    private static func samplePullRequestDelivery(
        _ action: String,
        _ name: String? = nil,
        by sender: String,
        _ pullRequest: String,
        more: String = ""
    ) -> Sample {
        Sample(
            name ?? "pull_request.\(action)",
            of: "pull_request",
            #"""
            {
              "action": "\#(action)",
              "number": 42,
              \#(more)
              "pull_request": \#(pullRequest),
              "repository": \#(sampleRepository),
              "sender": \#(sender),
              "commit_id": "",
              "review": null
            }
            """#
        )
    }
}
