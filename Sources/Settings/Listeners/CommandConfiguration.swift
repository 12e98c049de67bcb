/// A program that gets each event on stdin.
///
/// Configuration keys under a listener:
/// - `command` (list of texts; required): the program and its arguments; no shell runs it.
/// - `workingDirectory` (path; default: the daemon's): where it runs.
/// - `environment` (mapping of names to texts or references; default none): the variables that it gets; a
///   name is made of ASCII letters, digits and `_`, does not begin with a digit, and is not `FORGEWIRE_…`.
///   See `SettingValue` for what is a reference.
package struct CommandConfiguration: Equatable, Sendable {
    /// The program and its arguments.
    package var words: [String]
    /// Where it runs; nil for the daemon's own working directory.
    package var workingDirectory: String?
    /// The variables that it gets, in the order of the file.
    package var environment: [NamedValue] = []

    /// The keys that have a meaning only together with `command`.
    static let keys = ["workingDirectory", "environment"]

    private static let wordBytesMax = 128 * ByteSize.kibibyte
    private static let pathBytesMax = 4096

    package init(words: [String]) {
        self.words = words
    }

    init(_ section: Section) {
        words = []
        section.read("command", &words, listOf: .argument(maxBytes: Self.wordBytesMax))
        section.read("workingDirectory", &workingDirectory, .text(maxBytes: Self.pathBytesMax))
        section.read("environment", &environment, .environment)
    }

    /// Reports what is wrong with the command as a whole.
    func check(_ section: Section) {
        guard section.hasEntries("command") else {
            return section.error("command has no words", at: section.mark(of: "command"))
        }
        guard let program = words.first else { return }
        if program.isEmpty {
            section.error("command begins with an empty word", at: section.mark(of: "command"))
        }
        if words.count == 1, !section.isList("command"), program.contains(" ") {
            section.error(
                "command is not run by a shell: write a list of words",
                at: section.mark(of: "command"),
                suggestion: "[" + program.split(separator: " ").joined(separator: ", ") + "]"
            )
        }
    }
}

extension NamedValueRules {
    /// The variables of a command.
    static let environment = NamedValueRules(
        countMax: 256,
        ignoresCase: false,
        name: .variableName,
        text: .argument(maxBytes: 64 * ByteSize.kibibyte)
    )
}

extension ValueParser<String> {
    private static let ownPrefix = "FORGEWIRE_"
    private static let nameBytesMax = 255

    /// A word of a command line or the value of a variable; anything but a zero byte, which ends it.
    static func argument(maxBytes: Int) -> ValueParser {
        ValueParser { text throws(ValueProblem) in
            guard !text.utf8.contains(0) else { throw ValueProblem("holds a zero byte") }
            guard text.utf8.count <= maxBytes else { throw ValueProblem("is longer than \(maxBytes) bytes") }
            return text
        }
    }

    /// The name of a variable that a configuration may set.
    fileprivate static let variableName = ValueParser { text throws(ValueProblem) in
        let isWord = text.utf8.allSatisfy { Section.isLetterOrDigit($0) || $0 == UInt8(ascii: "_") }
        let isDigit = text.utf8.first.map { (0x30...0x39).contains($0) } ?? true
        guard isWord, !isDigit, text.utf8.count <= nameBytesMax else {
            throw ValueProblem("the name \(QuotedText.shown(text)) does not match [A-Za-z_][A-Za-z0-9_]*")
        }
        guard !text.hasPrefix(ownPrefix) else {
            throw ValueProblem(
                "\(QuotedText.shown(text)) is Forgewire's own: it tells a command of its event"
            )
        }
        return text
    }
}
