import Events

/// What a provider's word says about a check.
struct BuildResult: Hashable, Sendable {
    /// How far it is.
    var status: BuildStatus
    /// How it ended; nil while it has not.
    var conclusion: BuildConclusion?

    /// Not begun.
    static let pending = BuildResult(status: .pending)
    /// Begun.
    static let running = BuildResult(status: .running)

    /// Over.
    static func completed(_ conclusion: BuildConclusion) -> BuildResult {
        BuildResult(status: .completed, conclusion: conclusion)
    }

    /// What a word means by a table.
    ///
    /// - Parameters:
    ///   - word: The provider's word.
    ///   - table: The words that are known.
    ///   - isOver: Whether anything else, such as a time of completion, says that the check is over.
    /// - Returns: The table's row; for other words a completed check of unknown conclusion if it is over,
    ///   else a pending one.
    static func of(_ word: String?, in table: [String: BuildResult], isOver: Bool) -> BuildResult {
        word.flatMap { table[$0] } ?? (isOver ? .completed(.unknown) : .pending)
    }
}
