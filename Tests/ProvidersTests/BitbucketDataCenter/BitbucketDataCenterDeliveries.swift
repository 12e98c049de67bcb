import Events

/// Deliveries of every kind and action of Bitbucket Data Center's.
enum BitbucketDataCenterDeliveries {
    static let all =
        pullRequests + changes + reviews + comments + [
            TestDelivery("repo:refs_changed", "push.pushed", body: push),
            TestDelivery("diagnostics:ping", "unknown", body: #"{"test":true}"#),
            TestDelivery("mirror:repo_synchronized", "unknown", body: body(repository)),
        ]

    private static let user = #"{"id":4,"name":"ada","slug":"ada","type":"NORMAL"}"#
    private static let date = #""date":"2026-01-02T00:00:00+0000""#
    private static let acme = #"""
        {"id":1,"slug":"app","public":true,"project":{"key":"ACME"},
         "links":{"self":[{"href":"https://x/projects/ACME/repos/app/browse"}]}}
        """#
    private static let repository = #""repository":\#(acme)"#

    private static func body(_ members: String...) -> String {
        "{" + (members + [date, #""actor":\#(user)"#]).joined(separator: ",") + "}"
    }

    private static let pullRequest = #"""
        "pullRequest":{"id":7,"title":"Add a door","description":"It opens.","state":"OPEN","draft":false,
          "closedDate":1767312000000,"author":{"user":\#(user)},"links":{"self":[{"href":"https://x/7"}]},
          "properties":{"mergeCommit":{"id":"c3"}},
          "fromRef":{"id":"refs/heads/door","displayId":"door","latestCommit":"a1",
            "repository":{"id":2,"slug":"app","project":{"key":"~ada"}}},
          "toRef":{"id":"refs/heads/main","displayId":"main","latestCommit":"b2","repository":\#(acme)}}
        """#

    private static let pullRequests = [
        ("opened", "opened"), ("merged", "closed"), ("declined", "closed"), ("deleted", "closed"),
    ].map { key, action in
        TestDelivery("pr:\(key)", "pull_request.\(action)", body: body(pullRequest))
    }

    private static let changes = [
        TestDelivery(
            "pr:from_ref_updated",
            "pull_request.synchronize",
            body: body(pullRequest, #""previousFromHash":"a0""#)
        ),
        TestDelivery(
            "pr:modified",
            "pull_request.edited",
            "pull_request.ready_for_review",
            body: body(
                pullRequest,
                #""previousTitle":"A door","previousDescription":"?","previousDraft":true"#,
                #""previousTarget":{"displayId":"next"}"#
            )
        ),
        TestDelivery("pr:modified", "pull_request.edited", body: body(pullRequest)),
        TestDelivery(
            "pr:modified",
            "pull_request.converted_to_draft",
            body: body(#""pullRequest":{"id":7,"draft":true},"previousDraft":false"#)
        ),
        TestDelivery(
            "pr:reviewer:updated",
            "pull_request.review_requested",
            "pull_request.review_request_removed",
            body: body(pullRequest, #""addedReviewers":[\#(user)],"removedReviewers":[\#(user)]"#)
        ),
    ]

    private static let reviews = [
        ("approved", "submitted"), ("needs_work", "submitted"), ("changes_requested", "submitted"),
        ("unapproved", "dismissed"),
    ].map { key, action in
        TestDelivery(
            "pr:reviewer:\(key)",
            "pull_request_review.\(action)",
            body: body(pullRequest, #""participant":{"user":\#(user),"lastReviewedCommit":"a1"}"#)
        )
    }

    private static let comment = #"""
        "comment":{"id":11,"text":"Why?","author":\#(user),"anchor":{"path":"door.swift","line":3},
          "links":{"self":[{"href":"https://x/11"}]}},"commentParentId":10
        """#

    private static let comments = [("added", "created"), ("edited", "edited"), ("deleted", "deleted")]
        .flatMap { key, action in
            [
                TestDelivery(
                    "pr:comment:\(key)",
                    "comment.\(action)",
                    body: body(pullRequest, comment)
                ),
                TestDelivery(
                    "repo:comment:\(key)",
                    "comment.\(action)",
                    body: body(repository, comment, #""commit":"a1""#)
                ),
            ]
        }

    private static let push = body(
        repository,
        #"""
        "changes":[{"ref":{"id":"refs/heads/main"},"fromHash":"b1","toHash":"b2","type":"UPDATE"}],
        "commits":[{"id":"b2","message":"Add a door"}],"toCommit":{"id":"b2","message":"Add a door"}
        """#
    )
}
