package import Events
package import Signatures

/// A forge's dialect: how its deliveries prove authentic, name themselves and map to events.
///
/// Every method is a pure function. `Source.admit` calls them in the order in which they stand here; what is
/// the same for all forges (media types, limits, what becomes of a body that cannot be read) is done there.
package protocol Provider: Sendable {
    /// The name in the configuration, the outbox and the event JSON.
    var name: String { get }

    /// The request headers that are kept with a delivery, in lower case, besides `content-type` and `user-
    /// agent`; never one that holds a signature, token, cookie or credential.
    var keptHeaders: [String] { get }

    /// Bodies to try `forgewire send` and the mapping with.
    var samples: [Sample] { get }

    /// Why these header fields can never prove a request authentic, whatever its body; nil if only the body
    /// can tell.
    ///
    /// What `authenticate` looks at first, so that no body is read, decoded or kept for a request that
    /// carries no signature, several, or one that is malformed; where the proof does not depend on the body,
    /// for a wrong one either. Signed times are left to `authenticate`, which has the time of receipt.
    ///
    /// - Parameters:
    ///   - headers: All that was received so far.
    ///   - secrets: At least one.
    ///   - policy: How strict to be.
    /// - Returns: The reason, as `Authentication.refused` has it.
    func faultInHead(
        _ headers: HeaderFields,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> String?

    /// Whether one of the secrets proves the request authentic. Every secret is tried, whichever matches.
    ///
    /// - Parameters:
    ///   - request: What was received; `receivedAt` is the time to judge signed timestamps by.
    ///   - secrets: At least one.
    ///   - policy: How strict to be.
    /// - Returns: What proved it authentic, or why nothing did.
    func authenticate(
        _ request: WebhookRequest,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> Authentication

    /// Which delivery and event an authentic request is.
    ///
    /// - Parameters:
    ///   - request: What was received.
    ///   - body: The root of the payload, missing where that is not JSON.
    /// - Returns: What the provider says; `Source.admit` makes up for an id that is missing.
    func identify(_ request: WebhookRequest, body: JSONValue) -> DeliveryIdentity

    /// The events of a delivery whose payload is an object, in the order of their ordinals.
    ///
    /// What has no neutral event gives one `UnknownEvent`; what should have had one, but cannot be read, is
    /// reported to the context as well.
    func events(from body: JSONValue, context: inout MappingContext) -> [any Event]

    /// Why a secret cannot prove deliveries of this provider's, as the end of a sentence that begins with its
    /// reference; nil for one that can.
    func fault(in secret: Secret, policy: VerificationPolicy) -> String?

    /// How many bytes of a secret have to be guessed by whoever does not know it; `Int.max` where there is
    /// nothing to guess.
    func guessedByteCount(of secret: Secret) -> Int

    /// The request with which this provider would send a body.
    ///
    /// - Parameters:
    ///   - webhook: What to send.
    ///   - secret: What to sign it with; nil leaves it unsigned.
    /// - Returns: The header fields and the body; `receivedAt` is the time of sending.
    /// - Throws: `SigningError` if the secret can verify signatures but not make them.
    func request(for webhook: OutgoingWebhook, secret: Secret?) throws(SigningError) -> WebhookRequest
}

extension Provider {
    /// Most providers take any text as a secret.
    package func fault(in secret: Secret, policy: VerificationPolicy) -> String? { nil }

    /// Most providers' secrets are texts as they are.
    package func guessedByteCount(of secret: Secret) -> Int { secret.bytes.count }
}
