import Events

extension CheckRun {
    /// A commit status, which CI systems without check runs report with, as a check run.
    ///
    /// - Parameters:
    ///   - state: The provider's word, which is status and conclusion in one.
    ///   - states: What the provider's words mean; others mean that it is not over.
    ///   - updatedAt: When it came to that.
    init(commitStatus state: String, states: [String: BuildResult], updatedAt: Timestamp?) {
        let result = BuildResult.of(state, in: states, isOver: false)
        self.init(status: result.status)
        conclusion = result.conclusion
        rawStatus = state
        guard result.status == .completed else { return }
        rawConclusion = state
        completedAt = updatedAt
    }
}
