package import Signatures

/// A configured inbound hook: what decides how a request to `/webhooks/<name>` is verified and read.
package struct Source: Sendable {
    /// The configured name, part of the URL.
    package var name: String
    /// The provider's dialect.
    package var provider: any Provider
    /// The secrets in force, any of which may match; several during a rotation.
    package var secrets: [Secret]
    /// How strictly signatures are judged.
    package var policy: VerificationPolicy

    package init(
        name: String,
        provider: any Provider,
        secrets: [Secret],
        policy: VerificationPolicy = VerificationPolicy()
    ) {
        self.name = name
        self.provider = provider
        self.secrets = secrets
        self.policy = policy
    }
}

/// How strictly a source judges signatures.
package struct VerificationPolicy: Hashable, Sendable {
    /// Whether deliveries are taken unverified; has an effect only where the source has no secret.
    package var allowsUnsigned: Bool
    /// Whether weaker proofs than a signature over the body are refused.
    package var requiresSignature: Bool
    /// How far a signed timestamp may be from now, in both directions.
    package var tolerance: Duration

    package init(
        allowsUnsigned: Bool = false,
        requiresSignature: Bool = false,
        tolerance: Duration = .seconds(300)
    ) {
        self.allowsUnsigned = allowsUnsigned
        self.requiresSignature = requiresSignature
        self.tolerance = tolerance
    }
}
