/// The names that the configuration may use and that other modules define.
package struct ConfigurationVocabulary: Sendable {
    /// The names of the providers.
    package var providers: [String]
    /// The kinds of events, each with the actions that the model knows.
    package var kinds: [String: [String]]
    /// The registered Swift listeners, each with the kinds that it takes.
    package var listeners: [String: [String]]
    /// The fields of the event JSON that hold a single value or an array of such, by their paths.
    package var fields: [String: Field]

    /// The names of the sources, which the file itself defines.
    var sources: [String] = []

    /// What is known of a field.
    package struct Field: Equatable, Sendable {
        /// What it holds.
        package var type: ValueType
        /// The kinds of events that may have it.
        package var kinds: Set<String>

        /// What a field holds.
        package enum ValueType: String, CaseIterable, Sendable {
            /// `true` or `false`.
            case flag
            /// A whole number.
            case number
            /// Anything else.
            case text
        }

        package init(type: ValueType, kinds: Set<String>) {
            self.type = type
            self.kinds = kinds
        }
    }

    package init(
        providers: [String],
        kinds: [String: [String]],
        listeners: [String: [String]],
        fields: [String: Field] = [:]
    ) {
        self.providers = providers
        self.kinds = kinds
        self.listeners = listeners
        self.fields = fields
    }
}

extension ConfigurationVocabulary {
    /// The one field that no filter can know: an event has its id only once it is stored.
    private static let idField = "id"

    /// A field by its path.
    ///
    /// - Throws: What is wrong with a path that leads to no single value, or nowhere.
    func field(at path: String) throws(ValueProblem) -> Field {
        guard path != Self.idField else {
            throw ValueProblem("id is given when the event is stored, after the filters")
        }
        if let field = fields[path] { return field }
        let inside = fields.keys.filter { $0.hasPrefix("\(path).") }.sorted()
        guard inside.isEmpty else {
            throw ValueProblem("\(path) holds several fields, such as \(inside[0])")
        }
        throw unknown(FieldPath(path))
    }

    /// What is wrong with a path: its first name that is unknown, and what stands in that place.
    private func unknown(_ path: FieldPath) -> ValueProblem {
        var right: [String] = []
        var here = names(below: right)
        for name in path.names.dropLast() {
            let below = names(below: right + [name])
            if below.isEmpty { break }
            right.append(name)
            here = below
        }
        let shown = QuotedText.shown("\(path)")
        guard let near = NearMiss.of(path.names[right.count], among: here) else {
            let list = here.isEmpty ? "" : "; the fields here are \(here.joinedWithOr())"
            return ValueProblem("unknown field \(shown)\(list)")
        }
        let rest = path.names.dropFirst(right.count + 1)
        let meant = (right + [near] + rest).joined(separator: ".")
        return ValueProblem("unknown field \(shown)", suggestion: meant)
    }

    /// The names in an object, sorted; none where there is no such object.
    private func names(below parent: [String]) -> [String] {
        let prefix = parent.map { "\($0)." }.joined()
        let names = fields.keys.filter { $0.hasPrefix(prefix) }
            .compactMap { $0.dropFirst(prefix.count).split(separator: ".").first.map { String($0) } }
        return Set(names).sorted()
    }
}
