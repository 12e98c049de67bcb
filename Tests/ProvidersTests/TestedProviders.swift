import Providers

/// The providers that the suites about all of them run over.
enum TestedProviders {
    /// Those of the product, and one that only the tests have.
    static let catalog = ProviderCatalog(ProviderCatalog.standard.all + [MadeUp()])

    /// The deliveries written for a provider: at least one of each kind and action that it can give, which
    /// together set every field that it can fill; the coverage tables are made from them.
    static func deliveries(of provider: String) -> [TestDelivery] { written[provider] ?? [] }

    private static let written = [
        "azure-devops": AzureDevOpsDeliveries.all,
        "bitbucket-cloud": BitbucketCloudDeliveries.all,
        "bitbucket-dc": BitbucketDataCenterDeliveries.all,
        "forgejo": ForgejoDeliveries.all,
        "gitea": GiteaDeliveries.all,
        "github": GitHubDeliveries.all,
        "gitlab": GitLabDeliveries.all,
        "gogs": GogsDeliveries.all,
        "standard-webhooks": StandardWebhooksDeliveries.all,
    ]

    /// A secret in the form that a provider takes.
    static func secret(of provider: any Provider) -> String {
        secrets[provider.name] ?? "It's a Secret to Everybody"
    }

    /// Another secret in that form.
    static func otherSecret(of provider: any Provider) -> String {
        otherSecrets[provider.name] ?? "another secret"
    }

    private static let otherSecrets = [
        "azure-devops": "hooks:s3cr4t",
        "standard-webhooks": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
    ]

    private static let secrets = [
        "azure-devops": "hooks:s3cr3t",
        "standard-webhooks": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    ]
}
