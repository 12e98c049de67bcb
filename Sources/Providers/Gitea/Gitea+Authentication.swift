package import Signatures

extension Gitea {
    /// The end of the header with the digits.
    static let signatureSuffix = "Signature"

    /// The JSON text is what is signed, in a form too; the header that is there first decides, valid or not.
    package func authenticate(
        _ request: WebhookRequest,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> Authentication {
        guard let message = signedBytes(of: request) else {
            return .refused(reason: "a form without a payload field")
        }
        let prefix = dialect.headerPrefixes.first {
            !request.headers.values($0 + Self.signatureSuffix).isEmpty
        }
        return signature(prefix ?? dialect.headerPrefix)
            .verify(message, in: request.headers, secrets: secrets)
    }

    /// A delivery of JSON; an unsigned one carries an empty signature, as the forges send it.
    package func request(for webhook: OutgoingWebhook, secret: Secret?) -> WebhookRequest {
        let prefix = dialect.headerPrefix
        let signature = signature(prefix)
        var fields: [(name: String, value: String)] = [
            ("Content-Type", "application/json"),
            ("User-Agent", "\(name)/forgewire"),
            (prefix + Self.deliverySuffix, webhook.deliveryId),
        ]
        if let eventName = webhook.eventName {
            fields.append((prefix + Self.eventSuffix, eventName))
            if dialect != .gogs {
                fields.append((prefix + Self.eventTypeSuffix, Self.eventTypes[eventName] ?? eventName))
            }
        }
        let digits = secret.map { signature.value(for: webhook.body, secret: $0) }
        fields.append((signature.header, digits ?? ""))
        return WebhookRequest(headers: HeaderFields(fields), body: webhook.body, receivedAt: webhook.sentAt)
    }

    /// The event types of the events that never go by their own name.
    private static let eventTypes = [
        "pull_request_approved": "pull_request_review_approved",
        "pull_request_comment": "pull_request_review_comment",
        "pull_request_rejected": "pull_request_review_rejected",
    ]

    private func signature(_ headerPrefix: String) -> HubSignature {
        HubSignature(header: headerPrefix + Self.signatureSuffix, prefix: "", scheme: "\(name)-sha256")
    }

    private func signedBytes(of request: WebhookRequest) -> [UInt8]? {
        guard case .form? = MediaType(request.headers) else { return request.body }
        return FormFields.value("payload", in: request.body)
    }
}
