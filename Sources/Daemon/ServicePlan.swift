import Events
package import ListenerKit
import Outbox
package import Providers
package import Settings
package import Signatures

/// What a configuration comes to, with its secrets and the listeners of this build: all that `serve` needs.
package struct ServicePlan: Sendable {
    /// The configuration as it is in force.
    package let configuration: Configuration
    /// The sources that deliveries can come from.
    package let sources: [Source]
    /// The listeners that get dispatches.
    package let listeners: [PlannedListener]

    /// Which events these listeners get.
    package var subscriptions: [Subscription] { listeners.map(\.subscription) }

    /// How the outbox keeps them.
    var listenerRecords: [ListenerRecord] { listeners.map(\.record) }

    /// What checking a configuration found.
    package struct Check: Sendable {
        /// The configuration; a value that could not be read has its default.
        package let configuration: Configuration
        /// Whether the file could be read at all; otherwise all values are defaults.
        package let isReadable: Bool
        /// Every problem of the file itself, in its order.
        package let fileProblems: [ConfigurationProblem]
        /// Every problem of the secrets that it refers to.
        package let secretProblems: [ConfigurationProblem]
        /// What is missing of the programs that it names; warnings.
        let programProblems: [ConfigurationProblem]
        /// What to serve; nil if there are errors.
        package let plan: ServicePlan?

        /// Every problem.
        package var problems: [ConfigurationProblem] { fileProblems + secretProblems + programProblems }
    }

    /// Reads a configuration, checks all of it and resolves its secrets.
    ///
    /// - Parameters:
    ///   - path: The file that the command line names, if it does.
    ///   - environment: The variables of the process.
    ///   - isTrial: Whether nothing is to be served: then it is only a warning that this process has no
    ///     credentials, which the service manager gives to the daemon alone.
    ///   - registry: The listeners of this build.
    ///   - catalog: The providers of this build.
    /// - Returns: The problems, and what to serve if none is an error.
    /// - Throws: Only when there is no file to check.
    package static func check(
        path: String?,
        environment: [String: String],
        isTrial: Bool = false,
        registry: ListenerRegistry,
        catalog: ProviderCatalog = .standard
    ) throws(ConfigurationError) -> Check {
        let vocabulary = ConfigurationVocabulary(registry, catalog)
        let report = try Configuration.report(path: path, environment: environment, vocabulary: vocabulary)
        let configuration = report.draft
        let secrets = configuration.resolveSecrets(
            with: SecretResolver(environment: environment),
            isTrial: isTrial,
            signingFault: { Secret($0).flatMap(WebhookSigner.fault) },
            fault: { catalog.fault(in: $0, of: $1) },
            doubt: { catalog.doubt(about: $0, of: $1) }
        )
        let hasErrors = (report.problems + secrets.problems).contains { $0.severity == .error }
        return Check(
            configuration: configuration,
            isReadable: report.isReadable,
            fileProblems: DescriptorBudget.warnings(on: configuration) + report.problems
                + OutboxExposure.warnings(on: configuration),
            secretProblems: secrets.problems,
            programProblems: configuration.missingPrograms(environment: environment, secrets: secrets),
            plan: hasErrors
                ? nil : ServicePlan(configuration, secrets: secrets, registry: registry, catalog: catalog)
        )
    }

    /// The plan of a valid configuration.
    ///
    /// - Throws: Every problem, if there is an error among them.
    package static func load(
        path: String?,
        environment: [String: String],
        registry: ListenerRegistry
    ) throws(ConfigurationError) -> (plan: ServicePlan, warnings: [ConfigurationProblem]) {
        let check = try check(path: path, environment: environment, registry: registry)
        guard let plan = check.plan else { throw ConfigurationError(problems: check.problems) }
        return (plan, check.problems)
    }

    private init(
        _ configuration: Configuration,
        secrets: SecretResolution,
        registry: ListenerRegistry,
        catalog: ProviderCatalog
    ) {
        self.configuration = configuration
        sources = configuration.sources.compactMap {
            Source($0, secrets: secrets.sources[$0.name] ?? [], catalog: catalog)
        }
        listeners = configuration.listeners.filter(\.enabled).map { settings in
            PlannedListener(
                settings,
                secrets: secrets.listeners[settings.name] ?? ListenerSecrets(),
                listener: settings.target == .swift ? registry.listener(named: settings.name) : nil
            )
        }
    }
}

extension ConfigurationVocabulary {
    /// The names of this build.
    fileprivate init(_ registry: ListenerRegistry, _ catalog: ProviderCatalog) {
        self.init(
            providers: catalog.names,
            kinds: Dictionary(uniqueKeysWithValues: EventKind.allCases.map { ($0.rawValue, $0.actions) }),
            listeners: Dictionary(
                uniqueKeysWithValues: registry.listeners.map { ($0.name, $0.kinds.map(\.rawValue)) }
            ),
            fields: Self.eventFields
        )
    }

    /// What filters may ask of the event JSON.
    private static var eventFields: [String: Field] {
        var fields: [String: Field] = [:]
        for kind in EventKind.allCases {
            for field in EventField.all(of: kind) {
                fields[field.path, default: Field(type: .init(field.type), kinds: [])].kinds
                    .insert(kind.rawValue)
            }
        }
        return fields
    }
}

extension ConfigurationVocabulary.Field.ValueType {
    fileprivate init(_ type: EventField.ValueType) {
        switch type {
        case .boolean: self = .flag
        case .integer: self = .number
        case .string: self = .text
        }
    }
}

extension Source {
    /// Nil for a provider that this build does not have, which validation has refused before.
    fileprivate init?(
        _ settings: SourceConfiguration,
        secrets: [ResolvedSecret],
        catalog: ProviderCatalog
    ) {
        guard let provider = catalog.named(settings.provider) else { return nil }
        self.init(
            name: settings.name,
            provider: provider,
            secrets: secrets.compactMap(Secret.init),
            policy: VerificationPolicy(settings)
        )
    }
}

extension VerificationPolicy {
    fileprivate init(_ settings: SourceConfiguration) {
        self.init(
            allowsUnsigned: settings.allowUnsigned,
            requiresSignature: settings.requireSignature,
            tolerance: settings.tolerance
        )
    }
}

extension Secret {
    /// Nil for one that is blank, which the resolver refuses before.
    package init?(_ resolved: ResolvedSecret) {
        self.init(reference: resolved.reference.description, bytes: resolved.bytes)
    }
}

extension ProviderCatalog {
    /// Why a secret is of no use to a source; nil if it is.
    package func fault(in resolved: ResolvedSecret, of source: SourceConfiguration) -> String? {
        guard let provider = named(source.provider), let secret = Secret(resolved) else { return nil }
        return provider.fault(in: secret, policy: VerificationPolicy(source))
    }

    /// What a random secret has at least: fewer bytes can be tried out.
    private static let secretByteCountMin = 16

    /// Why a secret of a source is hardly one, or one that signs requests; nil if it is.
    fileprivate func doubt(about resolved: ResolvedSecret, of source: SourceConfiguration?) -> String? {
        guard let secret = Secret(resolved) else { return nil }
        let provider = source.flatMap { named($0.provider) }
        let count = provider?.guessedByteCount(of: secret) ?? WebhookSigner.guessedByteCount(of: secret)
        guard count < Self.secretByteCountMin else { return nil }
        return "is shorter than \(Self.secretByteCountMin) bytes: `openssl rand -hex 32` makes a better one"
    }
}
