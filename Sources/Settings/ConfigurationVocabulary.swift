/// The names that the configuration may use and that other modules define.
package struct ConfigurationVocabulary: Sendable {
    /// The names of the providers.
    package var providers: [String]
    /// The kinds of events, each with the actions that the model knows.
    package var kinds: [String: [String]]
    /// The registered Swift listeners, each with the kinds that it takes.
    package var listeners: [String: [String]]

    package init(providers: [String], kinds: [String: [String]], listeners: [String: [String]]) {
        self.providers = providers
        self.kinds = kinds
        self.listeners = listeners
    }
}
