import Events
import Providers
import Signatures
import Testing

@Suite("GitLab authentication")
struct GitLabAuthenticationTests {
    static let signingToken = "whsec_dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q="
    static let otherSigningToken = "whsec_b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q="
    static let right = "v1,MSN93H5UbXuiyDmlNlHqNaYYfoEeXNVoWVmCU1RNQ8k="
    static let keyAsText = "v1,TqltAX9aXAeHsGGaHPTycQ/K4Ng4H1ymy9v08BcjN0I="
    static let id = "f5e5f430-f57b-4e6e-9fac-d9128cd7232f"
    static let body = #"{"object_kind":"merge_request","object_attributes":{"iid":39,"action":"open"}}"#
    static let token = "It's a Secret to Everybody"

    /// A hook with several secrets, and what it makes of requests.
    private func hook(
        _ secrets: String...,
        requiresSignature: Bool = false,
        tolerance: Duration = .seconds(300)
    ) throws -> Hook {
        var hook = try Hook(GitLab(), secret: secrets[0])
        hook.source.secrets = try secrets.enumerated().map { index, text in
            try #require(Secret(reference: "env:SECRET\(index)", bytes: Array(text.utf8)))
        }
        hook.source.policy.requiresSignature = requiresSignature
        hook.source.policy.tolerance = tolerance
        return hook
    }

    /// A request with the published signature, of which fields may be replaced or left out.
    private func signed(
        _ replaced: [String: String?] = [:],
        body: String = body,
        secondsLater: Int64 = 0,
        more: [(name: String, value: String)] = []
    ) -> WebhookRequest {
        var fields = [
            "webhook-id": Self.id, "webhook-timestamp": "1767225600", "webhook-signature": Self.right,
        ]
        for (name, value) in replaced { fields[name] = value }
        return WebhookRequest(
            headers: HeaderFields(
                [(name: "content-type", value: "application/json")]
                    + fields.map { (name: $0.key, value: $0.value) } + more
            ),
            body: Array(body.utf8),
            receivedAt: Timestamp(milliseconds: (1_767_225_600 + secondsLater) * 1000)
        )
    }

    private func withToken(_ values: String..., more: [(name: String, value: String)] = []) -> WebhookRequest
    {
        WebhookRequest(
            headers: HeaderFields(
                [(name: "content-type", value: "application/json")]
                    + values.map { (name: "x-gitlab-token", value: $0) } + more
            ),
            body: Array(Self.body.utf8),
            receivedAt: Timestamp(milliseconds: 1_767_225_600_000)
        )
    }

    @Test("A published signature is right")
    func published() throws {
        let hook = try hook(Self.signingToken)
        #expect(hook.verdict(on: signed()) == .verified(by: "standard-webhooks-v1 env:SECRET0"))
    }

    static let otherSignatures: [String] = [
        "", " ", "v1", "v1,", ",", keyAsText, "v2\(right.dropFirst(2))", "V1\(right.dropFirst(2))",
        String(right.dropFirst(3)), "v1=\(right.dropFirst(3))", "v1,\(right.dropFirst(3).dropLast(4))",
        "v1,\(right.dropFirst(3).uppercased())", "v1,\(right.dropFirst(3))AAAA", "\(right),\(right)",
        "sha256=7571", "v1,t6dpRRRSRPmlFGUZ9HGOoWFFS2E=", "v1a,MSN93H5UbXuiyDmlNlHqNaYYfoEeXNVoWVmCU1RNQ8k=",
    ]

    @Test("A signature that is not exactly one of the right form is refused", arguments: otherSignatures)
    func malformed(signature: String) throws {
        let hook = try hook(Self.signingToken)
        #expect(hook.isRefused(signed(["webhook-signature": signature])))
    }

    @Test("Several signatures may stand in the header, of which one must be right")
    func list() throws {
        let hook = try hook(Self.signingToken)
        #expect(!hook.isRefused(signed(["webhook-signature": "\(Self.keyAsText) \(Self.right)"])))
        #expect(!hook.isRefused(signed(["webhook-signature": "v9,AA== \(Self.right)"])))
    }

    @Test("A flipped bit in the id, the time, the body or the signature is refused")
    func flipped() throws {
        let hook = try hook(Self.signingToken)
        #expect(hook.isRefused(signed(["webhook-id": "e5e5f430-f57b-4e6e-9fac-d9128cd7232f"])))
        #expect(hook.isRefused(signed(["webhook-timestamp": "1767225601"])))
        #expect(hook.isRefused(signed(["webhook-timestamp": "1767225600.0"])))
        #expect(hook.isRefused(signed(body: Self.body + " ")))
        let digits = Self.right.replacing("MSN9", with: "MSN8")
        #expect(hook.isRefused(signed(["webhook-signature": digits])))
    }

    @Test("A missing or doubled part of the signature is refused")
    func parts() throws {
        let hook = try hook(Self.signingToken, Self.token)
        for name in ["webhook-id", "webhook-timestamp"] {
            #expect(hook.isRefused(signed([name: String?.none])))
            #expect(hook.isRefused(signed([name: ""])))
        }
        for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
            let value = signed().headers.only(name) ?? ""
            #expect(hook.isRefused(signed(more: [(name: name, value: value)])))
        }
    }

    @Test(
        "The time may be off by the tolerance, in both directions",
        arguments: [(-301, false), (-300, true), (0, true), (300, true), (301, false), (86_400, false)]
    )
    func tolerance(secondsLater: Int64, isTaken: Bool) throws {
        let hook = try hook(Self.signingToken)
        #expect(hook.isRefused(signed(secondsLater: secondsLater)) != isTaken)
    }

    @Test("The tolerance is the policy's")
    func configuredTolerance() throws {
        let narrow = try hook(Self.signingToken, tolerance: .seconds(10))
        #expect(!narrow.isRefused(signed(secondsLater: 10)))
        #expect(narrow.isRefused(signed(secondsLater: 11)))
    }

    @Test("Any signing token may match, and the record says which")
    func rotation() throws {
        let hook = try hook(Self.otherSigningToken, Self.token, Self.signingToken)
        #expect(hook.verdict(on: signed()) == .verified(by: "standard-webhooks-v1 env:SECRET2"))
        #expect(try self.hook(Self.otherSigningToken).isRefused(signed()))
    }

    @Test("A wrong signature is final: the right token beside it changes nothing", arguments: otherSignatures)
    func noFallback(signature: String) throws {
        let hook = try hook(Self.signingToken, Self.token)
        let token = [(name: "X-Gitlab-Token", value: Self.token)]
        #expect(hook.isRefused(signed(["webhook-signature": signature], more: token)))
    }

    @Test("A signature is refused where there is nothing to verify it with")
    func noSigningToken() throws {
        let token = [(name: "X-Gitlab-Token", value: Self.token)]
        #expect(try hook(Self.token).isRefused(signed(more: token)))
        #expect(try hook(Self.token).isRefused(signed(["webhook-signature": ""], more: token)))
        // What is no base64 is no key, and no plain token either.
        #expect(try hook("whsec_!", Self.token).isRefused(signed(more: token)))
    }

    @Test("A right signature is taken whatever the token beside it is")
    func tokenBeside() throws {
        let hook = try hook(Self.signingToken, Self.token)
        let request = signed(more: [(name: "X-Gitlab-Token", value: "wrong")])
        #expect(hook.verdict(on: request) == .verified(by: "standard-webhooks-v1 env:SECRET0"))
    }

    @Test("A plain token is compared as a whole, and the record says which matched")
    func plainToken() throws {
        let hook = try hook(Self.signingToken, "old", Self.token)
        #expect(hook.verdict(on: withToken(Self.token)) == .verified(by: "gitlab-token env:SECRET2"))
        #expect(hook.verdict(on: withToken("old")) == .verified(by: "gitlab-token env:SECRET1"))
        let wrong = [
            "", " ", "ol", "olds", "OLD", " old", "old ", "old,old", String(Self.token.dropLast()), "null",
        ]
        for token in wrong { #expect(hook.isRefused(withToken(token))) }
    }

    @Test("A missing token, or one that stands twice, is refused")
    func tokenCount() throws {
        let hook = try hook(Self.token)
        #expect(hook.isRefused(withToken()))
        #expect(hook.isRefused(withToken(Self.token, Self.token)))
        #expect(hook.isRefused(withToken(Self.token, "")))
        #expect(hook.isRefused(withToken("", Self.token)))
    }

    @Test("A signing token is never accepted in clear")
    func signingTokenInClear() throws {
        let hook = try hook(Self.signingToken, "whsec_!", Self.token)
        for token in [Self.signingToken, String(Self.signingToken.dropFirst(6)), "whsec_!", "whsec_"] {
            #expect(hook.isRefused(withToken(token)))
        }
    }

    @Test("Without a signature, a source that has signing tokens alone takes nothing")
    func signingTokensOnly() throws {
        let hook = try hook(Self.signingToken)
        #expect(hook.isRefused(withToken()))
        #expect(hook.isRefused(withToken(Self.token)))
        // The id and the time alone are no signature.
        #expect(hook.isRefused(signed(["webhook-signature": String?.none])))
    }

    @Test("A source that requires a signature takes no plain token")
    func required() throws {
        let hook = try hook(Self.signingToken, Self.token, requiresSignature: true)
        #expect(hook.isRefused(withToken(Self.token)))
        #expect(!hook.isRefused(signed()))
    }

    @Test("Faults of secrets are told before anything arrives")
    func faults() throws {
        func fault(_ text: String, requiresSignature: Bool = false) throws -> String? {
            let secret = try #require(Secret(reference: "env:HOOK", bytes: Array(text.utf8)))
            return GitLab().fault(
                in: secret,
                policy: VerificationPolicy(requiresSignature: requiresSignature)
            )
        }
        #expect(try fault(Self.signingToken) == nil)
        #expect(try fault(Self.signingToken, requiresSignature: true) == nil)
        #expect(try fault(Self.token) == nil)
        #expect(try fault(Self.token, requiresSignature: true)?.contains("plain token") == true)
        for text in ["whsec_", "whsec_!", "whsec_dGVzd", "whsec_ dGVzdA=="] {
            let fault = try #require(try fault(text))
            #expect(!fault.contains("dGVzd"))
        }
    }

    @Test("A delivery that is made carries what GitLab's do")
    func outgoing() throws {
        let webhook = OutgoingWebhook(
            eventName: "Push Hook",
            deliveryId: "a-1",
            body: Array("{}".utf8),
            sentAt: Timestamp(milliseconds: 1_767_225_600_000)
        )
        func names(_ secret: Secret?) throws -> Set<String> {
            Set(try GitLab().request(for: webhook, secret: secret).headers.fields.map(\.name))
        }
        let always: Set = [
            "Content-Type", "User-Agent", "X-Gitlab-Event", "Idempotency-Key", "X-Gitlab-Event-UUID",
        ]
        #expect(try names(nil) == always)
        #expect(try names(hook(Self.token).secret) == always.union(["X-Gitlab-Token"]))
        let signature: Set = ["webhook-id", "webhook-timestamp", "webhook-signature"]
        #expect(try names(hook(Self.signingToken).secret) == always.union(signature))
        let request = try GitLab().request(for: webhook, secret: hook(Self.signingToken).secret)
        #expect(request.headers.only("webhook-id") == "a-1")
        #expect(try !hook(Self.signingToken).isRefused(request))
        #expect(throws: SigningError.self) { try names(hook("whsec_!").secret) }
    }

    @Test("A reason holds nothing that came with the request")
    func reasons() throws {
        let hook = try hook(Self.signingToken, Self.token)
        for request in [
            withToken("marker"), signed(["webhook-signature": "marker", "webhook-id": "marker"]),
        ] {
            guard case .unauthenticated(let reason) = hook.source.admit(request) else {
                Issue.record("authentic")
                continue
            }
            #expect(!reason.isEmpty && !reason.contains("marker") && !reason.contains(Self.token))
        }
    }
}
