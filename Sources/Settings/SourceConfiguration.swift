/// A configured inbound hook; its URL is `/webhooks/<name>`.
///
/// Configuration keys of `sources.<name>`:
/// - `provider` (a provider's name; required): whose deliveries these are.
/// - `secrets` (list of references to secrets; required unless `allowUnsigned`): `env:NAME`, `file:/path` or
///   `credential:NAME`, of which any may have signed; never the secret itself.
/// - `tolerance` (duration; default `5m`; 1s to 1d): how far a signed timestamp may be from now.
/// - `requireSignature` (flag; default false): refuses plain tokens (GitLab).
/// - `allowUnsigned` (flag; default false): starts without a usable secret and takes deliveries unverified.
package struct SourceConfiguration: Equatable, Sendable {
    /// The name, part of the URL.
    package var name: String
    /// The provider's name.
    package var provider = ""
    /// Where the secrets are kept, in the order of the file.
    package var secrets: [SecretReference] = []
    /// How far a signed timestamp may be from now, in both directions.
    package var tolerance = Duration.minutes(5)
    /// Whether plain tokens are refused.
    package var requireSignature = false
    /// Whether deliveries are taken unverified when no secret is usable.
    package var allowUnsigned = false

    package init(name: String, provider: String, secrets: [SecretReference] = []) {
        self.name = name
        self.provider = provider
        self.secrets = secrets
    }

    init(name: String, _ section: Section, vocabulary: ConfigurationVocabulary) {
        self.name = name
        section.read("provider", &provider, .provider(among: vocabulary.providers))
        section.read("secrets", &secrets, listOf: .secretReference)
        section.read("tolerance", &tolerance, .duration(in: .seconds(1) ... .days(1)))
        section.read("requireSignature", &requireSignature, .flag)
        section.read("allowUnsigned", &allowUnsigned, .flag)
        section.finish()
        section.checkName(name)
        validate(section, vocabulary)
    }

    private func validate(_ section: Section, _ vocabulary: ConfigurationVocabulary) {
        if !section.has("provider") {
            let providers = vocabulary.providers.joinedWithOr()
            section.error("provider is missing; the providers are \(providers)", at: section.mark)
        }
        if allowUnsigned {
            let condition = secrets.isEmpty ? "" : " when no secret is usable"
            section.warning(
                "allowUnsigned: deliveries are taken unverified\(condition)",
                at: section.mark(of: "allowUnsigned")
            )
        } else if secrets.isEmpty, !section.hasEntries("secrets") {
            section.error(
                "no secret: name one under secrets, such as \"env:NAME\"",
                at: section.mark(of: "secrets")
            )
        }
    }
}

extension ValueParser<String> {
    /// The name of a provider.
    static func provider(among providers: [String]) -> ValueParser {
        ValueParser { text throws(ValueProblem) in
            guard !providers.contains(text) else { return text }
            let near = NearMiss.of(text, among: providers)
            let list = near == nil ? "; the providers are \(providers.joinedWithOr())" : ""
            throw ValueProblem("unknown provider \(QuotedText.shown(text))\(list)", suggestion: near)
        }
    }
}
