/// A piece of Swift source.
struct Token: Equatable {
    /// What a token is.
    enum Kind: Equatable {
        /// A keyword, name or number.
        case word
        /// One character of punctuation, or `->`.
        case symbol
        /// A string literal; its text stands between the quotes.
        case literal
    }

    /// What it is.
    let kind: Kind
    /// Its characters.
    let text: String
    /// The line on which it begins, from 1.
    let line: Int

    /// Whether it is this word or symbol.
    func isCode(_ code: String) -> Bool { kind != .literal && text == code }
}

extension [Token] {
    /// Where the bracket at an index is closed; the last index if it is not.
    func closing(of open: Int) -> Int {
        let pairs = ["(": ")", "[": "]", "{": "}", "<": ">"]
        guard let close = pairs[self[open].text] else { return open }
        var depth = 0
        for index in open..<count {
            if self[index].isCode(self[open].text) { depth += 1 }
            if self[index].isCode(close) { depth -= 1 }
            if depth == 0 { return index }
        }
        return count - 1
    }

    /// Whether the token at an index is there and is this word or symbol.
    func isCode(_ code: String, at index: Int) -> Bool {
        indices.contains(index) && self[index].isCode(code)
    }
}
