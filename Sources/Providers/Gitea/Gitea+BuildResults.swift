import Events

extension Gitea {
    /// The states of commit statuses.
    static let commitStates: [String: BuildResult] = [
        "error": .completed(.failure),
        "failure": .completed(.failure),
        "pending": .pending,
        "skipped": .completed(.skipped),
        "success": .completed(.success),
        "warning": .completed(.neutral),
    ]

    /// The statuses of workflow runs and jobs, except `completed`, which leaves the rest to the conclusion.
    ///
    /// Forgejo has no conclusions: its statuses go on with how the run ended, which are Gitea's conclusions.
    static let workflowStates: [String: BuildResult] = [
        "blocked": .pending,
        "cancelled": .completed(.cancelled),
        "failure": .completed(.failure),
        "in_progress": .running,
        "pending": .pending,
        "queued": .pending,
        "requested": .pending,
        "running": .running,
        "skipped": .completed(.skipped),
        "success": .completed(.success),
        "waiting": .pending,
    ]

    /// How far a workflow run or job is; one of a new status is over when a conclusion or a time of
    /// completion is there.
    static func buildResult(status: String?, conclusion: String?, hasCompletionTime: Bool) -> BuildResult {
        if let result = status.flatMap({ workflowStates[$0] }) { return result }
        let end = conclusion.flatMap { workflowStates[$0] }
        if let end, end.status == .completed { return end }
        let isOver = conclusion != nil || status == "completed" || hasCompletionTime
        return isOver ? .completed(.unknown) : .pending
    }

    /// What Forgejo's words for the end of a run say where the run itself does not.
    static let actionRunActions: [String: BuildResult] = [
        "failure": .completed(.failure),
        "recover": .completed(.success),
        "success": .completed(.success),
    ]
}
