/// A glob over the full name of a repository, such as `acme/*`.
///
/// `*` stands for any characters within a part of the name, `**` for any characters including `/`, and `?`
/// for one byte that is not `/`; `acme/*` has `acme/app`, and `acme/**` has `acme/group/app` as well. The
/// pattern covers the whole name. ASCII case does not count, as forges do not distinguish names by it. `*`
/// alone takes everything, events without a repository included, which no other pattern takes.
package struct RepositoryPattern: Hashable, CustomStringConvertible, Sendable {
    /// The pattern as it is written.
    package let description: String
    private let steps: [Step]

    /// Every event, with or without a repository.
    package static let everything = RepositoryPattern("*")

    private enum Step: Hashable {
        case byte(UInt8)
        case oneInPart
        case manyInPart
        case many
    }

    /// Compiles a pattern; every text is one.
    package init(_ text: String) {
        description = text
        var steps: [Step] = []
        for byte in text.utf8 {
            switch (byte, steps.last) {
            case (UInt8(ascii: "*"), .manyInPart): steps[steps.count - 1] = .many
            case (UInt8(ascii: "*"), .many): break
            case (UInt8(ascii: "*"), _): steps.append(.manyInPart)
            case (UInt8(ascii: "?"), _): steps.append(.oneInPart)
            default: steps.append(.byte(Self.lowercased(byte)))
            }
        }
        self.steps = steps
    }

    /// Whether the pattern takes a repository's full name, or an event without one.
    package func matches(_ name: String?) -> Bool {
        if steps == [.manyInPart] || steps == [.many] { return true }
        guard let name else { return false }
        // The set of steps that may come next, walked byte by byte: no backtracking, so no slow patterns.
        var reached = [Bool](repeating: false, count: steps.count + 1)
        reach(0, in: &reached)
        for byte in name.utf8 {
            var next = [Bool](repeating: false, count: steps.count + 1)
            for (index, step) in steps.enumerated() where reached[index] {
                advance(step, at: index, over: Self.lowercased(byte), into: &next)
            }
            reached = next
        }
        return reached[steps.count]
    }

    private func advance(_ step: Step, at index: Int, over byte: UInt8, into next: inout [Bool]) {
        let isSlash = byte == UInt8(ascii: "/")
        switch step {
        case .byte(byte): reach(index + 1, in: &next)
        case .oneInPart where !isSlash: reach(index + 1, in: &next)
        case .manyInPart where !isSlash: reach(index, in: &next)
        case .many: reach(index, in: &next)
        default: break
        }
    }

    /// Marks a step, and those behind it that may stand for nothing.
    private func reach(_ index: Int, in reached: inout [Bool]) {
        var index = index
        reached[index] = true
        while index < steps.count, steps[index] == .manyInPart || steps[index] == .many {
            index += 1
            reached[index] = true
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}

extension ValueParser<RepositoryPattern> {
    private static let patternBytesMax = 255

    /// A glob over full names.
    static let repositoryPattern = ValueParser { text throws(ValueProblem) in
        RepositoryPattern(try ValueParser<String>.text(maxBytes: patternBytesMax).parse(text))
    }
}
