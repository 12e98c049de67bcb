/// The secrets of a configuration, and what was wrong with the others.
package struct SecretResolution: Sendable {
    /// The usable secrets of each source, in the order of the file.
    package var sources: [String: [ResolvedSecret]] = [:]
    /// What was found for each command and endpoint that is enabled.
    package var listeners: [String: ListenerSecrets] = [:]
    /// What could not be used: an error where none of a list is usable, else a warning.
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
    ///   - signingFault: Why a secret cannot sign requests, as the end of a sentence; nil if it can.
    ///   - fault: Why a secret of a source is of no use to its provider, as the end of a sentence; nil if it
    ///     is of use.
    /// - Returns: The usable secrets, and what was wrong with the others.
    package func resolveSecrets(
        with resolver: SecretResolver,
        signingFault: (ResolvedSecret) -> String? = { _ in nil },
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
            let section = "listeners.\(listener.name)"
            var found = ListenerSecrets()
            switch listener.target {
            case .swift: continue
            case let .command(command):
                found.environment = resolve(
                    command.environment,
                    .environment,
                    with: resolver,
                    in: "\(section).environment",
                    &resolution.problems
                )
            case let .endpoint(endpoint):
                found = resolve(endpoint, in: section, with: resolver, signingFault, &resolution.problems)
            }
            resolution.listeners[listener.name] = found
        }
        return resolution
    }

    private func resolve(
        _ endpoint: EndpointConfiguration,
        in section: String,
        with resolver: SecretResolver,
        _ signingFault: (ResolvedSecret) -> String?,
        _ problems: inout [ConfigurationProblem]
    ) -> ListenerSecrets {
        var found = ListenerSecrets()
        let (secrets, errors) = resolve(endpoint.signingSecrets, with: resolver, fault: signingFault)
        found.signingSecrets = secrets
        problems += errors.map { problem($0, in: section, "signingSecrets", !secrets.isEmpty) }
        let path = "\(section).headers"
        found.headers = resolve(endpoint.headers, .headers, with: resolver, in: path, &problems)
        if let caFile = endpoint.caFile, let error = resolver.fault(ofFile: caFile) {
            let path = "\(section).caFile"
            problems.append(
                ConfigurationProblem(
                    location: locations[caFile, in: path],
                    message: "\(path): \(QuotedText.shown(caFile)): \(error)"
                )
            )
        }
        return found
    }

    private func resolve(
        _ values: [NamedValue],
        _ rules: NamedValueRules,
        with resolver: SecretResolver,
        in path: String,
        _ problems: inout [ConfigurationProblem]
    ) -> [ResolvedValue] {
        values.compactMap { named in
            do throws(SecretError) {
                let text = try resolver.resolve(named.value, rules.text)
                let isSecret = if case .reference = named.value { true } else { false }
                return ResolvedValue(name: named.name, text: text, isSecret: isSecret)
            } catch {
                problems.append(
                    ConfigurationProblem(
                        location: locations[named.name, in: path],
                        message: "\(path).\(named.name): \(error)"
                    )
                )
                return nil
            }
        }
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
