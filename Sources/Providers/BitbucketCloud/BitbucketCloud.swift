/// Bitbucket Cloud.
package struct BitbucketCloud: Provider {
    /// `bitbucket-cloud`.
    package let name = "bitbucket-cloud"

    /// What Bitbucket says of a delivery and the hook that sent it.
    package let keptHeaders = [
        "x-event-key",
        "x-hook-uuid",
        "x-request-uuid",
        "x-attempt-number",
    ]

    package init() {}
}
