import Events

/// Deliveries of every kind and action of Gogs's.
enum GogsDeliveries {
    static let all =
        pullRequests + comments + [
            TestDelivery("push", "push.pushed", body: push),
            TestDelivery("create", "unknown", body: "{\(GiteaDeliveries.repository)}"),
            TestDelivery(
                "issues",
                "unknown.opened",
                body: GiteaDeliveries.body("opened", #""issue":{"number":8}"#)
            ),
        ]

    private static let words = [
        "assigned": "assigned", "closed": "closed", "demilestoned": "demilestoned", "edited": "edited",
        "label_cleared": "unlabeled", "label_updated": "labeled", "milestoned": "milestoned",
        "opened": "opened", "reopened": "reopened", "synchronized": "synchronize",
        "unassigned": "unassigned",
    ]

    private static let pullRequests = words.sorted { $0.key < $1.key }.map { word, action in
        TestDelivery(
            "pull_request",
            "pull_request.\(action)",
            body: GiteaDeliveries.body(word, pullRequest)
        )
    }

    private static let pullRequest = #"""
        "number":7,"pull_request":{"id":42,"number":7,"title":"Add a door","body":"It opens.",
          "state":"closed",
          "merged":true,"merged_at":"2026-01-02T00:00:00Z","merge_commit_sha":"c3","html_url":"https://x/7",
          "user":{"id":4,"login":"ada"},"assignee":{"id":5,"login":"ben"},"milestone":{"title":"1.0"},
          "head_branch":"door","head_repo":{"id":2,"full_name":"ada/app"},
          "base_branch":"main","base_repo":{"id":1,"full_name":"acme/app"}},
        "changes":{"title":{"from":"A door"},"body":{"from":"?"}}
        """#

    private static let comments = ["created", "edited", "deleted"].flatMap { action in
        ["null", "{}"].map { pullRequest in
            TestDelivery(
                "issue_comment",
                "comment.\(action)",
                body: GiteaDeliveries.body(
                    action,
                    comment,
                    #""issue":{"number":7,"pull_request":\#(pullRequest)}"#
                )
            )
        }
    }

    private static let comment = #"""
        "comment":{"id":11,"body":"Why?","html_url":"https://x/11","user":{"id":5,"login":"ben"},
          "created_at":"2026-01-02T00:00:00Z","updated_at":"2026-01-02T00:00:00Z"}
        """#

    private static let push = #"""
        {"ref":"refs/heads/main","before":"b1","after":"b2","commits":[{"id":"b2","message":"Add a door"}],
         \#(GiteaDeliveries.repository),\#(GiteaDeliveries.sender)}
        """#
}
