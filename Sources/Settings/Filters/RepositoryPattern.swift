/// A glob over the full name of a repository, such as `acme/*`.
///
/// `*` stands for any characters within a part of the name, `**` for any characters including `/`, and `?`
/// for one character that is not `/`; `acme/*` has `acme/app`, and `acme/**` has `acme/group/app` as well.
/// The pattern covers the whole name. ASCII case does not count, as forges do not distinguish names by it.
/// `*` alone takes everything, events without a repository included, which no other pattern takes.
package struct RepositoryPattern: Hashable, CustomStringConvertible, Sendable {
    /// The pattern as it is written.
    package let description: String
    private let glob: Glob

    /// Every event, with or without a repository.
    package static let everything = RepositoryPattern("*")

    /// Compiles a pattern; every text is one.
    package init(_ text: String) {
        description = text
        var glob = Glob()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "*": glob.append(glob.steps.last == .manyInPart ? .many : .manyInPart)
            case "?": glob.append(.anyInPart)
            default: glob.append(.one(Self.lowercased(scalar)))
            }
        }
        self.glob = glob
    }

    /// Whether the pattern takes a repository's full name, or an event without one.
    package func matches(_ name: String?) -> Bool {
        if glob.steps == [.manyInPart] || glob.steps == [.many] { return true }
        guard let name else { return false }
        return glob.matches(name.unicodeScalars.lazy.map(Self.lowercased))
    }

    private static func lowercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
    }
}

extension ValueParser<RepositoryPattern> {
    private static let patternBytesMax = 255

    /// A glob over full names.
    static let repositoryPattern = ValueParser { text throws(ValueProblem) in
        RepositoryPattern(try ValueParser<String>.text(maxBytes: patternBytesMax).parse(text))
    }
}
