import Events

/// Deliveries of every kind and action of GitHub's.
enum GitHubDeliveries {
    static let all =
        pullRequests + reviews + issueComments + otherComments + checkRuns + checkSuites + statuses + [
            TestDelivery("push", "push.pushed", body: push),
            TestDelivery("ping", "unknown", body: #"{"zen":"x"}"#),
            TestDelivery("star", "unknown.created", body: #"{"action":"created"}"#),
        ]

    private static let repository =
        #""repository":{"id":1,"full_name":"acme/app","private":false,"html_url":"https://x/acme/app"}"#
    private static let sender = #""sender":{"id":4,"login":"ada","type":"User"}"#

    private static func body(_ action: String, _ members: String...) -> String {
        "{" + ([#""action":"\#(action)""#] + members + [repository, sender]).joined(separator: ",") + "}"
    }

    private static let pullRequest = #"""
        "pull_request":{"id":42,"number":7,"title":"Add a door","body":"It opens.","state":"closed",
          "merged":true,"draft":false,"html_url":"https://x/acme/app/pull/7",
          "merge_commit_sha":"c3","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z",
          "merged_at":"2026-01-02T00:00:00Z","user":{"id":4,"login":"ada","type":"User"},
          "head":{"ref":"door","sha":"a1","repo":{"id":2,"full_name":"ada/app"}},
          "base":{"ref":"main","sha":"b2","repo":{"id":1,"full_name":"acme/app"}}}
        """#

    /// What GitHub sends beside the pull request, each with another action.
    private static let detail = #"""
        "label":{"name":"bug"},"assignee":{"id":5,"login":"ben"},"milestone":{"title":"1.0"},
        "requested_reviewer":{"id":5,"login":"ben"},"before":"a0","after":"a1",
        "changes":{"title":{"from":"A door"},"body":{"from":"?"},"base":{"ref":{"from":"next"}}}
        """#

    private static let pullRequests = PullRequestAction.known.map { action in
        TestDelivery("pull_request", "pull_request.\(action)", body: body("\(action)", pullRequest, detail))
    }

    private static let review = #"""
        "review":{"id":9,"state":"approved","body":"Good","commit_id":"a1","html_url":"https://x/9",
          "submitted_at":"2026-01-02T00:00:00Z","user":{"id":5,"login":"ben"}}
        """#

    private static let reviews = PullRequestReviewAction.known.map { action in
        TestDelivery(
            "pull_request_review",
            "pull_request_review.\(action)",
            body: body("\(action)", pullRequest, review)
        )
    }

    private static let comment = #"""
        "comment":{"id":11,"body":"Why?","html_url":"https://x/11","user":{"id":5,"login":"ben"},
          "created_at":"2026-01-02T00:00:00Z","updated_at":"2026-01-02T00:00:00Z",
          "path":"door.swift","line":3,"commit_id":"a1","in_reply_to_id":10}
        """#

    private static let issueComments = ["created", "edited", "deleted", "pinned", "unpinned"].map { action in
        TestDelivery(
            "issue_comment",
            "comment.\(action)",
            body: body(action, comment, #""issue":{"number":7,"pull_request":{"url":"x"}}"#)
        )
    }

    private static let thread =
        #""thread":{"node_id":"PRRT_1","comments":[{"id":11,"body":"Why?","path":"door.swift"}]}"#

    private static let otherComments = [
        TestDelivery(
            "issue_comment",
            "comment.created",
            body: body("created", comment, #""issue":{"number":8}"#)
        ),
        TestDelivery(
            "pull_request_review_comment",
            "comment.created",
            body: body("created", comment, pullRequest)
        ),
        TestDelivery("commit_comment", "comment.created", body: body("created", comment)),
        TestDelivery(
            "pull_request_review_thread",
            "comment.resolved",
            body: body("resolved", pullRequest, thread)
        ),
        TestDelivery(
            "pull_request_review_thread",
            "comment.unresolved",
            body: body("unresolved", pullRequest, thread)
        ),
    ]

    private static let checkFields = #"""
        "id":21,"head_sha":"a1","status":"completed","conclusion":"success","app":{"slug":"ci"},
        "pull_requests":[{"number":7}],"created_at":"2026-01-02T00:00:00Z"
        """#

    private static let checkRun = #"""
        "check_run":{\#(checkFields),"name":"test","external_id":"e1","html_url":"https://x/21",
          "started_at":"2026-01-02T00:00:00Z","completed_at":"2026-01-02T00:00:00Z",
          "check_suite":{"id":20}},"requested_action":{"identifier":"fix"}
        """#

    private static let checkRuns = ["created", "completed", "requested_action", "rerequested"].map { action in
        TestDelivery("check_run", "check_run.\(action)", body: body(action, checkRun))
    }

    private static let checkSuites = ["requested", "completed", "rerequested"].map { action in
        TestDelivery(
            "check_suite",
            "check_suite.\(action)",
            body: body(action, #""check_suite":{\#(checkFields),"head_branch":"door"}"#)
        )
    }

    private static let statuses = [("pending", "created"), ("success", "completed")].map { state, action in
        TestDelivery(
            "status",
            "check_run.\(action)",
            body: #"""
                {"id":31,"sha":"a1","context":"ci","state":"\#(state)","target_url":"https://x/31",
                 "created_at":"2026-01-02T00:00:00Z",\#(repository),\#(sender)}
                """#
        )
    }

    private static let push = #"""
        {"ref":"refs/heads/main","before":"b1","after":"b2","created":false,"deleted":false,"forced":true,
         "commits":[{"id":"b2"}],"head_commit":{"message":"Add a door"},\#(repository),\#(sender)}
        """#
}
