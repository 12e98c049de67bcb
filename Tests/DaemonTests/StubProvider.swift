import Events
import Providers
import Signatures

/// A provider that only these tests have; its secrets begin with `stub-`.
struct StubProvider: Provider {
    let name = "stub"
    let keptHeaders: [String] = []
    let samples: [Sample] = []

    func fault(in secret: Secret, policy: VerificationPolicy) -> String? {
        secret.bytes.starts(with: "stub-".utf8) ? nil : "does not begin with stub-"
    }

    func faultInHead(
        _ headers: HeaderFields,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> String? {
        nil
    }

    func authenticate(
        _ request: WebhookRequest,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> Authentication {
        .verified(by: "stub \(secrets.map(\.reference).joined(separator: " "))")
    }

    func identify(_ request: WebhookRequest, body: JSONValue) -> DeliveryIdentity {
        DeliveryIdentity(deliveryId: "1", eventName: "stub")
    }

    func events(from body: JSONValue, context: inout MappingContext) -> [any Event] {
        [UnknownEvent(envelope: context.envelope(.unknown), action: body["did"].text)]
    }

    func request(for webhook: OutgoingWebhook, secret: Secret?) -> WebhookRequest {
        let headers: HeaderFields = ["Content-Type": "application/json"]
        return WebhookRequest(headers: headers, body: webhook.body, receivedAt: webhook.sentAt)
    }
}
