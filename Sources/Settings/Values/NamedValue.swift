/// A header of requests, or a variable of a command's environment.
package struct NamedValue: Equatable, Sendable {
    /// The name as it is written.
    package var name: String
    /// The value.
    package var value: SettingValue

    package init(_ name: String, _ value: SettingValue) {
        self.name = name
        self.value = value
    }
}

/// A named value that was found: it never appears in a description.
package struct ResolvedValue: Equatable, CustomDebugStringConvertible, CustomStringConvertible, Sendable {
    /// The name as it is written.
    package let name: String
    /// The value itself.
    package let text: String
    /// Whether it was found behind a reference, so that it must not be told.
    package let isSecret: Bool

    /// The name alone.
    package var description: String { "ResolvedValue(\(name))" }

    /// The name alone.
    package var debugDescription: String { description }
}

/// What named values of one sort may be.
struct NamedValueRules: Sendable {
    /// How many there may be.
    let countMax: Int
    /// Whether two names are the same that differ in ASCII case alone.
    let ignoresCase: Bool
    /// What a name may be.
    let name: ValueParser<String>
    /// What a value may be, given in the file or found behind a reference.
    let text: ValueParser<String>
}

extension Section {
    /// Reads a mapping of names to values that may be secret; a name without a value is left out.
    func read(_ key: String, _ values: inout [NamedValue], _ rules: NamedValueRules) {
        let section = section(key)
        guard section.names.count <= rules.countMax else {
            return section.error("more than \(rules.countMax) entries", at: section.mark)
        }
        var seen: Set<String> = []
        for name in section.names {
            do throws(ValueProblem) {
                let name = try rules.name.parse(name)
                guard seen.insert(rules.ignoresCase ? name.lowercased() : name).inserted else {
                    throw ValueProblem("\(QuotedText.shown(name)) stands twice, as case does not count")
                }
                section.readOne(name, &values, rules)
            } catch {
                section.error(error.message, at: section.mark(ofEntry: name), suggestion: error.suggestion)
            }
        }
    }

    private func readOne(_ name: String, _ values: inout [NamedValue], _ rules: NamedValueRules) {
        var value: SettingValue?
        read(name, &value, .settingValue(rules.text))
        guard let value else { return }
        problems.locate(name, in: path, at: mark(of: name))
        values.append(NamedValue(name, value))
        if case .text = value, Self.isSecretName(name) {
            warning(
                "\(name) looks like a secret: write env:NAME, file:/path or credential:NAME instead of it",
                at: mark(of: name)
            )
        }
    }

    private static let secretWords = [
        "apikey", "authorization", "cookie", "credential", "passphrase", "passwd", "password", "privatekey",
        "secret", "token",
    ]

    /// Whether a value of this name should not stand in a file; the path of a file that holds it may.
    private static func isSecretName(_ name: String) -> Bool {
        let word = name.lowercased().filter { $0 != "-" && $0 != "_" }
        guard !word.hasSuffix("file"), !word.hasSuffix("path") else { return false }
        return secretWords.contains { word.contains($0) }
    }
}
