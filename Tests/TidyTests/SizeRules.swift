/// What fits on a screen, in a head and beside another window.
enum SizeRules {
    static let fileLinesMax = 400
    static let functionLinesMax = 70
    static let lineColumnsMax = 110

    /// A file that is too long.
    static func longFile(_ file: SourceFile) -> [Violation] {
        let count = file.lines.count
        guard count > fileLinesMax else { return [] }
        return [file.violation(line: fileLinesMax + 1, "\(count) lines; a file has at most \(fileLinesMax)")]
    }

    /// Lines that are too long.
    static func longLines(_ file: SourceFile) -> [Violation] {
        file.lines.enumerated().filter { $0.element.count > lineColumnsMax }.map { index, line in
            file.violation(line: index + 1, "\(line.count) columns; a line has at most \(lineColumnsMax)")
        }
    }

    /// Functions that are too long, from the line with their name to the closing brace.
    static func longFunctions(_ file: SwiftFile) -> [Violation] {
        functions(in: file.tokens).filter { $0.lineCount > functionLinesMax }.map { function in
            let what = "`\(function.name)` has \(function.lineCount) lines"
            return file.source.violation(
                line: function.line,
                "\(what); a function has at most \(functionLinesMax)"
            )
        }
    }

    /// A function, initialiser, subscript or computed property with a body.
    struct Function: Equatable {
        let name: String
        let line: Int
        let lineCount: Int
    }

    /// All bodies, outer before inner.
    static func functions(in tokens: [Token]) -> [Function] {
        tokens.indices.compactMap { index in
            guard isDeclaration(at: index, in: tokens), let open = body(of: index, in: tokens) else {
                return nil
            }
            let last = tokens[tokens.closing(of: open)].line
            let isNamed = ["func", "var"].contains(tokens[index].text)
            return Function(
                name: isNamed ? tokens[index + 1].text : tokens[index].text,
                line: tokens[index].line,
                lineCount: last - tokens[index].line + 1
            )
        }
    }

    private static func isDeclaration(at index: Int, in tokens: [Token]) -> Bool {
        guard tokens[index].kind == .word, index + 1 < tokens.count else { return false }
        let isMember = tokens.isCode(".", at: index - 1) || tokens.isCode("`", at: index - 1)
        return !isMember && ["func", "init", "deinit", "subscript", "var"].contains(tokens[index].text)
    }

    /// The brace that opens the body; nil for the requirement of a protocol or a stored property.
    private static func body(of declaration: Int, in tokens: [Token]) -> Int? {
        let isProperty = tokens[declaration].text == "var"
        var index = declaration + 1
        while index < tokens.count {
            let token = tokens[index]
            if token.isCode("{") { return index }
            if token.isCode("}") || token.isCode("=") && isProperty { return nil }
            if isProperty && token.line != tokens[declaration].line { return nil }
            if startsAnother(at: index, in: tokens) { return nil }
            index = token.isCode("(") ? tokens.closing(of: index) + 1 : index + 1
        }
        return nil
    }

    /// Whether a new line begins here that does not go on with the declaration before it.
    private static func startsAnother(at index: Int, in tokens: [Token]) -> Bool {
        let (token, previous) = (tokens[index], tokens[index - 1])
        guard token.line != previous.line else { return false }
        let goesOn = ["->", "where", "async", "throws", "{", "(", ")"].contains(token.text)
        let isOpen = ["->", "where", ",", ":", "<", "&", "=", "("].contains(previous.text)
        return !goesOn && !isOpen
    }
}
