/// The project's text speaks of the project, not of the places where somebody works on it.
enum WordingRules {
    /// Pieces of text that no file has, put together here so that this file has none either.
    static let privatePlaces = [
        ["/wo", "rk/"], ["/opt", "/swift"], ["..", "/.library"], ["farm", "-bench"], ["farm", "-studio"],
    ].map { $0.joined() }

    /// The folder beside the checkout where recorded deliveries may lie.
    static let recordedDeliveries = ["..", "/shared"].joined()

    /// Who may name that folder: what reads it.
    static let readersOfRecordedDeliveries = [".ci/run", "Benchmarks/", "Tests/"]

    /// Private places that a file names.
    static func privatePlaces(_ file: SourceFile) -> [Violation] {
        let mayNameDeliveries = readersOfRecordedDeliveries.contains { file.path.hasPrefix($0) }
        let denied = privatePlaces + (mayNameDeliveries ? [] : [recordedDeliveries])
        guard denied.contains(where: file.text.contains) else { return [] }
        return file.lines.enumerated().flatMap { index, line in
            denied.filter { line.contains($0) }.map { place in
                file.violation(line: index + 1, "`\(place)` is a place that users do not have: leave it out")
            }
        }
    }
}
