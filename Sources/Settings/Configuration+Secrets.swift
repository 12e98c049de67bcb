/// The secrets of a configuration, and what was wrong with the others.
package struct SecretResolution: Sendable {
    /// The usable secrets of each source, in the order of the file.
    package var sources: [String: [ResolvedSecret]] = [:]
    /// The usable signing secrets of each endpoint, in the order of the file.
    package var listeners: [String: [ResolvedSecret]] = [:]
    /// What could not be used: an error where none of a list is usable, else a warning.
    package var problems: [ConfigurationProblem] = []

    /// The problems that stop a start.
    package var errors: [ConfigurationProblem] { problems.filter { $0.severity == .error } }
}

extension Configuration {
    /// Resolves every secret.
    ///
    /// One usable secret of a list is enough, and the others are warnings: a rotation half done must not stop
    /// the daemon. Without any, a source stops the start unless it says `allowUnsigned`, and an endpoint that
    /// names signing secrets stops it always, because its requests would go out unsigned. Listeners that are
    /// not enabled are left out.
    ///
    /// - Parameters:
    ///   - resolver: What reads variables and files.
    ///   - fault: Why a secret of a source is of no use to its provider, as the end of a sentence; nil if it
    ///     is of use.
    /// - Returns: The usable secrets, and what was wrong with the others.
    package func resolveSecrets(
        with resolver: SecretResolver,
        fault: (ResolvedSecret, SourceConfiguration) -> String?
    ) -> SecretResolution {
        var resolution = SecretResolution()
        for source in sources {
            let (secrets, errors) = resolve(source.secrets, with: resolver) { fault($0, source) }
            resolution.sources[source.name] = secrets
            let isEnough = !secrets.isEmpty || source.allowUnsigned
            resolution.problems += errors.map {
                problem($0, in: "sources.\(source.name)", "secrets", isEnough)
            }
        }
        for listener in listeners where listener.enabled {
            guard case let .endpoint(endpoint) = listener.target else { continue }
            let (secrets, errors) = resolve(endpoint.signingSecrets, with: resolver) { _ in nil }
            resolution.listeners[listener.name] = secrets
            resolution.problems += errors.map {
                problem($0, in: "listeners.\(listener.name)", "signingSecrets", !secrets.isEmpty)
            }
        }
        return resolution
    }

    private func resolve(
        _ references: [SecretReference],
        with resolver: SecretResolver,
        fault: (ResolvedSecret) -> String?
    ) -> (secrets: [ResolvedSecret], errors: [SecretError]) {
        var secrets: [ResolvedSecret] = []
        var errors: [SecretError] = []
        for reference in references {
            do throws(SecretError) {
                let secret = try resolver.resolve(reference)
                if let reason = fault(secret) { throw SecretError(reference: reference, reason: reason) }
                secrets.append(secret)
            } catch {
                errors.append(error)
            }
        }
        return (secrets, errors)
    }

    private func problem(
        _ error: SecretError,
        in section: String,
        _ key: String,
        _ isWarning: Bool
    ) -> ConfigurationProblem {
        // `signingSecret` is a spelling of `signingSecrets`.
        let keys = [key, String(key.dropLast())]
        let places = keys.compactMap { locations[error.reference.description, in: "\(section).\($0)"] }
        return ConfigurationProblem(
            severity: isWarning ? .warning : .error,
            location: places.first,
            message: "\(section).\(key): \(error)"
        )
    }
}
