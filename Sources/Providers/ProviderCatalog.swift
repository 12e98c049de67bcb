/// Every provider there is: adding one is its folder and its line here.
package enum ProviderCatalog {
    /// All providers, in the order in which they are told to people.
    package static let all: [any Provider] = [
        GitHub()
    ]

    /// Their names in the configuration.
    package static var names: [String] { all.map(\.name) }

    /// The provider of that name.
    package static func named(_ name: String) -> (any Provider)? {
        all.first { $0.name == name }
    }
}
