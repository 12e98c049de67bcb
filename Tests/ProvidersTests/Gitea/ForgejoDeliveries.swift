import Events

/// Deliveries of every kind and action of Forgejo's.
enum ForgejoDeliveries {
    static let all =
        GiteaDeliveries.forges + GiteaDeliveries.statuses + runs + jobs + [
            TestDelivery(
                "pull_request",
                "pull_request.labeled",
                body: GiteaDeliveries.pull("label_updated", label)
            ),
            TestDelivery(
                "pull_request",
                "pull_request.unlabeled",
                body: GiteaDeliveries.pull("label_cleared", label)
            ),
        ]

    private static let label = #""label":{"id":5,"name":"bug"}"#

    private static func run(_ status: String, ref: String) -> String {
        #"""
        "run":{"id":20,"workflow_id":"test.yml","prettyref":"\#(ref)","commit_sha":"a1","status":"\#(status)",
          "html_url":"https://x/20","stopped":"2026-01-02T00:00:00Z","trigger_user":{"id":4,"login":"ada"},
          \#(GiteaDeliveries.repository)}
        """#
    }

    private static let runs = [
        ("failure", "failure", "#7"), ("success", "success", "main"), ("recover", "success", "main"),
    ].map { action, status, ref in
        TestDelivery(
            "action_run_\(action)",
            "check_suite.completed",
            body: #"{"action":"\#(action)",\#(run(status, ref: ref))}"#
        )
    }

    private static let jobs = [
        ("waiting", "new_job_attempt", "created"), ("running", "job_status_changed", "updated"),
        ("success", "job_completed", "completed"),
    ].map { status, word, action in
        TestDelivery(
            "workflow_job_\(status)",
            "check_run.\(action)",
            body: #"""
                {"action":"\#(word)","job":{"id":21,"run_id":20,"name":"test","html_url":"https://x/21",
                 "status":"\#(status)"},\#(run("running", ref: "#7")),\#(GiteaDeliveries.repository)}
                """#
        )
    }
}
