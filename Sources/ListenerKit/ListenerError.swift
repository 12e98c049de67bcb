/// How a listener tells the dispatcher more than that it failed; any other error means "try again".
public enum ListenerError: Error, Hashable, CustomStringConvertible, Sendable {
    /// Trying again cannot help: the dispatch becomes a dead letter at once.
    case permanent(String)
    /// Try again, but not before this time has passed; the listener's `retry.max` bounds it.
    case retry(after: Duration, reason: String)

    /// The reason.
    public var description: String {
        switch self {
        case .permanent(let reason): reason
        case .retry(_, let reason): reason
        }
    }
}
