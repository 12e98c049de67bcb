import Events
package import Signatures

extension AzureDevOps {
    /// Whatever `authenticate` refuses: no body changes what the header holds.
    package func faultInHead(
        _ headers: HeaderFields,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> String? {
        HeadFault.reason { () throws(HeadFault) in try Self.secret(in: headers, of: secrets) }
    }

    /// Azure signs nothing: the user and the password of the subscription are all that proves a delivery.
    package func authenticate(
        _ request: WebhookRequest,
        secrets: [Secret],
        policy: VerificationPolicy
    ) -> Authentication {
        do {
            return .verified(by: "basic \(try Self.secret(in: request.headers, of: secrets).reference)")
        } catch {
            return .refused(reason: error.reason)
        }
    }

    /// User and password, of which the user may be empty.
    package func fault(in secret: Secret, policy: VerificationPolicy) -> String? {
        Self.fault(in: secret.bytes)
    }

    /// The password: names of users are no secret.
    package func guessedByteCount(of secret: Secret) -> Int {
        secret.bytes.drop { $0 != UInt8(ascii: ":") }.dropFirst().count
    }

    /// A delivery of JSON; unsigned ones have no `Authorization` header.
    package func request(for webhook: OutgoingWebhook, secret: Secret?) -> WebhookRequest {
        var fields: [(name: String, value: String)] = [
            ("Content-Type", "application/json; charset=utf-8"),
            ("User-Agent", "VSServices/forgewire"),
        ]
        if let secret { fields.append(("Authorization", "Basic " + Base64.encode(secret.bytes))) }
        return WebhookRequest(
            headers: HeaderFields(fields),
            body: webhook.keepsBody ? webhook.body : Self.body(of: webhook),
            receivedAt: webhook.sentAt
        )
    }

    private static func fault(in secret: [UInt8]) -> String? {
        guard let colon = secret.firstIndex(of: UInt8(ascii: ":")) else {
            return "is no user and password: expected `user:password`, of which the user may be empty"
        }
        return colon == secret.count - 1 ? "has an empty password: expected `user:password`" : nil
    }

    /// The secret that the header shows.
    private static func secret(
        in headers: HeaderFields,
        of secrets: [Secret]
    ) throws(HeadFault) -> Secret {
        let value: String
        switch headers.occurrence(of: "authorization") {
        case .none: throw HeadFault("no Authorization header")
        case .repeated: throw HeadFault("more than one Authorization header")
        case .once(let only): value = only
        }
        guard let digits = digits(value) else {
            throw HeadFault("the Authorization header holds no Basic credentials")
        }
        let usable = secrets.filter { fault(in: $0.bytes) == nil }
        // What is longer than any secret is not decoded.
        guard Base64.byteCountMin(digits) <= Secret.shownByteCountMax(of: usable) else {
            throw HeadFault("no secret matches the Authorization header")
        }
        guard let credentials = Base64.decode(digits) else {
            throw HeadFault("the Authorization header holds no Basic credentials")
        }
        guard let match = Secret.shown(by: credentials, of: usable) else {
            throw HeadFault("no secret matches the Authorization header")
        }
        return match
    }

    /// What stands behind the scheme `Basic`, whose case is of no account (RFC 9110 section 11.1).
    private static func digits(_ value: String) -> Substring? {
        let (scheme, bytes) = ("basic ", value.utf8)
        let isBasic = zip(bytes, scheme.utf8).allSatisfy { $0 | 0x20 == $1 }
        guard bytes.count > scheme.utf8.count, isBasic else { return nil }
        return Substring(bytes.dropFirst(scheme.utf8.count).drop { $0 == 0x20 })
    }

    /// The body with the delivery's id in the place of the subscription's, as which `identify` reads it; one
    /// that has no subscription stays as it is.
    private static func body(of webhook: OutgoingWebhook) -> [UInt8] {
        guard let document = try? JSONDocument(webhook.body), document.root.isObject,
            let member = document.member(named: subscriptionMember, of: 0),
            document.root[subscriptionMember].kind == .string
        else { return webhook.body }
        let entry = document.tape[member]
        let start = Int(entry.offset)
        var json = JSONWriter(capacity: 64)
        json.string(webhook.deliveryId)
        var body = webhook.body
        body.replaceSubrange(start..<start + entry.stringByteCount + 2, with: json.bytes)
        return body
    }
}
