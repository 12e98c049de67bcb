/// A few tokens to look for, such as `Task.sleep` or `print(`.
struct CodePattern: Sendable {
    private let symbols: [String]

    /// Splits the pattern as Swift source.
    init(_ text: String) { symbols = SwiftLexer(text).tokens.map(\.text) }

    /// The lines on which the pattern stands in the code.
    ///
    /// The name of a function matches a call of the global one, also by its module's name, but not a method
    /// of that name. Generic arguments may stand between the tokens.
    func lines(in tokens: [Token]) -> [Int] {
        tokens.indices.filter { matches(tokens, at: $0) }.map { tokens[$0].line }
    }

    private func matches(_ tokens: [Token], at start: Int) -> Bool {
        guard let first = symbols.first, tokens[start].isCode(first) else { return false }
        if first.first?.isLowercase == true, isMethod(tokens, at: start) { return false }
        var index = start
        var hasArguments = false
        for symbol in symbols.dropFirst() {
            index += 1
            if tokens.isCode("<", at: index), symbol != "<" {
                hasArguments = true
                index = tokens.closing(of: index) + 1
            }
            guard tokens.isCode(symbol, at: index) else { return false }
        }
        return !(hasArguments && isType(tokens, at: start) && symbols.last == "{")
    }

    /// Whether a member is called or a function declared.
    private func isMethod(_ tokens: [Token], at index: Int) -> Bool {
        if tokens.isCode("func", at: index - 1) { return true }
        guard tokens.isCode(".", at: index - 1) else { return false }
        return !["Darwin", "Foundation", "Glibc", "Swift"].contains { tokens.isCode($0, at: index - 2) }
    }

    /// Whether what stands here is the type of a property or a function, so that a brace begins its body.
    private func isType(_ tokens: [Token], at index: Int) -> Bool {
        tokens.isCode(":", at: index - 1) || tokens.isCode("->", at: index - 1)
    }
}
