import Events

/// Deliveries of every kind and action of Gitea's.
enum GiteaDeliveries {
    static let all =
        forges + statuses + jobs + runs + [
            TestDelivery("pull_request", "pull_request.labeled", body: pull("label_updated", detail)),
            TestDelivery("pull_request", "pull_request.unlabeled", body: pull("label_cleared", detail)),
        ]

    /// What Gitea and Forgejo have in common.
    static let forges =
        pullRequests + drafts + reviews + comments + [
            TestDelivery("push", "push.pushed", body: push),
            TestDelivery("create", "unknown", body: "{\(repository)}"),
            TestDelivery("issues", "unknown.opened", body: body("opened", #""issue":{"number":8}"#)),
            TestDelivery("release", "unknown.published", body: body("published")),
        ]

    static let repository =
        #""repository":{"id":1,"full_name":"acme/app","private":false,"html_url":"https://x/acme/app"}"#
    static let sender = #""sender":{"id":4,"login":"ada","username":"ada"}"#

    static func body(_ action: String, _ members: String...) -> String {
        "{" + ([#""action":"\#(action)""#] + members + [repository, sender]).joined(separator: ",") + "}"
    }

    static func pull(_ action: String, _ members: String, title: String = "Add a door") -> String {
        body(
            action,
            #"""
            "number":7,"pull_request":{"id":42,"number":7,"title":"\#(title)","body":"It opens.",
              "state":"closed","merged":true,"html_url":"https://x/acme/app/pulls/7","merge_commit_sha":"c3",
              "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z",
              "merged_at":"2026-01-02T00:00:00Z","user":{"id":4,"login":"ada"},
              "assignees":[{"id":5,"login":"ben"}],"milestone":{"title":"1.0"},
              "head":{"ref":"door","sha":"a1","repo_id":2,"repo":{"id":2,"full_name":"ada/app"}},
              "base":{"ref":"main","sha":"b2","repo_id":1,"repo":{"id":1,"full_name":"acme/app"}}}
            """#,
            members
        )
    }

    /// What the forges send beside the pull request, each with another action.
    private static let detail = #"""
        "requested_reviewer":{"id":5,"login":"ben"},"commit_id":"","review":null,
        "changes":{"title":{"from":"A door"},"body":{"from":"?"},"ref":{"from":"next"}}
        """#

    private static let words = [
        "assigned": "assigned", "closed": "closed", "demilestoned": "demilestoned", "edited": "edited",
        "milestoned": "milestoned", "opened": "opened", "reopened": "reopened",
        "review_request_removed": "review_request_removed", "review_requested": "review_requested",
        "synchronized": "synchronize", "unassigned": "unassigned",
    ]

    private static let pullRequests = words.sorted { $0.key < $1.key }.map { word, action in
        TestDelivery("pull_request", "pull_request.\(action)", body: pull(word, detail))
    }

    private static let drafts = [
        TestDelivery(
            "pull_request",
            "pull_request.converted_to_draft",
            body: pull("edited", #""changes":{"title":{"from":"Add a door"}}"#, title: "WIP: Add a door")
        ),
        TestDelivery(
            "pull_request",
            "pull_request.ready_for_review",
            "pull_request.edited",
            body: pull("edited", #""changes":{"title":{"from":"WIP: A door"}}"#)
        ),
    ]

    private static let reviews = ["approved", "rejected", "comment"].map { verdict in
        TestDelivery(
            "pull_request_\(verdict)",
            "pull_request_review.submitted",
            body: pull(
                "reviewed",
                #""review":{"type":"pull_request_review_\#(verdict)","content":"Hm"},"commit_id":"""#
            )
        )
    }

    private static let comments = ["created", "edited", "deleted"].flatMap { action in
        [false, true].map { isPull in
            TestDelivery(
                "issue_comment",
                "comment.\(action)",
                body: body(action, comment, #""issue":{"number":7},"is_pull":\#(isPull)"#)
            )
        }
    }

    private static let comment = #"""
        "comment":{"id":11,"body":"Why?","html_url":"https://x/11","user":{"id":5,"login":"ben"},
          "created_at":"2026-01-02T00:00:00Z","updated_at":"2026-01-02T00:00:00Z"}
        """#

    private static let push = #"""
        {"ref":"refs/heads/main","before":"b1","after":"b2","total_commits":1,"commits":[{"id":"b2"}],
         "head_commit":{"message":"Add a door"},\#(repository),\#(sender)}
        """#

    static let statuses = [("pending", "created"), ("success", "completed")].map { state, action in
        TestDelivery(
            "status",
            "check_run.\(action)",
            body: #"""
                {"id":31,"sha":"a1","context":"ci","state":"\#(state)","target_url":"https://x/31",
                 "created_at":"2026-01-02T00:00:00Z",\#(repository),\#(sender)}
                """#
        )
    }

    private static let work = #"""
        "head_sha":"a1","head_branch":"door","html_url":"https://x/21","conclusion":"success",
        "created_at":"2026-01-02T00:00:00Z","started_at":"2026-01-02T00:00:00Z",
        "completed_at":"2026-01-02T00:00:00Z"
        """#

    private static let jobs = [
        ("queued", "created"), ("in_progress", "updated"), ("completed", "completed"),
    ].map { status, action in
        TestDelivery(
            "workflow_job",
            "check_run.\(action)",
            body: body(
                status,
                #""workflow_job":{"id":21,"run_id":20,"name":"test","status":"\#(status)",\#(work)}"#
            )
        )
    }

    private static let runs = [
        ("requested", "requested", "queued"), ("in_progress", "updated", "in_progress"),
        ("completed", "completed", "completed"),
    ].map { word, action, status in
        TestDelivery(
            "workflow_run",
            "check_suite.\(action)",
            body: body(
                word,
                #""workflow":{"name":"Tests"}"#,
                #""workflow_run":{"id":20,"status":"\#(status)","pull_requests":[{"number":7}],\#(work)}"#
            )
        )
    }
}
