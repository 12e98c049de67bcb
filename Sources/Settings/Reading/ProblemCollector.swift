import Yams

/// Gathers the problems of one file, and where its values stand.
final class ProblemCollector {
    /// The path of the file, for locations.
    let file: String
    /// Where sections and the entries of lists stand.
    private(set) var locations = LocationTable()
    private var problems: [ConfigurationProblem] = []
    private var dropped = 0

    /// More problems than this are only counted.
    static let problemsMax = 200

    init(file: String) {
        self.file = file
    }

    /// Everything found, in the order of the file.
    var sorted: [ConfigurationProblem] {
        var all = problems.enumerated().sorted { left, right in
            guard let first = left.element.location, let second = right.element.location, first != second
            else { return left.offset < right.offset }
            return first < second
        }.map(\.element)
        if dropped > 0 {
            all.append(
                ConfigurationProblem(location: all.last?.location, message: "and \(dropped) more problems")
            )
        }
        return all
    }

    /// Adds an error.
    func error(_ message: String, at mark: Mark?, suggestion: String? = nil) {
        add(.error, message, location(mark), suggestion)
    }

    /// Adds an error at a place for which the parser has no mark.
    func error(_ message: String, line: Int, column: Int) {
        add(.error, message, SourceLocation(file: file, line: line, column: column), nil)
    }

    /// Adds a warning.
    func warning(_ message: String, at mark: Mark?, suggestion: String? = nil) {
        add(.warning, message, location(mark), suggestion)
    }

    /// Remembers where a section stands.
    func locate(_ path: String, at mark: Mark?) {
        locations[path] = location(mark)
    }

    /// Remembers where an entry of a list stands.
    func locate(_ entry: String, in list: String, at mark: Mark?) {
        locations[entry, in: list] = location(mark)
    }

    private func add(
        _ severity: ConfigurationProblem.Severity,
        _ message: String,
        _ location: SourceLocation,
        _ suggestion: String?
    ) {
        let problem = ConfigurationProblem(
            severity: severity,
            location: location,
            message: message,
            suggestion: suggestion
        )
        // An alias is walked wherever it stands, with the marks of its anchor: one mistake, one line.
        guard !problems.contains(problem) else { return }
        guard problems.count < Self.problemsMax else {
            dropped += 1
            return
        }
        problems.append(problem)
    }

    private func location(_ mark: Mark?) -> SourceLocation {
        SourceLocation(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
    }
}
