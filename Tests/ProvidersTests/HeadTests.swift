import Providers
import Signatures
import Testing

/// What header fields alone decide, so that nobody's body is read for nothing.
@Suite("Heads without a body")
struct HeadTests {
    @Test("A head that is whole is refused by no provider", arguments: TestedProviders.catalog.names)
    func whole(name: String) throws {
        let provider = try #require(TestedProviders.catalog.named(name))
        let hook = try Hook(provider)
        for sample in provider.samples {
            let request = try hook.request(sample.event, sample.body)
            #expect(hook.source.refuses(head: request.headers) == nil)
        }
    }

    @Test("One without proof is refused by every provider", arguments: TestedProviders.catalog.names)
    func unsigned(name: String) throws {
        let provider = try #require(TestedProviders.catalog.named(name))
        let hook = try Hook(provider)
        for headers in [[:], ["Content-Type": "application/x-www-form-urlencoded"]] as [HeaderFields] {
            #expect(hook.source.refuses(head: headers) != nil)
        }
        let webhook = OutgoingWebhook(eventName: nil, deliveryId: "a", body: [], sentAt: hook.receivedAt)
        let unsigned = try provider.request(for: webhook, secret: nil)
        #expect(hook.source.refuses(head: unsigned.headers) != nil)
    }

    @Test(
        "A proof that is cut, longer, doubled or of another kind is refused by every provider",
        arguments: TestedProviders.catalog.names
    )
    func malformed(name: String) throws {
        let provider = try #require(TestedProviders.catalog.named(name))
        let hook = try Hook(provider)
        let signed = try hook.request(nil, Array("{}".utf8)).headers.fields
        let proof = try #require(proofIndex(signed))
        let value = signed[proof].value
        let wrong = [
            "", " ", "x", String(value.dropLast(4)), value + "AAAA",
            "sha1=27dff9f128be55f142b745e6a66ad9239d7cad10",
            String(repeating: "A", count: 32_000), String(repeating: " v1,AAAA", count: 4000),
            String(repeating: ";", count: 32_000),
        ]
        for other in wrong {
            var fields = signed
            fields[proof].value = other
            #expect(hook.source.refuses(head: HeaderFields(fields)) != nil, "\(other.prefix(80))")
        }
        #expect(hook.source.refuses(head: HeaderFields(signed + [signed[proof]])) != nil)
    }

    /// The field that holds the proof.
    private func proofIndex(_ fields: [(name: String, value: String)]) -> Int? {
        fields.firstIndex { field in
            let name = field.name.lowercased()
            return ["signature", "authorization", "token"].contains { name.contains($0) }
        }
    }

    @Test("A wrong signature of the right form is left to whoever has the body")
    func undecided() throws {
        let zeros = String(repeating: "0", count: 64)
        let hub = try Hook(GitHub()).source
        #expect(hub.refuses(head: ["X-Hub-Signature-256": "sha256=\(zeros)"]) == nil)
        let gitea = try Hook(Gitea(.gitea)).source
        #expect(gitea.refuses(head: ["X-Gitea-Signature": zeros]) == nil)
        #expect(gitea.refuses(head: ["X-Gitea-Signature": "", "X-Gogs-Signature": zeros]) != nil)
    }

    @Test("What the header alone proves is judged by it, wrong tokens and credentials too")
    func tokens() throws {
        let gitLab = try Hook(GitLab(), secret: "right").source
        #expect(gitLab.refuses(head: ["X-Gitlab-Token": "right"]) == nil)
        #expect(gitLab.refuses(head: ["X-Gitlab-Token": "wrong"]) != nil)
        #expect(gitLab.refuses(head: ["X-Gitlab-Token": "right", "webhook-signature": "v1,x"]) != nil)
        let azure = try Hook(AzureDevOps(), secret: "hooks:right").source
        func credentials(_ text: String) -> HeaderFields {
            ["Authorization": "Basic " + Base64.encode(Array(text.utf8))]
        }
        #expect(azure.refuses(head: credentials("hooks:right")) == nil)
        #expect(azure.refuses(head: credentials("hooks:wrong")) != nil)
    }

    @Test("A token or credentials as long as the secret are taken, however long that is")
    func longSecrets() throws {
        let text = "hooks:" + String(repeating: "é", count: 3000)
        let azure = try Hook(AzureDevOps(), secret: text)
        #expect(try !azure.isRefused(azure.request(nil, Array("{}".utf8))))
        let gitLab = try Hook(GitLab(), secret: text)
        #expect(try !gitLab.isRefused(gitLab.request(nil, Array("{}".utf8))))
    }

    @Test("A source that requires a signature refuses the head with a token alone")
    func requiresSignature() throws {
        var source = try Hook(GitLab(), secret: "right").source
        source.policy.requiresSignature = true
        #expect(source.refuses(head: ["X-Gitlab-Token": "right"]) == "no webhook-signature header")
    }

    @Test(
        "A signature of another version than the source has keys for is refused without the body",
        arguments: [
            ("whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=", "v1," + hmac, false),
            ("whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=", "v1a," + ed25519, true),
            ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "v1a," + ed25519, false),
            ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "v1," + hmac, true),
            ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "v2," + hmac, false),
            ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "v9,x v1,x v1," + hmac, true),
            // No point, and a scalar that is too large: never valid, for whatever body.
            ("whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=", "v1a," + filled(0xFF, 0x00), false),
            ("whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=", "v1a," + filled(0x00, 0xFF), false),
        ]
    )
    func versions(secret: String, signature: String, isLeft: Bool) throws {
        let source = try Hook(StandardWebhooks(), secret: secret).source
        let headers: HeaderFields = [
            "webhook-id": "msg_1", "webhook-timestamp": "1614265330", "webhook-signature": signature,
        ]
        #expect((source.refuses(head: headers) == nil) == isLeft)
    }

    private static let hmac = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    private static let ed25519 =
        "yoUrgEkc12aGqm0n4Sydmdz55xJfTz4AsAgieHFjmkR7LJtqVCZOQYzvvHjI5kAey+r4iaBGxTFRrl2iBQxtDQ=="

    private static func filled(_ point: UInt8, _ scalar: UInt8) -> String {
        Base64.encode(Array(repeating: point, count: 32) + Array(repeating: scalar, count: 32))
    }

    @Test("A source without secrets decides by its policy, and says so")
    func withoutSecrets() throws {
        var source = try Hook().source
        source.secrets = []
        #expect(source.refuses(head: [:]) == "the source has no secret")
        source.policy.allowsUnsigned = true
        #expect(source.refuses(head: [:]) == nil)
    }

    @Test("A reason holds nothing that came with the request", arguments: TestedProviders.catalog.names)
    func reasons(name: String) throws {
        let provider = try #require(TestedProviders.catalog.named(name))
        let hook = try Hook(provider)
        let signed = try hook.request(nil, Array("{}".utf8)).headers.fields
        let fields = signed.map { (name: $0.name, value: "marker") }
        let reason = try #require(hook.source.refuses(head: HeaderFields(fields)))
        #expect(!reason.isEmpty && !reason.contains("marker"))
    }
}
