public import ListenerKit

/// Writes a line to standard output for each check that ended badly: repository, name, conclusion and page.
public struct CheckFailures: Listener {
    /// The name in the configuration.
    public let name = "check-failures"

    private let output: LineOutput

    /// The conclusions that somebody should look at.
    static let failures: [BuildConclusion] = [.failure, .timedOut, .actionRequired]

    /// Makes the listener.
    ///
    /// - Parameter output: Where the lines go.
    public init(output: LineOutput = .standardOutput) {
        self.output = output
    }

    /// Writes a line if the check failed.
    public func handle(_ event: CheckRunEvent, context: ListenerContext) async throws {
        let check = event.checkRun
        guard event.action == .completed, let conclusion = check.conclusion,
            Self.failures.contains(conclusion)
        else { return }
        let repository = event.repository?.fullName ?? "(unknown repository)"
        let name = check.name ?? check.externalId ?? "(unnamed check)"
        let commit = check.headSha.map { " at \($0.prefix(12))" } ?? ""
        let page = check.url.map { " \($0)" } ?? ""
        try output.write("check failed: \(repository) \"\(name)\" \(conclusion)\(commit)\(page)")
    }
}
