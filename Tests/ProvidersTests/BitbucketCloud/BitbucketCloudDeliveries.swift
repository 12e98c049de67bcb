import Events

/// Deliveries of every kind and action of Bitbucket Cloud's.
enum BitbucketCloudDeliveries {
    static let all =
        pullRequests + reviews + comments + statuses + [
            TestDelivery("repo:push", "push.pushed", body: push),
            TestDelivery("issue:created", "unknown", body: body(#""issue":{"id":9}"#)),
            TestDelivery("repo:fork", "unknown", body: body(#""fork":{}"#)),
        ]

    private static let user = #"{"uuid":"{a}","nickname":"ada","type":"user"}"#
    private static let common = #"""
        "repository":{"uuid":"{r}","full_name":"acme/app","is_private":true,
          "links":{"html":{"href":"https://x/acme/app"}}},"actor":\#(user)
        """#

    private static func body(_ members: String...) -> String {
        "{" + (members + [common]).joined(separator: ",") + "}"
    }

    private static let pullRequest = #"""
        "pullrequest":{"id":7,"title":"Add a door","description":"It opens.","state":"MERGED","draft":false,
          "author":\#(user),"links":{"html":{"href":"https://x/7"}},"merge_commit":{"hash":"c3"},
          "created_on":"2026-01-01T00:00:00+00:00","updated_on":"2026-01-02T00:00:00+00:00",
          "source":{"branch":{"name":"door"},"commit":{"hash":"a1"},
            "repository":{"uuid":"{f}","full_name":"ada/app"}},
          "destination":{"branch":{"name":"main"},"commit":{"hash":"b2"},
            "repository":{"uuid":"{r}","full_name":"acme/app"}}}
        """#

    private static let pullRequests = [
        ("created", "opened"), ("updated", "edited"), ("fulfilled", "closed"), ("rejected", "closed"),
        ("superseded", "closed"), ("push", "synchronize"),
    ].map { key, action in
        TestDelivery("pullrequest:\(key)", "pull_request.\(action)", body: body(pullRequest))
    }

    private static let verdict = #"{"date":"2026-01-02T00:00:00+00:00","user":\#(user)}"#

    private static let reviews = [
        ("approved", "submitted"), ("unapproved", "dismissed"), ("changes_request_created", "submitted"),
        ("changes_request_removed", "dismissed"),
    ].map { key, action in
        TestDelivery(
            "pullrequest:\(key)",
            "pull_request_review.\(action)",
            body: body(pullRequest, #""approval":\#(verdict),"changes_request":\#(verdict)"#)
        )
    }

    private static let comment = #"""
        "comment":{"id":11,"content":{"raw":"Why?"},"user":\#(user),"parent":{"id":10},
          "inline":{"path":"door.swift","from":null,"to":3},"links":{"html":{"href":"https://x/11"}},
          "created_on":"2026-01-02T00:00:00+00:00","updated_on":"2026-01-02T00:00:00+00:00"}
        """#

    private static let pullRequestComments = [
        ("created", "created"), ("updated", "edited"), ("deleted", "deleted"), ("resolved", "resolved"),
        ("reopened", "unresolved"),
    ].map { key, action in
        TestDelivery("pullrequest:comment_\(key)", "comment.\(action)", body: body(pullRequest, comment))
    }

    private static let comments =
        pullRequestComments + [
            TestDelivery(
                "issue:comment_created",
                "comment.created",
                body: body(comment, #""issue":{"id":9}"#)
            ),
            TestDelivery(
                "repo:commit_comment_created",
                "comment.created",
                body: body(comment, #""commit":{"hash":"a1"}"#)
            ),
        ]

    private static let statuses = [
        ("created", "INPROGRESS", "created"), ("created", "STOPPED", "completed"),
        ("updated", "INPROGRESS", "updated"), ("updated", "FAILED", "completed"),
        ("updated", "SUCCESSFUL", "completed"),
    ].map { key, state, action in
        TestDelivery(
            "repo:commit_status_\(key)",
            "check_run.\(action)",
            body: body(
                #"""
                "commit_status":{"key":"ci","name":"Build","state":"\#(state)","url":"https://ci/1",
                  "commit":{"hash":"a1"},"created_on":"2026-01-01T00:00:00+00:00",
                  "updated_on":"2026-01-02T00:00:00+00:00"}
                """#
            )
        )
    }

    private static let push = body(
        #"""
        "push":{"changes":[
          {"old":{"type":"branch","name":"main","target":{"hash":"b1"}},
           "new":{"type":"branch","name":"main","target":{"hash":"b2","message":"Add a door"}},
           "created":false,"closed":false,"forced":true,"truncated":false,"commits":[{"hash":"b2"}]},
          {"old":null,"new":{"type":"tag","name":"v1","target":{"hash":"b2"}},"created":true,"closed":false}]}
        """#
    )
}
