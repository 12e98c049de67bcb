import Events

extension GitHub {
    /// The statuses of check runs and check suites.
    static let statuses: [String: BuildStatus] = [
        "completed": .completed,
        "in_progress": .running,
        "pending": .pending,
        "queued": .pending,
        "requested": .pending,
        "waiting": .pending,
    ]

    /// The conclusions of check runs and check suites; two of them say that there is none yet.
    static let conclusions: [String: BuildResult] = [
        "action_required": .completed(.actionRequired),
        "cancelled": .completed(.cancelled),
        "failure": .completed(.failure),
        "neutral": .completed(.neutral),
        "pending": .pending,
        "skipped": .completed(.skipped),
        "stale": .completed(.unknown),
        "startup_failure": .completed(.failure),
        "success": .completed(.success),
        "timed_out": .completed(.timedOut),
        "waiting": .pending,
    ]

    /// The states of commit statuses.
    static let commitStates: [String: BuildResult] = [
        "error": .completed(.failure),
        "failure": .completed(.failure),
        "pending": .pending,
        "success": .completed(.success),
    ]

    /// A status that is not over has no conclusion, whatever an earlier run left; one that is missing or new
    /// is over when a conclusion or a time of completion is there.
    static func buildResult(status: String?, conclusion: String?, hasCompletionTime: Bool) -> BuildResult {
        let known = status.flatMap { statuses[$0] }
        if let known, known != .completed { return BuildResult(status: known) }
        if let conclusion { return conclusions[conclusion] ?? .completed(.unknown) }
        return known == .completed || hasCompletionTime ? .completed(.unknown) : .pending
    }
}
