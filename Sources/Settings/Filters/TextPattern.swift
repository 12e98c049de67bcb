/// A glob over the text of a field, such as `release/*`.
///
/// `*` stands for any characters, also none and also `/`, and `?` for one character; everything else for
/// itself. The pattern covers the whole text, and case counts.
package struct TextPattern: Hashable, CustomStringConvertible, Sendable {
    /// The pattern as it is written.
    package let description: String
    private let glob: Glob

    /// Longer texts match no pattern: the work of a match grows with the text, which anybody may have sent.
    private static let textBytesMax = ByteSize.mebibyte

    /// Compiles a pattern; every text is one.
    package init(_ text: String) {
        description = text
        var glob = Glob()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "*": glob.append(.many)
            case "?": glob.append(.any)
            default: glob.append(.one(scalar))
            }
        }
        self.glob = glob
    }

    /// Whether the pattern covers a text; never one of more than 1 MiB.
    package func matches(_ text: String) -> Bool {
        text.utf8.count <= Self.textBytesMax && glob.matches(text.unicodeScalars)
    }
}

extension ValueParser<TextPattern> {
    private static let patternBytesMax = 255

    /// A glob over texts.
    static let textPattern = ValueParser { text throws(ValueProblem) in
        TextPattern(try ValueParser<String>.text(maxBytes: patternBytesMax).parse(text))
    }
}
