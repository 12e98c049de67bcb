/// GitLab.com and self-managed GitLab: project, group, system and service hooks.
package struct GitLab: Provider {
    /// `gitlab`.
    package let name = "gitlab"

    /// What GitLab says of a delivery and the instance that sent it.
    package let keptHeaders = [
        "x-gitlab-event",
        "x-gitlab-instance",
        "x-gitlab-webhook-uuid",
        "x-gitlab-event-uuid",
        "idempotency-key",
        "webhook-id",
        "webhook-timestamp",
    ]

    package init() {}
}
