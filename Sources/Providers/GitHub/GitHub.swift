/// GitHub and GitHub Enterprise Server.
package struct GitHub: Provider {
    /// `github`.
    package let name = "github"

    /// What GitHub says of a delivery and the hook that sent it.
    package let keptHeaders = [
        "x-github-event",
        "x-github-delivery",
        "x-github-hook-id",
        "x-github-hook-installation-target-type",
        "x-github-hook-installation-target-id",
        "x-github-enterprise-version",
        "x-github-enterprise-host",
    ]

    package init() {}
}
