import Yams

/// One mapping of the file, read key by key; what nobody asked for by `finish()` is unknown.
///
/// A key without a value (`secrets:` with nothing behind it, or `null`) counts as left out. A wrong value is
/// a problem and leaves the default in place, so that everything else is still checked.
final class Section {
    /// The place in the tree, such as `ingest.limits`; empty for the whole file.
    let path: String
    /// Where the mapping stands.
    let mark: Mark?
    /// Where problems go.
    let problems: ProblemCollector
    private let document: YAMLDocument
    private let entries: [Entry]
    private var known: [String] = []

    private typealias Entry = (name: String, key: Mark?, value: Node)

    /// More entries than this in one mapping or list are refused.
    static let entriesMax = 1024

    /// Opens the whole file.
    convenience init(document: YAMLDocument, problems: ProblemCollector) {
        self.init(node: document.root, path: "", mark: nil, document: document, problems: problems)
    }

    private init(node: Node?, path: String, mark: Mark?, document: YAMLDocument, problems: ProblemCollector) {
        self.path = path
        self.mark = mark ?? node?.mark
        self.problems = problems
        self.document = document
        guard let node, !node.isAbsent else {
            entries = []
            return
        }
        guard let mapping = node.mapping else {
            problems.error(Self.message(path, "is not a mapping of keys to values"), at: node.mark)
            entries = []
            return
        }
        entries = Self.entries(of: mapping, path: path, document: document, problems: problems)
    }

    /// Where a key stands; the section's own place without it.
    func mark(of key: String) -> Mark? { entry(key)?.key ?? mark }

    /// Whether the file gives a value for a key.
    func has(_ key: String) -> Bool { entry(key) != nil }

    /// Whether the file gives a key something other than an empty list.
    func hasEntries(_ key: String) -> Bool {
        guard let value = entry(key)?.value else { return false }
        return value.sequence.map { !$0.isEmpty } ?? true
    }

    /// Whether the file gives a list for a key, rather than a single value.
    func isList(_ key: String) -> Bool { entry(key)?.value.sequence != nil }

    /// The keys as they are written, in the order of the file, those without a value included.
    var names: [String] { entries.map(\.name) }

    /// Where a key stands that may be without a value.
    func mark(ofEntry key: String) -> Mark? { anyEntry(key)?.key ?? mark }

    /// Whether the file gives a mapping for a key.
    func isMapping(_ key: String) -> Bool { anyEntry(key)?.value.mapping != nil }

    /// Whether nothing stands behind a key, not even `null`.
    func isEmpty(_ key: String) -> Bool {
        guard let value = anyEntry(key)?.value else { return false }
        return value.isAbsent && !value.isNull
    }

    /// Reads one value; without the key, `value` keeps its default.
    func read<Value>(_ key: String, _ value: inout Value, _ parser: ValueParser<Value>) {
        guard let node = node(key), let parsed = parse(node, path: subpath(key), parser) else { return }
        value = parsed
    }

    /// Reads one value that has no default.
    func read<Value>(_ key: String, _ value: inout Value?, _ parser: ValueParser<Value>) {
        guard let node = node(key), let parsed = parse(node, path: subpath(key), parser) else { return }
        value = parsed
    }

    /// Reads a list, in which a single value is a list of one.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - values: What is set to the good values; without the key it keeps its default.
    ///   - parser: Reads one value.
    ///   - null: What `null` stands for, where it is a value of its own.
    ///   - doubt: Says what is odd about a good value.
    func read<Value>(
        _ key: String,
        _ values: inout [Value],
        listOf parser: ValueParser<Value>,
        null: Value? = nil,
        doubt: (Value) -> ValueProblem? = { _ in nil }
    ) {
        guard let node = node(key, takesNull: null != nil) else { return }
        let items = node.sequence.map(Array.init) ?? [node]
        guard items.count <= Self.entriesMax else {
            return error("\(key) has more than \(Self.entriesMax) entries", at: node.mark)
        }
        values = items.enumerated().compactMap { index, item in
            let path = "\(subpath(key))[\(index)]"
            if let null, item.isNull { return null }
            guard let value = parse(item, path: path, parser) else { return nil }
            problems.locate(item.scalar?.string ?? "", in: subpath(key), at: item.mark)
            if let doubt = doubt(value) {
                problems.warning("\(path): \(doubt.message)", at: item.mark, suggestion: doubt.suggestion)
            }
            return value
        }
    }

    /// The mapping below a key; empty without it.
    func section(_ key: String) -> Section {
        let node = node(key)
        return Section(
            node: node,
            path: subpath(key),
            mark: entry(key)?.key,
            document: document,
            problems: problems
        )
    }

    /// The named mappings of this section, such as the listeners, in the order of the file.
    func namedSections() -> [(name: String, section: Section)] {
        known += entries.map(\.name)
        return entries.map { entry in
            let path = subpath(entry.name)
            problems.locate(path, at: entry.key)
            return (
                entry.name,
                Section(
                    node: entry.value,
                    path: path,
                    mark: entry.key,
                    document: document,
                    problems: problems
                )
            )
        }
    }

    /// Reports the keys that were not read.
    ///
    /// - Parameter others: Keys that would have been read if they were there.
    func finish(known others: [String] = []) {
        known += others
        for entry in entries where !known.contains(entry.name) {
            let suggestion = NearMiss.of(entry.name, among: known)
            var text = "unknown key \(QuotedText.shown(entry.name))"
            if suggestion == nil { text += "; the keys here are \(known.sorted().joinedWithOr())" }
            error(text, at: entry.key, suggestion: suggestion)
        }
    }

    /// Adds an error about this section.
    func error(_ message: String, at mark: Mark?, suggestion: String? = nil) {
        problems.error(Self.message(path, message), at: mark, suggestion: suggestion)
    }

    /// Adds a warning about this section.
    func warning(_ message: String, at mark: Mark?, suggestion: String? = nil) {
        problems.warning(Self.message(path, message), at: mark, suggestion: suggestion)
    }

    private static func message(_ path: String, _ message: String) -> String {
        path.isEmpty ? message : "\(path): \(message)"
    }

    private static func entries(
        of mapping: Node.Mapping,
        path: String,
        document: YAMLDocument,
        problems: ProblemCollector
    ) -> [Entry] {
        guard mapping.count <= entriesMax else {
            problems.error(message(path, "has more than \(entriesMax) entries"), at: mapping.mark)
            return []
        }
        var entries: [Entry] = []
        var places: [String: Mark?] = [:]
        for (key, value) in mapping {
            guard let name = document.name(of: key) else {
                problems.error(message(path, "a key must be text"), at: key.mark)
                continue
            }
            if let first = places[name] {
                let line = first.map { "; the first is in line \($0.line)" } ?? ""
                problems.error(
                    message(path, "key \(QuotedText.shown(name)) stands twice\(line)"),
                    at: key.mark
                )
                continue
            }
            places[name] = key.mark
            entries.append((name, key.mark, value))
        }
        return entries
    }

    private func node(_ key: String, takesNull: Bool = false) -> Node? {
        known.append(key)
        return (takesNull ? anyEntry(key) : entry(key))?.value
    }

    private func entry(_ key: String) -> Entry? { anyEntry(key).flatMap { $0.value.isAbsent ? nil : $0 } }

    /// The entry of a key, even without a value.
    private func anyEntry(_ key: String) -> Entry? { entries.first { $0.name == key } }

    /// A key that is no plain word is quoted, so that it cannot break the line of a message.
    private func subpath(_ key: String) -> String {
        let isPlain = key.utf8.allSatisfy { Self.isLetterOrDigit($0) || "-._".utf8.contains($0) }
        let shown = isPlain && key.utf8.count <= QuotedText.shownMax ? key : QuotedText.shown(key)
        return path.isEmpty ? shown : "\(path).\(shown)"
    }

    private func parse<Value>(_ node: Node, path: String, _ parser: ValueParser<Value>) -> Value? {
        guard let text = node.scalar?.string else {
            let what = node.sequence == nil ? "a mapping" : "a list"
            problems.error("\(path) is \(what), where a single value is expected", at: node.mark)
            return nil
        }
        do {
            return try parser.parse(text)
        } catch {
            problems.error("\(path): \(error.message)", at: node.mark, suggestion: error.suggestion)
            return nil
        }
    }
}

extension Node {
    /// Whether this is an empty plain value, or `null` in one of its spellings.
    var isAbsent: Bool { isNull || scalar.map { $0.style == .plain && $0.string.isEmpty } ?? false }

    /// Whether this is `null` in one of its spellings.
    var isNull: Bool {
        guard let scalar, scalar.style == .plain else { return false }
        return ["~", "null", "Null", "NULL"].contains(scalar.string)
    }
}
