package import Signatures

extension Gitea {
    /// The end of the header with the digits.
    static let signatureSuffix = "Signature"

    /// Without exactly one signature that could be right, in the header that is there first.
    package func faultInHead(
        _ headers: HeaderFields,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> String? {
        signature(in: headers).fault(in: headers)
    }

    /// The JSON text is what is signed, in a form too; the header that is there first decides, valid or not.
    ///
    /// A form is looked at only where the header could be right, and its payload decoded in passing alone.
    package func authenticate(
        _ request: WebhookRequest,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> Authentication {
        let signature = signature(in: request.headers)
        guard case .form? = MediaType(request.headers) else {
            return signature.verify(request.body, in: request.headers, secrets: secrets)
        }
        if let fault = signature.fault(in: request.headers) { return .refused(reason: fault) }
        guard let payload = EncodedFormValue("payload", in: request.body) else {
            return .refused(reason: "a form without a payload field")
        }
        return signature.verify(in: request.headers, secrets: secrets) { key in
            var computation = HMACSHA256(key: key)
            payload.forEachPart { computation.update($0) }
            return computation.finish()
        }
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

    /// The one whose header is there, else the forge's own.
    private func signature(in headers: HeaderFields) -> HubSignature {
        let prefix = dialect.headerPrefixes.first { headers.contains($0 + Self.signatureSuffix) }
        return signature(prefix ?? dialect.headerPrefix)
    }

    private func signature(_ headerPrefix: String) -> HubSignature {
        HubSignature(header: headerPrefix + Self.signatureSuffix, prefix: "", scheme: "\(name)-sha256")
    }
}
