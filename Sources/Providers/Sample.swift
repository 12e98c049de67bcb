/// A body that a provider could have sent, compiled into the executable.
package struct Sample: Sendable {
    /// The name that `forgewire send --sample` takes, such as `pull_request.opened`.
    package let name: String
    /// The provider that sends such bodies.
    package let provider: String
    /// The provider's own name of the event.
    package let event: String
    /// The body to sign and send.
    package let body: [UInt8]
}

/// The samples of all providers.
package enum SampleCatalog {
    /// Every sample, in the order of the providers and their names.
    package static var all: [Sample] { ProviderCatalog.all.flatMap(\.samples) }

    /// The samples of one provider; none for an unknown one.
    package static func samples(of provider: String) -> [Sample] {
        ProviderCatalog.named(provider)?.samples ?? []
    }

    /// One provider's sample of that name.
    package static func sample(_ name: String, of provider: String) -> Sample? {
        samples(of: provider).first { $0.name == name }
    }
}
