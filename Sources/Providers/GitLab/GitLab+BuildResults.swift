import Events

extension GitLab {
    /// The statuses of pipelines and jobs.
    static let buildStatuses: [String: BuildResult] = [
        "canceled": .completed(.cancelled),
        "canceling": .running,
        "created": .pending,
        "failed": .completed(.failure),
        "manual": .completed(.actionRequired),
        "pending": .pending,
        "preparing": .pending,
        "running": .running,
        "scheduled": .pending,
        "skipped": .completed(.skipped),
        "success": .completed(.success),
        "waiting_for_callback": .pending,
        "waiting_for_resource": .pending,
    ]

    /// The statuses with which a pipeline begins; a later change between them is told like the first.
    static let requestedStatuses: Set = [
        "created", "pending", "preparing", "waiting_for_callback", "waiting_for_resource",
    ]

    /// Why a job failed, where that says more than that it did.
    static let failureReasons: [String: BuildConclusion] = [
        "job_execution_timeout": .timedOut,
        "stuck_or_timeout_failure": .timedOut,
    ]

    /// What a status means.
    ///
    /// - Parameters:
    ///   - status: GitLab's word.
    ///   - failureReason: Why it failed; servers send one for jobs that did not, too.
    ///   - isOptional: Whether the pipeline goes on without the job; then it waits for nobody.
    ///   - isOver: Whether there is a time of the end, for statuses that are new.
    /// - Returns: How far it is, and how it ended.
    static func buildResult(
        _ status: String,
        failureReason: String?,
        isOptional: Bool = false,
        isOver: Bool
    ) -> BuildResult {
        if status == "manual", isOptional { return .pending }
        let result = BuildResult.of(status, in: buildStatuses, isOver: isOver)
        guard result.conclusion == .failure, let conclusion = failureReason.flatMap({ failureReasons[$0] })
        else { return result }
        return .completed(conclusion)
    }
}
