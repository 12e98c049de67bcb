import Events
import Providers
import Signatures
import Testing

@Suite("Standard Webhooks secrets")
struct StandardWebhooksSecretTests {
    private func secret(_ text: String) throws -> Secret {
        try #require(Secret(reference: "env:KEY", bytes: Array(text.utf8)))
    }

    private func fault(_ text: String) throws -> String? {
        StandardWebhooks().fault(in: try secret(text), policy: VerificationPolicy())
    }

    @Test(
        "A key of either kind is taken",
        arguments: [
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=",
            "whsec_dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q", "whsec_Zg==", "Zg",
            "whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=",
            "whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg",
        ]
    )
    func taken(text: String) throws {
        #expect(try fault(text) == nil)
    }

    @Test(
        "What is no key is refused, and what to give instead is said",
        arguments: [
            "whsec_", "hunter2", "It's a Secret", "whsec_not base64", "whsec_-_-_", "WHSEC_Zg==",
            "whsec_Zg==\n", " Zg==", "whsec_whsec_Zg==", "é",
        ]
    )
    func refused(text: String) throws {
        let fault = try #require(try fault(text))
        let expected = "expected whsec_ and base64, base64 alone, or whpk_ and base64"
        #expect(fault == "is no Standard Webhooks key: \(expected)")
    }

    @Test("Bytes that are no text are refused")
    func noText() throws {
        let secret = try #require(Secret(reference: "env:KEY", bytes: [0xFF, 0xFE]))
        #expect(StandardWebhooks().fault(in: secret, policy: VerificationPolicy()) != nil)
    }

    @Test("A private key is not asked for")
    func privateKey() throws {
        let fault = try #require(try fault("whsk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="))
        #expect(
            fault == "is a private key (whsk_…), which is the sender's alone: use its public key (whpk_…)"
        )
    }

    @Test(
        "A public key has to be one",
        arguments: [
            "whpk_", "whpk_Zg==", "whpk_not base64",
            // 31 and 33 bytes, all zeros.
            "whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMQ==",
            "whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbgA",
            "whpk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        ]
    )
    func publicKey(text: String) throws {
        #expect(
            try fault(text) == "is no Ed25519 public key: expected whpk_ and the base64 of its 32 bytes"
        )
    }

    @Test(
        "A fault does not hold the secret",
        arguments: ["whsec_hunter2!", "whpk_hunter2!", "whsk_hunter2!"]
    )
    func redacted(text: String) throws {
        let fault = try #require(try fault(text))
        #expect(!fault.contains("hunter2"))
    }

    @Test(
        "Nothing is signed with what is no HMAC key",
        arguments: [
            ("whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=", "a whpk_… public key, which cannot sign"),
            ("hunter2", "no key: expected whsec_ and base64"),
        ]
    )
    func signing(text: String, problem: String) throws {
        let webhook = OutgoingWebhook(
            eventName: nil,
            deliveryId: "1",
            body: [],
            sentAt: Timestamp(milliseconds: 0)
        )
        #expect(throws: SigningError("env:KEY holds \(problem)")) {
            try StandardWebhooks().request(for: webhook, secret: secret(text))
        }
    }

    @Test("What is signed is what was published")
    func signature() throws {
        let webhook = OutgoingWebhook(
            eventName: nil,
            deliveryId: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            body: Array(#"{"test": 2432232314}"#.utf8),
            sentAt: Timestamp(milliseconds: 1_614_265_330_999)
        )
        let key = try secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let headers = try StandardWebhooks().request(for: webhook, secret: key).headers
        #expect(headers.only("webhook-id") == "msg_p5jXN8AQM9LWM0D4loKWxJek")
        #expect(headers.only("webhook-timestamp") == "1614265330")
        #expect(headers.only("webhook-signature") == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        let unsigned = try StandardWebhooks().request(for: webhook, secret: nil).headers
        #expect(unsigned.only("webhook-id") != nil && unsigned.values("webhook-signature").isEmpty)
    }
}
