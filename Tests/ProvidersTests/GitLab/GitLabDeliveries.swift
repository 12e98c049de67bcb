import Events

/// Deliveries of every kind and action of GitLab's.
enum GitLabDeliveries {
    static let all =
        mergeRequests + updates + approvals + notes + pipelines + jobs + pushes + [
            TestDelivery(
                "Release Hook",
                "unknown.create",
                body: #"{"object_kind":"release","action":"create"}"#
            ),
            TestDelivery("System Hook", "unknown", body: #"{"event_name":"user_create","user_id":4}"#),
            TestDelivery(
                "Issue Hook",
                "unknown.open",
                body: #"{"object_kind":"issue","object_attributes":{"iid":8,"action":"open"}}"#
            ),
        ]

    private static let name = "Merge Request Hook"

    private static let mergeRequests = [
        TestDelivery(name, "pull_request.opened", body: GitLabBody.mergeRequest("open")),
        TestDelivery(name, "pull_request.reopened", body: GitLabBody.mergeRequest("reopen")),
        TestDelivery(
            name,
            "pull_request.closed",
            body: GitLabBody.mergeRequest("close", #","state":"closed""#)
        ),
        TestDelivery(
            name,
            "pull_request.closed",
            body: GitLabBody.mergeRequest("merge", #","state":"merged","merge_commit_sha":"c3""#)
        ),
        TestDelivery(name, "unknown.update", body: GitLabBody.mergeRequest("update")),
        TestDelivery(name, "pull_request.edited", body: GitLabBody.mergeRequest("update", changes: nil)),
    ]

    /// One delivery with everything that can change on, and one with it off.
    private static let updates = [
        TestDelivery(
            name,
            "pull_request.synchronize",
            "pull_request.converted_to_draft",
            "pull_request.review_requested",
            "pull_request.assigned",
            "pull_request.labeled",
            "pull_request.milestoned",
            "pull_request.locked",
            "pull_request.auto_merge_enabled",
            "pull_request.edited",
            body: GitLabBody.mergeRequest(
                "update",
                #","oldrev":"a0""#,
                changes: #"""
                    "draft":{"previous":false,"current":true},
                    "reviewers":{"previous":[],"current":[{"id":6,"username":"cleo"}]},
                    "assignees":{"previous":[],"current":[{"id":6,"username":"cleo"}]},
                    "labels":{"previous":[],"current":[{"id":9,"title":"bug"}]},
                    "milestone_id":{"previous":null,"current":3},
                    "discussion_locked":{"previous":null,"current":true},
                    "merge_when_pipeline_succeeds":{"previous":false,"current":true},
                    "title":{"previous":"A door","current":"Add a door"},
                    "description":{"previous":"?","current":"It opens."},
                    "target_branch":{"previous":"next","current":"main"}
                    """#
            )
        ),
        TestDelivery(
            name,
            "pull_request.ready_for_review",
            "pull_request.review_request_removed",
            "pull_request.unassigned",
            "pull_request.unlabeled",
            "pull_request.demilestoned",
            "pull_request.unlocked",
            "pull_request.auto_merge_disabled",
            body: GitLabBody.mergeRequest(
                "update",
                changes: #"""
                    "draft":{"previous":true,"current":false},
                    "reviewers":{"previous":[{"id":6,"username":"cleo"}],"current":[]},
                    "assignees":{"previous":[{"id":6,"username":"cleo"}],"current":[]},
                    "labels":{"previous":[{"id":9,"title":"bug"}],"current":[]},
                    "milestone_id":{"previous":3,"current":null},
                    "discussion_locked":{"previous":true,"current":null},
                    "merge_when_pipeline_succeeds":{"previous":true,"current":false}
                    """#
            )
        ),
    ]

    private static let approvals = [
        TestDelivery(name, "pull_request_review.submitted", body: GitLabBody.mergeRequest("approved")),
        TestDelivery(name, "pull_request_review.dismissed", body: GitLabBody.mergeRequest("unapproved")),
    ]

    private static let position = #"""
        ,"action":"create","type":"DiffNote",
        "position":{"head_sha":"a1","new_path":"door.swift","new_line":3,"old_path":"door.swift"}
        """#

    private static let notes = [
        TestDelivery(
            "Note Hook",
            "comment.created",
            body: GitLabBody.note("MergeRequest", position, on: #""merge_request":{"iid":7}"#)
        ),
        TestDelivery(
            "Note Hook",
            "comment.edited",
            body: GitLabBody.note("Issue", #","action":"update""#, on: #""issue":{"iid":8}"#)
        ),
        TestDelivery(
            "Note Hook",
            "comment.created",
            body: GitLabBody.note("Commit", on: #""commit":{"id":"a1"}"#)
        ),
        TestDelivery(
            "Note Hook",
            "comment.created",
            body: GitLabBody.note("Snippet", on: #""snippet":{"id":53}"#)
        ),
        TestDelivery("Note Hook", "unknown.create", body: GitLabBody.note("Epic", on: #""epic":{"iid":1}"#)),
    ]

    private static let pipelines = [
        TestDelivery("Pipeline Hook", "check_suite.requested", body: GitLabBody.pipeline("pending")),
        TestDelivery("Pipeline Hook", "check_suite.updated", body: GitLabBody.pipeline("running")),
        TestDelivery(
            "Pipeline Hook",
            "check_suite.completed",
            body: GitLabBody.pipeline("failed", more: #","merge_request":{"iid":7}"#)
        ),
    ]

    private static let times = #"""
        ,"build_started_at":"2026-01-02 00:00:00 UTC","build_finished_at":"2026-01-02 00:01:00 UTC"
        """#

    private static let jobs = [
        TestDelivery("Job Hook", "check_run.created", body: GitLabBody.job("created")),
        TestDelivery("Job Hook", "check_run.updated", body: GitLabBody.job("running")),
        TestDelivery("Job Hook", "check_run.completed", body: GitLabBody.job("success", times)),
    ]

    private static let pushes = [
        TestDelivery(
            "Push Hook",
            "push.pushed",
            body: #"""
                {"object_kind":"push","ref":"refs/heads/main","before":"b1","after":"b2","checkout_sha":"b2",
                 "user_id":4,"user_username":"ada","commits":[{"id":"b2","message":"Add a door"}],
                 "total_commits_count":1,\#(GitLabBody.project)}
                """#
        ),
        TestDelivery(
            "Tag Push Hook",
            "push.pushed",
            body: #"{"object_kind":"tag_push","ref":"refs/tags/v1","before":"00","after":"b2","user_id":4}"#
        ),
        TestDelivery(
            "System Hook",
            "push.pushed",
            body: #"""
                {"event_name":"repository_update","user_id":4,"project_id":1,"changes":[
                  {"ref":"refs/heads/main","before":"b1","after":"b2"},
                  {"ref":"refs/heads/door","before":"a1","after":"00"}]}
                """#
        ),
    ]
}
