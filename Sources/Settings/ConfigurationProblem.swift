/// A place in the configuration file.
package struct SourceLocation: Comparable, Hashable, CustomStringConvertible, Sendable {
    /// The path of the file, as it was opened.
    package let file: String
    /// The line, counted from 1.
    package let line: Int
    /// The column in characters, counted from 1.
    package let column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// The place as editors and terminals link it: `file:line:column`.
    package var description: String { "\(file):\(line):\(column)" }

    /// Orders by file, line and column.
    package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

/// One thing that is wrong or risky in the configuration.
package struct ConfigurationProblem: Hashable, CustomStringConvertible, Sendable {
    /// Whether the daemon may start.
    package let severity: Severity
    /// Where it is; nil when there is no file to point into.
    package let location: SourceLocation?
    /// What is wrong; never holds the value of a secret.
    package let message: String
    /// What was probably meant.
    package let suggestion: String?

    /// How much a problem weighs.
    package enum Severity: String, Sendable {
        /// The configuration is refused.
        case error
        /// The configuration is taken, but an operator should know.
        case warning
    }

    package init(
        severity: Severity = .error,
        location: SourceLocation?,
        message: String,
        suggestion: String? = nil
    ) {
        self.severity = severity
        self.location = location
        self.message = message
        self.suggestion = suggestion
    }

    /// The problem on one line: `file:line:column: what; did you mean "…"?`; a warning says so after the
    /// place.
    package var description: String {
        var text = location.map { "\($0): " } ?? ""
        if severity == .warning { text += "warning: " }
        text += message
        if let suggestion { text += "; did you mean \(QuotedText.shown(suggestion))?" }
        return text
    }
}

/// The configuration is invalid; carries every problem, warnings included, in the order of the file.
package struct ConfigurationError: Error, CustomStringConvertible, Sendable {
    /// What is wrong; at least one is an error.
    package let problems: [ConfigurationProblem]

    package init(problems: [ConfigurationProblem]) {
        self.problems = problems
    }

    /// All problems, one a line.
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
