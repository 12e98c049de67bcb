/// The secrets of a configuration, and what was wrong with the others.
package struct SecretResolution: Sendable {
    /// The usable secrets of each source, in the order of the file.
    package var sources: [String: [ResolvedSecret]] = [:]
    /// What was found for each command and endpoint that is enabled.
    package var listeners: [String: ListenerSecrets] = [:]
    /// What could not be used: an error where none of a list is usable, else a warning.
    ///
    /// And what can be used, but should not be as it is: a warning.
    package var problems: [ConfigurationProblem] = []

    /// The problems that stop a start.
    package var errors: [ConfigurationProblem] { problems.filter { $0.severity == .error } }
}

/// What stands behind the references of one command or endpoint.
package struct ListenerSecrets: Equatable, Sendable {
    /// The usable signing secrets, in the order of the file.
    package var signingSecrets: [ResolvedSecret] = []
    /// The header fields of requests, in the order of the file.
    package var headers: [ResolvedValue] = []
    /// The variables of the command, in the order of the file.
    package var environment: [ResolvedValue] = []

    package init() {}
}

extension Configuration {
    /// Resolves every secret.
    ///
    /// One usable secret of a list is enough, and the others are warnings: a rotation half done must not stop
    /// the daemon. Without any, a source stops the start unless it says `allowUnsigned`, and an endpoint that
    /// names signing secrets stops it always, because its requests would go out unsigned. So does a header
    /// or a variable that cannot be resolved, and a `caFile` that cannot be read. Listeners that are not
    /// enabled are left out.
    ///
    /// - Parameters:
    ///   - resolver: What reads variables and files.
    ///   - isTrial: Whether nothing is to be served, so that credentials may be missing, which the service
    ///     manager gives to the daemon alone: they are warnings then.
    ///   - signingFault: Why a secret cannot sign requests, as the end of a sentence; nil if it can.
    ///   - fault: Why a secret of a source is of no use to its provider, as the end of a sentence; nil if it
    ///     is of use.
    ///   - doubt: Why a secret of a source, or one that signs requests, is hardly one, as the end of a
    ///     sentence; nil if it is.
    /// - Returns: The usable secrets, and what was wrong with the others.
    package func resolveSecrets(
        with resolver: SecretResolver,
        isTrial: Bool = false,
        signingFault: @escaping (ResolvedSecret) -> String? = { _ in nil },
        fault: @escaping (ResolvedSecret, SourceConfiguration) -> String?,
        doubt: @escaping (ResolvedSecret, SourceConfiguration?) -> String? = { _, _ in nil }
    ) -> SecretResolution {
        var reading = SecretReading(
            configuration: self,
            resolver: resolver,
            isTrial: isTrial,
            signingFault: signingFault,
            fault: fault,
            doubt: doubt
        )
        for source in sources { reading.read(source) }
        for listener in listeners where listener.enabled { reading.read(listener) }
        return reading.resolution
    }
}
