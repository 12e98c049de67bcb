/// Resolves the secrets of a configuration one source and listener after the other.
struct SecretReading {
    let configuration: Configuration
    let resolver: SecretResolver
    /// Whether credentials may be missing.
    let isTrial: Bool
    /// Why a secret cannot sign.
    let signingFault: (ResolvedSecret) -> String?
    /// Why a secret is of no use to a source.
    let fault: (ResolvedSecret, SourceConfiguration) -> String?
    /// Why a secret of a source, or one that signs, is hardly one.
    let doubt: (ResolvedSecret, SourceConfiguration?) -> String?

    /// What was found so far.
    private(set) var resolution = SecretResolution()

    /// Reads the secrets of a source.
    mutating func read(_ source: SourceConfiguration) {
        let (fault, doubt) = (fault, doubt)
        resolution.sources[source.name] = secrets(
            source.secrets,
            in: "sources.\(source.name)",
            "secrets",
            mayBeMissing: source.allowUnsigned,
            fault: { fault($0, source) },
            doubt: { doubt($0, source) }
        )
    }

    /// Reads what stands behind the references of a command or endpoint.
    mutating func read(_ listener: ListenerConfiguration) {
        let section = "listeners.\(listener.name)"
        let (signingFault, doubt) = (signingFault, doubt)
        var found = ListenerSecrets()
        switch listener.target {
        case .swift: return
        case .command(let command):
            found.environment = values(command.environment, .environment, in: "\(section).environment")
        case .endpoint(let endpoint):
            found.signingSecrets = secrets(
                endpoint.signingSecrets,
                in: section,
                "signingSecrets",
                mayBeMissing: false,
                fault: signingFault,
                doubt: { doubt($0, nil) }
            )
            found.headers = values(endpoint.headers, .headers, in: "\(section).headers")
            if let caFile = endpoint.caFile { checkAuthorities(caFile, in: "\(section).caFile") }
        }
        resolution.listeners[listener.name] = found
    }

    private mutating func checkAuthorities(_ caFile: String, in path: String) {
        guard let error = resolver.fault(ofFile: caFile) else { return }
        let message = "\(path): \(QuotedText.shown(caFile)): \(error)"
        add(.error, message, at: configuration.locations[caFile, in: path])
    }

    /// The usable secrets of a list.
    private mutating func secrets(
        _ references: [SecretReference],
        in section: String,
        _ key: String,
        mayBeMissing: Bool,
        fault: (ResolvedSecret) -> String?,
        doubt: (ResolvedSecret) -> String?
    ) -> [ResolvedSecret] {
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
        // What the service manager will give may be enough.
        let isEnough = !secrets.isEmpty || mayBeMissing || errors.contains { isForgiven($0) }
        for error in errors {
            let place = place(of: error.reference, in: section, key)
            add(isEnough ? .warning : .error, "\(section).\(key): \(error)", at: place)
        }
        for secret in secrets {
            let reasons = [doubt(secret), exposure(of: secret.reference)].compactMap(\.self)
            let place = place(of: secret.reference, in: section, key)
            for reason in reasons {
                add(.warning, "\(section).\(key): \(secret.reference): \(reason)", at: place)
            }
        }
        return secrets
    }

    private mutating func values(
        _ values: [NamedValue],
        _ rules: NamedValueRules,
        in path: String
    ) -> [ResolvedValue] {
        values.compactMap { named in
            let place = configuration.locations[named.name, in: path]
            do throws(SecretError) {
                let text = try resolver.resolve(named.value, rules.text)
                guard case .reference(let reference) = named.value else {
                    return ResolvedValue(name: named.name, text: text, isSecret: false)
                }
                if let reason = exposure(of: reference) {
                    add(.warning, "\(path).\(named.name): \(reference): \(reason)", at: place)
                }
                return ResolvedValue(name: named.name, text: text, isSecret: true)
            } catch {
                add(isForgiven(error) ? .warning : .error, "\(path).\(named.name): \(error)", at: place)
                return nil
            }
        }
    }

    private func isForgiven(_ error: SecretError) -> Bool { isTrial && error.isWithoutCredentials }

    private func exposure(of reference: SecretReference) -> String? {
        resolver.isReadableByAll(reference)
            ? "every user can read the file: `chmod o-r` keeps others out" : nil
    }

    private func place(
        of reference: SecretReference,
        in section: String,
        _ key: String
    ) -> SourceLocation? {
        // `signingSecret` is a spelling of `signingSecrets`.
        [key, String(key.dropLast())].compactMap {
            configuration.locations[reference.description, in: "\(section).\($0)"]
        }.first
    }

    private mutating func add(
        _ severity: ConfigurationProblem.Severity,
        _ message: String,
        at place: SourceLocation?
    ) {
        resolution.problems.append(
            ConfigurationProblem(severity: severity, location: place, message: message)
        )
    }
}
