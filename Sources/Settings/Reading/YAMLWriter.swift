/// Writes block-style YAML; whatever a user chose is in double quotes.
struct YAMLWriter {
    /// The text so far.
    private(set) var text = ""
    private var depth = 0

    private static let indentation = 2

    /// Writes a value that is YAML as it is, such as a number or duration.
    mutating func plain(_ key: String, _ value: some CustomStringConvertible) {
        line("\(key): \(value)")
    }

    /// Writes a value that may hold anything; `null` for none, which counts as left out.
    mutating func text(_ key: String, _ value: String?) {
        line("\(key): \(value.map(QuotedText.yaml) ?? "null")")
    }

    /// Writes a mapping of names to values that may both hold anything.
    mutating func texts(_ key: String, _ values: [(name: String, text: String)]) {
        guard !values.isEmpty else { return plain(key, "{}") }
        section(key) { yaml in
            for (name, text) in values { yaml.text(QuotedText.yaml(name), text) }
        }
    }

    /// Writes a list of values that may hold anything.
    mutating func list(_ key: String, _ values: [some CustomStringConvertible]) {
        let items = values.map { QuotedText.yaml($0.description) }.joined(separator: ", ")
        line("\(key): [\(items)]")
    }

    /// Writes a mapping whose entries `entries` writes.
    mutating func section(_ key: String, _ entries: (inout YAMLWriter) -> Void) {
        line("\(key):")
        depth += 1
        entries(&self)
        depth -= 1
    }

    /// Writes a mapping of names to mappings; the names are quoted where YAML 1.1 would read something else.
    mutating func sections(_ key: String, _ named: [(name: String, entries: (inout YAMLWriter) -> Void)]) {
        guard !named.isEmpty else { return line("\(key): {}") }
        section(key) { yaml in
            for (name, entries) in named {
                yaml.section(Self.isPlain(name) ? name : QuotedText.yaml(name), entries)
            }
        }
    }

    private mutating func line(_ content: String) {
        text += String(repeating: " ", count: depth * Self.indentation) + content + "\n"
    }

    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.utf8.first, (0x61...0x7A).contains(first) else { return false }
        let words = ["false", "n", "no", "null", "off", "on", "true", "y", "yes"]
        return !words.contains(name) && name.utf8.allSatisfy { $0 > 0x2C && $0 < 0x7F && $0 != 0x3A }
    }
}
