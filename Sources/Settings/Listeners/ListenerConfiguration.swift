/// A named subscriber as the configuration describes it.
///
/// Configuration keys of `listeners.<name>`:
/// - `enabled` (flag; default true): whether it gets dispatches.
/// - `on` (list of `kind`, `kind.action` or `*`; default `*`): the events taken. A Swift listener takes the
///   events of its type, which this can only narrow.
/// - `repositories` (list of globs over full names; default `*`): see `RepositoryPattern`.
/// - `sources` (list of names of sources; default `*`): the sources whose events are taken.
/// - `where` (mapping of paths in the event JSON to conditions; default none): the events taken are those for
///   which all conditions hold, see `FieldCondition`.
/// - `percent` (whole number; default 100; 0 to 100): the share of deliveries taken.
/// - `command`, `workingDirectory`, `environment`: see `CommandConfiguration`.
/// - `url`, `signingSecrets`, `signingSecret`, `headers`, `caFile`, `allowAddresses`, `rateLimit`: see
///   `EndpointConfiguration`.
/// - `payload` (flag; default false): adds the raw payload to the event JSON of a command or endpoint.
/// - any key of `dispatcher.defaults`: see `DispatchPolicy`.
///
/// With neither `command` nor `url` the name must be that of a registered Swift listener; with one of them it
/// must not.
package struct ListenerConfiguration: Equatable, Sendable {
    /// The name, as the outbox stores it.
    package var name: String
    /// Whether the listener gets dispatches.
    package var enabled = true
    /// What runs.
    package var target: Target
    /// Which events it gets; for a Swift listener, the kinds of its type are filled in.
    package var filter = EventFilter()
    /// Whether the event JSON holds the raw payload.
    package var payload = false
    /// How its dispatches are run, with the defaults filled in.
    package var policy: DispatchPolicy

    /// What runs when an event is dispatched.
    package enum Target: Equatable, Sendable {
        /// A registered Swift listener of the same name.
        case swift
        /// A program of its own.
        case command(CommandConfiguration)
        /// An HTTP endpoint.
        case endpoint(EndpointConfiguration)
    }

    package init(name: String, target: Target, policy: DispatchPolicy = DispatchPolicy()) {
        self.name = name
        self.target = target
        self.policy = policy
    }

    init(name: String, _ section: Section, defaults: DispatchPolicy, vocabulary: ConfigurationVocabulary) {
        self.init(name: name, target: Self.target(section), policy: defaults)
        section.read("enabled", &enabled, .flag)
        let taken = target == .swift ? vocabulary.listeners[name] : nil
        filter.read(section, vocabulary: vocabulary, taken: taken)
        section.read("payload", &payload, .flag)
        policy.read(section)
        section.finish()
        section.checkName(name)
        checkTarget(section, vocabulary)
    }

    private static func target(_ section: Section) -> Target {
        // Both are read, so that no key of theirs counts as unknown.
        let command = CommandConfiguration(section)
        let endpoint = EndpointConfiguration(section)
        if section.has("url") { return .endpoint(endpoint) }
        return section.has("command") ? .command(command) : .swift
    }

    private func checkTarget(_ section: Section, _ vocabulary: ConfigurationVocabulary) {
        if section.has("command"), section.has("url") {
            section.error("command and url exclude each other", at: section.mark(of: "url"))
        }
        if section.has("signingSecret"), section.has("signingSecrets") {
            section.error(
                "signingSecret and signingSecrets exclude each other",
                at: section.mark(of: "signingSecret")
            )
        }
        check(CommandConfiguration.keys, need: "command", section)
        check(EndpointConfiguration.keys, need: "url", section)
        switch target {
        case .swift: checkSwift(section, vocabulary)
        case let .command(command): command.check(section)
        case let .endpoint(endpoint): endpoint.check(section)
        }
        if target != .swift, vocabulary.listeners[name] != nil {
            section.error(
                "\(name) is a registered Swift listener; a command or url needs another name",
                at: section.mark
            )
        }
    }

    private func check(_ keys: [String], need other: String, _ section: Section) {
        for key in keys where section.has(key) && !section.has(other) {
            section.error("\(key) has a meaning only with \(other)", at: section.mark(of: key))
        }
    }

    private func checkSwift(_ section: Section, _ vocabulary: ConfigurationVocabulary) {
        if payload {
            section.error("payload has a meaning only with command or url", at: section.mark(of: "payload"))
        }
        guard vocabulary.listeners[name] == nil else { return }
        let names = vocabulary.listeners.keys.sorted()
        let near = NearMiss.of(name, among: names)
        let list = near == nil ? "; registered are: \(names.joined(separator: ", "))" : ""
        section.error(
            "no Swift listener of this name is registered, and there is no command or url"
                + (names.isEmpty ? "" : list),
            at: section.mark,
            suggestion: near
        )
    }
}
