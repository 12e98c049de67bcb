/// The providers that a daemon speaks.
package struct ProviderCatalog: Sendable {
    /// All of them, in the order in which they are told to people.
    package let all: [any Provider]

    /// Every provider there is: adding one is its folder and its line here.
    package static let standard = ProviderCatalog([
        GitHub(),
        GitLab(),
        BitbucketCloud(),
        BitbucketDataCenter(),
        Gitea(.gitea),
        Gitea(.forgejo),
        Gitea(.gogs),
        AzureDevOps(),
        StandardWebhooks(),
    ])

    /// Makes a catalog.
    ///
    /// - Parameter all: Providers, no two of the same name.
    package init(_ all: [any Provider]) {
        self.all = all
    }

    /// Their names in the configuration.
    package var names: [String] { all.map(\.name) }

    /// The provider of that name.
    package func named(_ name: String) -> (any Provider)? {
        all.first { $0.name == name }
    }
}
