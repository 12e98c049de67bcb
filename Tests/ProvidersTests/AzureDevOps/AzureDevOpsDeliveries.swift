/// Deliveries of every kind and action of Azure DevOps's.
enum AzureDevOpsDeliveries {
    static let all = [
        TestDelivery(created, "pull_request.opened", body: body(created, pullRequest())),
        TestDelivery(created, "pull_request.opened", body: body(created, pullRequest(more: fork))),
        TestDelivery(updated, "pull_request.edited", body: body(updated, pullRequest())),
        TestDelivery(updated, "pull_request.closed", body: body(updated, pullRequest("completed"))),
        TestDelivery(updated, "pull_request.closed", body: body(updated, pullRequest("abandoned"))),
        TestDelivery(merged, "pull_request.closed", body: body(merged, pullRequest("completed"))),
        TestDelivery(merged, "unknown", body: body(merged, pullRequest())),
        TestDelivery(comment, "comment.created", body: body(comment, remark(updated: "00:00"))),
        TestDelivery(comment, "comment.edited", body: body(comment, remark(updated: "00:01"))),
        TestDelivery(
            comment,
            "comment.deleted",
            body: body(comment, remark(updated: "00:00", more: #","isDeleted":true"#))
        ),
        TestDelivery("git.push", "push.pushed", body: body("git.push", push)),
        TestDelivery("build.complete", "check_suite.completed", body: body("build.complete", build)),
        TestDelivery(run, "check_suite.requested", body: body(run, part("inProgress"))),
        TestDelivery(run, "check_suite.updated", body: body(run, part("canceling"))),
        TestDelivery(run, "check_suite.completed", body: body(run, part("completed"))),
        TestDelivery(stage, "check_run.updated", body: body(stage, part("running", of: "stage"))),
        TestDelivery(stage, "check_run.completed", body: body(stage, part("completed", of: "stage"))),
        TestDelivery(job, "check_run.created", body: body(job, part("waiting", of: "job"))),
        TestDelivery(job, "check_run.updated", body: body(job, part("inProgress", of: "job"))),
        TestDelivery(job, "check_run.completed", body: body(job, part("completed", of: "job"))),
        TestDelivery("workitem.updated", "unknown", body: body("workitem.updated", #"{"id":5}"#)),
        TestDelivery("tfvc.checkin", "unknown", body: body("tfvc.checkin", #"{"changesetId":5}"#)),
    ]

    static let created = "git.pullrequest.created"
    static let updated = "git.pullrequest.updated"
    static let merged = "git.pullrequest.merged"
    static let comment = "ms.vss-code.git-pullrequest-comment-event"
    static let run = "ms.vss-pipelines.run-state-changed-event"
    static let stage = "ms.vss-pipelines.stage-state-changed-event"
    static let job = "ms.vss-pipelines.job-state-changed-event"

    /// A notification.
    static func body(_ event: String, _ resource: String, notification: Int = 7) -> String {
        #"{"subscriptionId":"s-1","notificationId":\#(notification),"id":"e-1","eventType":"\#(event)","#
            + #""resource":\#(resource),"resourceVersion":"2.0","#
            + #""createdDate":"2026-01-05T00:00:00.1234567Z"}"#
    }

    static let repository = #"""
        {"id":"r-1","name":"app","project":{"id":"p-1","name":"acme","visibility":"public"},
        "remoteUrl":"https://acme@x/acme/_git/app","webUrl":"https://x/acme/_git/app"}
        """#

    static let ada = #"{"id":"u-4","displayName":"Ada","uniqueName":"ada@acme.example"}"#

    static let fork = #"""
        ,"forkSource":{"name":"refs/heads/door","repository":
        {"id":"r-2","name":"app.ben","project":{"id":"p-2","name":"ben"}}}
        """#

    /// A pull request.
    static func pullRequest(_ status: String = "active", more: String = "") -> String {
        #"""
        {"pullRequestId":7,"title":"Add a door","description":"It opens.","status":"\#(status)",
        "mergeStatus":"succeeded","isDraft":false,"createdBy":\#(ada),
        "creationDate":"2026-01-01T00:00:00Z","closedDate":"2026-01-02T00:00:00Z",
        "sourceRefName":"refs/heads/door","targetRefName":"refs/heads/main",
        "lastMergeSourceCommit":{"commitId":"a1"},"lastMergeTargetCommit":{"commitId":"b2"},
        "lastMergeCommit":{"commitId":"c3"},"repository":\#(repository),
        "_links":{"web":{"href":"https://x/acme/_git/app/pullrequest/7#view=discussion"}}\#(more)}
        """#
    }

    /// A comment on it, published at midnight.
    static func remark(updated: String, more: String = "") -> String {
        let address = "https://x/_apis/git/repositories/r-1/pullRequests/7/threads/5"
        return #"""
            {"comment":{"id":2,"parentCommentId":1,"author":\#(ada),"content":"Why?",
            "publishedDate":"2026-01-03T00:00:00Z","lastUpdatedDate":"2026-01-03T00:\#(updated)Z",
            "commentType":"text","_links":{"self":{"href":"\#(address)/comments/2"},
            "threads":{"href":"\#(address)"}}\#(more)},"pullRequest":\#(pullRequest())}
            """#
    }

    static let push = #"""
        {"commits":[{"commitId":"c3","comment":"Open the door"},{"commitId":"c2","comment":"Make a door"}],
        "refUpdates":[{"name":"refs/heads/main","oldObjectId":"b2","newObjectId":"c3"},
        {"name":"refs/tags/v1","oldObjectId":"0000000000000000000000000000000000000000","newObjectId":"c2"}],
        "repository":\#(repository),"pushedBy":\#(ada),"pushId":14,"date":"2026-01-04T00:00:00Z"}
        """#

    static let build = #"""
        {"id":9,"buildNumber":"20260101.1","status":"completed","result":"partiallySucceeded",
        "startTime":"2026-01-04T00:00:00Z","finishTime":"2026-01-04T00:01:00Z",
        "sourceBranch":"refs/pull/7/merge","sourceVersion":"c3","definition":{"id":1,"name":"app-ci"},
        "project":{"id":"p-1","name":"acme","visibility":"organization"},
        "repository":{"id":"r-1","type":"TfsGit","name":"app","url":"https://x/acme/_git/app"},
        "triggerInfo":{"pr.number":"7"},"_links":{"web":{"href":"https://x/acme/_build/results?buildId=9"}}}
        """#

    /// A run, or a part of one, in some state.
    static func part(_ state: String, of name: String? = nil) -> String {
        let isOver = state == "completed"
        let end = isOver ? #","result":"failed""# : ""
        let finished = isOver ? #","finishedDate":"2026-01-04T00:01:00Z""# : ""
        let finish = isOver ? #","finishTime":"2026-01-04T00:01:00Z""# : ""
        let part = name.map { name in
            #"""
            "\#(name)":{"id":"j-1","name":"compile","displayName":"Compile",
            "state":"\#(state)"\#(end)\#(finish),"startTime":"2026-01-04T00:00:30Z",
            "_links":{"web":{"href":"https://x/results?j=1"}}},
            """#
        }
        return #"""
            {\#(part ?? "")"run":{"id":9,"name":"20260101.1","state":"\#(state)"\#(end)\#(finished),
            "createdDate":"2026-01-04T00:00:00Z","_links":{"web":{"href":"https://x/results?buildId=9"}},
            "resources":{"repositories":{"self":{"repository":{"id":"r-1","type":"azureReposGit"},
            "refName":"refs/heads/door","version":"c3"}}},
            "variables":{"system.pullRequest.pullRequestId":{"value":"7"}}},
            "pipeline":{"id":1,"name":"app-ci"},
            "repositories":[{"type":"Git","url":"https://acme@dev.azure.com/acme/acme/_git/app"}]}
            """#
    }
}
