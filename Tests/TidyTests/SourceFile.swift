/// A text file of the project.
struct SourceFile: CustomStringConvertible {
    /// Relative to the top of the repository.
    let path: String
    /// The whole content.
    let text: String

    /// The path.
    var description: String { path }

    /// The lines without their line feeds.
    var lines: [Substring] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.last == "" ? lines.dropLast() : lines
    }

    /// The name of the folder that the path names after this one; nil if it is a file or elsewhere.
    func folder(below parent: String) -> String? {
        guard path.hasPrefix(parent + "/") else { return nil }
        let rest = path.dropFirst(parent.count + 1).split(separator: "/")
        return rest.count > 1 ? rest.first.map(String.init) : nil
    }

    /// A violation in this file.
    func violation(line: Int, _ message: String) -> Violation {
        Violation(path: path, line: line, message: message)
    }
}

/// A Swift file, split into tokens once for all rules.
struct SwiftFile: CustomStringConvertible {
    /// The text that was split.
    let source: SourceFile
    /// Its code.
    let tokens: [Token]
    /// The words of its comments.
    let comments: [Token]

    /// Splits a file.
    init(_ source: SourceFile) {
        let lexer = SwiftLexer(source.text)
        self.source = source
        tokens = lexer.tokens
        comments = lexer.comments
    }

    /// Splits a text that is not on disk.
    init(path: String, _ text: String) { self.init(SourceFile(path: path, text: text)) }

    /// Relative to the top of the repository.
    var path: String { source.path }

    /// The path.
    var description: String { path }

    /// One `import`.
    struct Import: Equatable {
        /// The module's name.
        let module: String
        /// The line, from 1.
        let line: Int
    }

    /// All imports, in order.
    var imports: [Import] {
        let kinds: Set = ["class", "enum", "func", "let", "protocol", "struct", "typealias", "var"]
        return tokens.indices.compactMap { index in
            guard tokens.isCode("import", at: index), !tokens.isCode(".", at: index - 1) else { return nil }
            let name = tokens[(index + 1)...].first { !kinds.contains($0.text) }
            return name.map { Import(module: $0.text, line: tokens[index].line) }
        }
    }
}
