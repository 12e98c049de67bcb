extension GitHub {
    /// At least one of each kind of event, and some that have none.
    ///
    /// The files below `Samples` are compiled in;
    /// their names begin with the provider's because all providers' share one name space there.
    package var samples: [Sample] {
        [
            sample("check_run.completed", of: "check_run", PackageResources.github_check_run_completed_json),
            sample("check_run.created", of: "check_run", PackageResources.github_check_run_created_json),
            sample(
                "check_suite.completed",
                of: "check_suite",
                PackageResources.github_check_suite_completed_json
            ),
            sample(
                "commit_comment.created",
                of: "commit_comment",
                PackageResources.github_commit_comment_created_json
            ),
            sample(
                "issue_comment.created",
                of: "issue_comment",
                PackageResources.github_issue_comment_created_json
            ),
            sample(
                "issue_comment.edited",
                of: "issue_comment",
                PackageResources.github_issue_comment_edited_json
            ),
            sample("issues.opened", of: "issues", PackageResources.github_issues_opened_json),
            sample("ping", of: "ping", PackageResources.github_ping_json),
            sample(
                "pull_request.closed",
                of: "pull_request",
                PackageResources.github_pull_request_closed_json
            ),
            sample(
                "pull_request.labeled",
                of: "pull_request",
                PackageResources.github_pull_request_labeled_json
            ),
            sample(
                "pull_request.opened",
                of: "pull_request",
                PackageResources.github_pull_request_opened_json
            ),
            sample(
                "pull_request.synchronize",
                of: "pull_request",
                PackageResources.github_pull_request_synchronize_json
            ),
            sample(
                "pull_request_review.submitted",
                of: "pull_request_review",
                PackageResources.github_pull_request_review_submitted_json
            ),
            sample(
                "pull_request_review_comment.created",
                of: "pull_request_review_comment",
                PackageResources.github_pull_request_review_comment_created_json
            ),
            sample(
                "pull_request_review_thread.resolved",
                of: "pull_request_review_thread",
                PackageResources.github_pull_request_review_thread_resolved_json
            ),
            sample("push", of: "push", PackageResources.github_push_json),
            sample("push.tag", of: "push", PackageResources.github_push_tag_json),
            sample("status.success", of: "status", PackageResources.github_status_success_json),
        ]
    }

    private func sample(_ name: String, of event: String, _ body: [UInt8]) -> Sample {
        Sample(name: name, provider: self.name, event: event, body: body)
    }
}
