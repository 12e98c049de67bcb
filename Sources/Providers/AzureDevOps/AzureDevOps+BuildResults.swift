import Events

extension AzureDevOps {
    /// The statuses of builds and the states of runs, stages and jobs.
    static let statuses: [String: BuildStatus] = [
        "canceling": .running,
        "cancelling": .running,
        "completed": .completed,
        "inProgress": .running,
        "none": .pending,
        "notStarted": .pending,
        "pending": .pending,
        "postponed": .pending,
        "running": .running,
        "waiting": .pending,
    ]

    /// The results of builds, runs, stages and jobs; old builds have them as their status.
    static let conclusions: [String: BuildConclusion] = [
        "abandoned": .cancelled,
        "canceled": .cancelled,
        "failed": .failure,
        "partiallySucceeded": .neutral,
        // An approver said no: the stage never ran, and the run fails for it.
        "rejected": .failure,
        "skipped": .skipped,
        "stopped": .cancelled,
        "succeeded": .success,
        "succeededWithIssues": .neutral,
    ]

    /// The result of a build that has none.
    private static let noResult = "none"

    /// What status and result say together; a status that is not over has no conclusion, one that is missing
    /// or new is over when a result or a time of completion is there.
    static func buildResult(status: String?, result: String?, hasCompletionTime: Bool) -> BuildResult {
        if let conclusion = status.flatMap({ conclusions[$0] }) { return .completed(conclusion) }
        let known = status.flatMap { statuses[$0] }
        if let known, known != .completed { return BuildResult(status: known) }
        if let result, result != noResult { return .completed(conclusions[result] ?? .unknown) }
        return known == .completed || hasCompletionTime ? .completed(.unknown) : .pending
    }
}
