import Events
import FoundationEssentials
import Outbox
import Providers
import Signatures

/// Maps stored deliveries with the providers of this build: a mapper may have become better since.
struct StoredDeliveryMapper: Sendable {
    private let catalog: ProviderCatalog

    init(catalog: ProviderCatalog) {
        self.catalog = catalog
    }

    /// What the delivery gives now; nil if this build does not have its provider, or cannot read it.
    @Sendable func map(_ stored: MappableDelivery) -> Delivery? {
        guard let provider = catalog.named(stored.provider),
            let headers = try? JSONDecoder().decode([String: String].self, from: Data(stored.headers.utf8))
        else { return nil }
        // It proved authentic when it was received; neither its signature nor the secret are there any more.
        let source = Source(
            name: stored.source,
            provider: IdentifiedProvider(provider: provider, stored: stored),
            secrets: [],
            policy: VerificationPolicy(allowsUnsigned: true)
        )
        let request = WebhookRequest(
            headers: HeaderFields(headers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
            body: stored.payload,
            receivedAt: stored.receivedAt
        )
        guard case .authentic(let delivery) = source.admit(request) else { return nil }
        return delivery
    }
}

/// A provider whose delivery has the id that it was stored under: part of what identified it, such as a
/// second header field of the same name, may not be there any more.
private struct IdentifiedProvider: Provider {
    let provider: any Provider
    let stored: MappableDelivery

    var name: String { provider.name }
    var keptHeaders: [String] { provider.keptHeaders }
    var samples: [Sample] { provider.samples }

    func faultInHead(
        _ headers: HeaderFields,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> String? {
        provider.faultInHead(headers, secrets: secrets, policy: policy)
    }

    func authenticate(
        _ request: WebhookRequest,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> Authentication {
        provider.authenticate(request, secrets: secrets, policy: policy)
    }

    func identify(_ request: WebhookRequest, body: JSONValue) -> DeliveryIdentity {
        let identity = provider.identify(request, body: body)
        return DeliveryIdentity(
            deliveryId: stored.deliveryID,
            eventName: stored.eventName ?? identity.eventName
        )
    }

    func events(from body: JSONValue, context: inout MappingContext) -> [any Event] {
        provider.events(from: body, context: &context)
    }

    func request(for webhook: OutgoingWebhook, secret: Secret?) throws(SigningError) -> WebhookRequest {
        try provider.request(for: webhook, secret: secret)
    }
}
