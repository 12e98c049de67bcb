import Events

extension BitbucketCloud {
    /// The states of commit statuses.
    static let commitStates: [String: BuildResult] = [
        "FAILED": .completed(.failure),
        "INPROGRESS": .running,
        "STOPPED": .completed(.cancelled),
        "SUCCESSFUL": .completed(.success),
    ]
}
