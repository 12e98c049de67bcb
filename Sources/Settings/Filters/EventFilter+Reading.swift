extension EventFilter {
    /// Reads `on`, `repositories`, `sources`, `where` and `percent` of a listener.
    ///
    /// - Parameters:
    ///   - section: The listener's section.
    ///   - vocabulary: The kinds, actions and fields that exist.
    ///   - taken: The kinds that a Swift listener takes, to which the filter is limited; nil for others.
    mutating func read(_ section: Section, vocabulary: ConfigurationVocabulary, taken: [String]?) {
        let kinds = vocabulary.kinds.keys.sorted()
        section.read("on", &on, listOf: .eventPattern(kinds: kinds, taken: taken)) { pattern in
            Self.doubt(about: pattern, vocabulary)
        }
        section.read("repositories", &repositories, listOf: .repositoryPattern, doubt: Self.doubt)
        section.read("sources", &sources, listOf: .sourceName(of: vocabulary.sources))
        section.read("percent", &percent, .whole(in: 0...100))
        for key in ["on", "repositories", "sources"] where section.has(key) && !section.hasEntries(key) {
            section.error(
                "\(key) is an empty list and takes nothing; leave it out",
                at: section.mark(of: key)
            )
        }
        let isNarrowed = section.has("on") && !on.contains(.everything)
        if let taken, on.contains(.everything) { on = taken.map { .kind($0) } }
        readConditions(section.section("where"), vocabulary, isNarrowed: isNarrowed)
    }

    /// Words of forges that are told in another way.
    private static let otherWords = [
        EventPattern.action(kind: "pull_request", action: "merged"):
            "say pull_request.closed with where: { pullRequest.merged: true }"
    ]

    /// An action that the model does not know may be a forge's own word of tomorrow; of what has no neutral
    /// event it may be any.
    private static func doubt(
        about pattern: EventPattern,
        _ vocabulary: ConfigurationVocabulary
    ) -> ValueProblem? {
        guard case let .action(kind, action) = pattern, let actions = vocabulary.kinds[kind],
            !actions.isEmpty, !actions.contains(action)
        else { return nil }
        let message = "no forge gives \(QuotedText.shown(pattern.description))"
        if let other = otherWords[pattern] { return ValueProblem("\(message): \(other)") }
        if let near = NearMiss.of(action, among: actions) {
            return ValueProblem(message, suggestion: "\(kind).\(near)")
        }
        return ValueProblem("\(message); the actions are \(actions.sorted().joinedWithOr())")
    }

    private static func doubt(about pattern: RepositoryPattern) -> ValueProblem? {
        let text = pattern.description
        guard !text.contains("/"), !text.contains("*") else { return nil }
        return ValueProblem(
            "\(QuotedText.shown(text)) takes nothing: a full name has a slash",
            suggestion: "*/\(text)"
        )
    }
}

extension ValueParser<String> {
    /// The name of a source of the file, or `*`.
    fileprivate static func sourceName(of names: [String]) -> ValueParser {
        ValueParser { text throws(ValueProblem) in
            guard text != EventFilter.everySource, !names.contains(text) else { return text }
            let near = NearMiss.of(text, among: names)
            let isListed = near == nil && !names.isEmpty
            let list = isListed ? "; the sources are \(names.sorted().joinedWithOr())" : ""
            throw ValueProblem("no source is named \(QuotedText.shown(text))\(list)", suggestion: near)
        }
    }
}
