import Testing

/// One place where the project breaks a rule.
struct Violation: CustomStringConvertible, Equatable {
    /// The file, relative to the top of the repository.
    let path: String
    /// The line, from 1.
    let line: Int
    /// What is wrong and what to do about it.
    let message: String

    /// `path:line: message`, as compilers write it.
    var description: String { "\(path):\(line): \(message)" }
}

/// Fails the test once for each violation.
func expectNone(_ violations: [Violation], sourceLocation: SourceLocation = #_sourceLocation) {
    for violation in violations {
        Issue.record("\(violation.description)", sourceLocation: sourceLocation)
    }
}
