import Yams

/// The file as a tree of nodes that know their line and column.
///
/// Scalars are never resolved to types (`Resolver.basic`): `on`, `no` and `123` are strings, as keys and
/// values.
struct YAMLDocument {
    /// The top node; nil for an empty file.
    let root: Node?
    /// The names of keys that were rewritten because they stand twice, by what they were rewritten to.
    private let originalNames: [String: String]

    /// More duplicate keys than this are reported one at a time.
    private static let duplicatesMax = 32

    /// Parses the text; what is not YAML is a problem at its place, and gives nil.
    ///
    /// Yams refuses a mapping with a duplicate key and stops, which would hide all other problems. So the
    /// first of the two keys gets a mark in place of its first letter and the text is parsed again;
    /// `name(of:)` takes the mark off, and whoever walks the mapping sees the name twice.
    init?(text: String, problems: ProblemCollector) {
        var text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        var originalNames: [String: String] = [:]
        while true {
            do {
                root = try Yams.compose(yaml: text, .basic, .default, .utf8)
                self.originalNames = originalNames
                return
            } catch let YamlError.duplicatedKeysInMapping(names, context) {
                let name = names.first ?? ""
                let count = UInt32(originalNames.count)
                guard count < Self.duplicatesMax, let mark = Unicode.Scalar(0xE000 + count),
                    let marked = Self.marking(name, at: context.mark, in: text, with: mark)
                else {
                    problems.error("key \(QuotedText.shown(name)) stands twice", at: context.mark)
                    return nil
                }
                originalNames[String(mark) + String(name.unicodeScalars.dropFirst())] = name
                text = marked
            } catch {
                Self.report(error, text: text, problems: problems)
                return nil
            }
        }
    }

    /// The text of a key; nil where the key is a mapping or a list.
    func name(of key: Node) -> String? {
        guard let text = key.scalar?.string else { return nil }
        return originalNames[text] ?? text
    }

    /// The text with the first letter of a key replaced; nil where the key is not written as it reads.
    private static func marking(
        _ name: String,
        at mark: Mark,
        in text: String,
        with replacement: Unicode.Scalar
    ) -> String? {
        guard !name.isEmpty, var start = index(of: mark, in: text) else { return nil }
        let scalars = text.unicodeScalars
        if scalars[start] == "\"" || scalars[start] == "'" { start = scalars.index(after: start) }
        guard scalars[start...].starts(with: name.unicodeScalars) else { return nil }
        var marked = scalars
        marked.replaceSubrange(start...start, with: [replacement])
        return String(marked)
    }

    private static func index(of mark: Mark, in text: String) -> String.Index? {
        let scalars = text.unicodeScalars
        var (line, column) = (1, 1)
        var previous: Unicode.Scalar = "\0"
        for index in scalars.indices {
            let scalar = scalars[index]
            defer { previous = scalar }
            if scalar == "\n", previous == "\r" { continue }
            if line == mark.line, column == mark.column { return index }
            (line, column) = isLineBreak(scalar) ? (line + 1, 1) : (line, column + 1)
        }
        return nil
    }

    /// The line breaks of YAML 1.1, by which libyaml counts.
    private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
        ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
    }

    /// Only the parser's constant sentences are repeated: its snippets could show a secret.
    private static func report(_ error: any Error, text: String, problems: ProblemCollector) {
        switch error {
        case let YamlError.scanner(context, problem, mark, _),
            let YamlError.parser(context, problem, mark, _),
            let YamlError.composer(context, problem, mark, _):
            let from = context.map { " (\($0.text), from line \($0.mark.line))" } ?? ""
            let isDeep = problem.hasPrefix("Maximum nesting level")
            problems.error("not valid YAML: \(isDeep ? "nested too deeply" : problem + from)", at: mark)
        case let YamlError.reader(problem, offset, _, _):
            let (line, column) = place(ofCharacter: offset ?? 0, in: text)
            problems.error("not valid YAML: \(problem)", line: line, column: column)
        default:
            problems.error("not valid YAML", at: nil)
        }
    }

    private static func place(ofCharacter offset: Int, in text: String) -> (line: Int, column: Int) {
        let before = text.prefix(offset)
        let line = before.count { $0.isNewline } + 1
        let lastLine = before.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).last ?? ""
        return (line, lastLine.unicodeScalars.count + 1)
    }
}
