/// Bitbucket Data Center, and Bitbucket Server before it.
package struct BitbucketDataCenter: Provider {
    /// `bitbucket-dc`.
    package let name = "bitbucket-dc"

    /// What Bitbucket says of a delivery.
    package let keptHeaders = [
        "x-event-key",
        "x-request-id",
    ]

    package init() {}
}
