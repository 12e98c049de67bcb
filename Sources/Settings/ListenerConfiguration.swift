/// A named subscriber as the configuration describes it.
///
/// Configuration keys of `listeners.<name>`:
/// - `enabled` (flag; default true): whether it gets dispatches.
/// - `on` (list of `kind`, `kind.action` or `*`; default `*`): the events taken. A Swift listener takes the
///   events of its type, which this can only narrow.
/// - `repositories` (list of globs over full names; default `*`): see `RepositoryPattern`.
/// - `percent` (whole number; default 100; 0 to 100): the share of deliveries taken.
/// - `command` (list of texts): a program and its arguments; it gets the event on stdin.
/// - `url`, `signingSecrets`, `signingSecret`, `allowAddresses`: see `EndpointConfiguration`.
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
        /// A program and its arguments; at least one word.
        case command([String])
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

    private static let commandBytesMax = 128 * ByteSize.kibibyte

    private static func target(_ section: Section) -> Target {
        var command: [String] = []
        var url: String?
        section.read("command", &command, listOf: .argument(maxBytes: commandBytesMax))
        section.read("url", &url, .url)
        let endpoint = EndpointConfiguration(url: url ?? "", section)
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
        switch target {
        case .swift: checkSwift(section, vocabulary)
        case .command: checkCommand(section)
        case .endpoint: break
        }
        if target != .swift, vocabulary.listeners[name] != nil {
            section.error(
                "\(name) is a registered Swift listener; a command or url needs another name",
                at: section.mark
            )
        }
    }

    private func checkSwift(_ section: Section, _ vocabulary: ConfigurationVocabulary) {
        checkEndpointKeys(section)
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

    private func checkCommand(_ section: Section) {
        checkEndpointKeys(section)
        guard section.hasEntries("command") else {
            return section.error("command has no words", at: section.mark(of: "command"))
        }
        guard case let .command(words) = target, let program = words.first else { return }
        if program.isEmpty {
            section.error("command begins with an empty word", at: section.mark(of: "command"))
        }
        if words.count == 1, !section.isList("command"), program.contains(" ") {
            section.error(
                "command is not run by a shell: write a list of words",
                at: section.mark(of: "command"),
                suggestion: "[" + program.split(separator: " ").joined(separator: ", ") + "]"
            )
        }
    }

    private func checkEndpointKeys(_ section: Section) {
        for key in EndpointConfiguration.keys where section.has(key) {
            section.error("\(key) has a meaning only with url", at: section.mark(of: key))
        }
    }
}

extension ValueParser<String> {
    /// A word of a command line; anything but a zero byte, which ends it.
    static func argument(maxBytes: Int) -> ValueParser {
        ValueParser { text throws(ValueProblem) in
            guard !text.utf8.contains(0) else { throw ValueProblem("holds a zero byte") }
            guard text.utf8.count <= maxBytes else { throw ValueProblem("is longer than \(maxBytes) bytes") }
            return text
        }
    }
}
