/// What a command listener runs, as the configuration has it.
package struct CommandSettings: Hashable, Sendable {
    /// The program and its arguments; no shell takes part.
    ///
    /// A program without a slash is looked up in `PATH`; one with a relative path is relative to the
    /// daemon's working directory.
    package var command: [String]
    /// Where the command runs; nil for the daemon's working directory.
    package var workingDirectory: String?
    /// Variables of the command's environment, with their values, secrets resolved.
    package var environment: [String: String]
    /// Whether the event JSON carries the bytes that the provider sent.
    package var includesPayload: Bool
    /// What must not be told when the command writes it: the values in `environment` that are secrets.
    package var secrets: [String]

    package init(
        command: [String],
        workingDirectory: String? = nil,
        environment: [String: String] = [:],
        includesPayload: Bool = false,
        secrets: [String] = []
    ) {
        self.command = command
        self.workingDirectory = workingDirectory
        self.environment = environment
        self.includesPayload = includesPayload
        self.secrets = secrets
    }
}
