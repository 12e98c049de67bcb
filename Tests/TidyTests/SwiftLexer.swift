/// Splits Swift source into words, symbols and string literals, and sets comments apart.
///
/// It knows as much of Swift as the rules need: nested comments, all forms of string literals, and the code
/// in their interpolations. It does not know bare regular expressions, which would need a parser.
struct SwiftLexer {
    /// The code, in order; a literal comes after the code of its interpolations.
    private(set) var tokens: [Token] = []
    /// The words of the comments, in order.
    private(set) var comments: [Token] = []

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    /// Splits a text.
    init(_ text: String) {
        bytes = Array(text.utf8)
        readCode(isInterpolation: false)
    }

    /// Reads to the end, or past the parenthesis that ends an interpolation.
    private mutating func readCode(isInterpolation: Bool) {
        var depth = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte <= UInt8(ascii: " ") {
                advance()
            } else if isNext("//") {
                readLineComment()
            } else if isNext("/*") {
                readBlockComment()
            } else if let hashes = hashesOfLiteral() {
                readLiteral(hashes: hashes)
            } else if Self.isPartOfWord(byte) {
                tokens.append(readWord())
            } else {
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                if isInterpolation, depth < 0 { return advance() }
                readSymbol()
            }
        }
    }

    private mutating func readSymbol() {
        let length = isNext("->") ? 2 : 1
        let text = String(decoding: bytes[position..<position + length], as: UTF8.self)
        tokens.append(Token(kind: .symbol, text: text, line: line))
        advance(length)
    }

    private mutating func readWord() -> Token {
        let start = position
        while position < bytes.count, Self.isPartOfWord(bytes[position]) { position += 1 }
        return Token(kind: .word, text: String(decoding: bytes[start..<position], as: UTF8.self), line: line)
    }

    private mutating func readLineComment() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { readCommentPiece() }
    }

    private mutating func readBlockComment() {
        var depth = 0
        repeat {
            if isNext("/*") {
                depth += 1
                advance(2)
            } else if isNext("*/") {
                depth -= 1
                advance(2)
            } else {
                readCommentPiece()
            }
        } while depth > 0 && position < bytes.count
    }

    private mutating func readCommentPiece() {
        if Self.isPartOfWord(bytes[position]) { comments.append(readWord()) } else { advance() }
    }

    /// The number of `#` before the quote, if a string literal begins here.
    private func hashesOfLiteral() -> Int? {
        let hashes = bytes[position...].prefix { $0 == UInt8(ascii: "#") }.count
        let quote = position + hashes
        return quote < bytes.count && bytes[quote] == UInt8(ascii: "\"") ? hashes : nil
    }

    private mutating func readLiteral(hashes: Int) {
        let startLine = line
        let hashMarks = String(repeating: "#", count: hashes)
        advance(hashes)
        // Without a line feed these are three quotes of a raw literal.
        let quotes = isNext("\"\"\"\n") ? "\"\"\"" : "\""
        advance(quotes.utf8.count)
        var text: [UInt8] = []
        while position < bytes.count, !isNext(quotes + hashMarks) {
            if isNext("\\" + hashMarks + "(") {
                advance(hashes + 2)
                readCode(isInterpolation: true)
                continue
            }
            // Unterminated: that is for the compiler to say.
            if quotes == "\"", bytes[position] == UInt8(ascii: "\n") { break }
            let length = isNext("\\" + hashMarks) ? hashes + 2 : 1
            text += bytes[position...].prefix(length)
            advance(length)
        }
        if isNext(quotes + hashMarks) { advance(quotes.utf8.count + hashes) }
        tokens.append(Token(kind: .literal, text: String(decoding: text, as: UTF8.self), line: startLine))
    }

    private func isNext(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

    private mutating func advance(_ count: Int = 1) {
        for byte in bytes[position...].prefix(count) {
            if byte == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
    }

    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...: true
        default: false
        }
    }
}
