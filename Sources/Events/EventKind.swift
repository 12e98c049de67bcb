/// What an event is about; a name in the event JSON, in the configuration's `on` and in metrics.
public enum EventKind: String, CaseIterable, Codable, Hashable, JSONWritable, Sendable {
    /// A check run, commit status or CI job.
    case checkRun = "check_run"
    /// A check suite or CI pipeline.
    case checkSuite = "check_suite"
    /// A comment on a pull request, issue, commit or snippet.
    case comment
    /// A pull or merge request.
    case pullRequest = "pull_request"
    /// A review of a pull request.
    case pullRequestReview = "pull_request_review"
    /// Commits pushed, or a branch or tag created or deleted by a push.
    case push
    /// Everything that has no neutral event.
    case unknown

    /// Writes the kind's name as a JSON string.
    public func write(to json: inout JSONWriter) { json.string(rawValue) }

    /// The actions that the model knows; others pass through as the provider's own word.
    public var actions: [String] {
        switch self {
        case .checkRun: CheckRunAction.known.map(\.rawValue)
        case .checkSuite: CheckSuiteAction.known.map(\.rawValue)
        case .comment: CommentAction.known.map(\.rawValue)
        case .pullRequest: PullRequestAction.known.map(\.rawValue)
        case .pullRequestReview: PullRequestReviewAction.known.map(\.rawValue)
        case .push: PushAction.known.map(\.rawValue)
        case .unknown: []
        }
    }
}
