import Events
import Providers
import Signatures
import Testing

@Suite("Signing what the daemon sends")
struct WebhookSignerTests {
    private let body = Array(#"{"test": 2432232314}"#.utf8)
    private let sentAt = Timestamp(milliseconds: 1_614_265_330_999)

    @Test("The specification's example is signed as it says")
    func example() throws {
        let secret = try #require(
            Secret(reference: "env:A", bytes: Array("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".utf8))
        )
        let fields = WebhookSigner(usable: [secret])
            .fields(id: "msg_p5jXN8AQM9LWM0D4loKWxJek", sentAt: sentAt, body: body)
        #expect(fields.map(\.name) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
        #expect(fields.map(\.value)[0] == "msg_p5jXN8AQM9LWM0D4loKWxJek")
        #expect(fields.map(\.value)[1] == "1614265330")
        #expect(fields.map(\.value)[2] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test("Each secret signs, in their order, also one of plain bytes")
    func rotation() throws {
        let secrets = try ["plain bytes", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"].map {
            try #require(Secret(reference: "env:A", bytes: Array($0.utf8)))
        }
        let value = { (secrets: [Secret]) in
            WebhookSigner(usable: secrets).fields(id: "a", sentAt: sentAt, body: body).last?.value ?? ""
        }
        #expect(value(secrets) == "\(value([secrets[0]])) \(value([secrets[1]]))")
        let message = Array("a.1614265330.".utf8) + body
        let digest = HMACSHA256.code(of: message, key: Array("plain bytes".utf8))
        #expect(value([secrets[0]]) == "v1,\(Base64.encode(digest))")
    }

    @Test("Without a secret there is an id and a time, and no signature")
    func unsigned() {
        let fields = WebhookSigner(usable: []).fields(id: "a", sentAt: sentAt, body: body)
        #expect(fields.map(\.name) == ["webhook-id", "webhook-timestamp"])
    }

    @Test(
        "A secret that cannot sign is told, and signs nothing",
        arguments: ["whsec_", "whsec_%%%", "whpk_AAAA"]
    )
    func fault(text: String) throws {
        let secret = try #require(Secret(reference: "env:A", bytes: Array(text.utf8)))
        let fields = WebhookSigner(usable: [secret]).fields(id: "a", sentAt: sentAt, body: body)
        #expect(fields.map(\.name) == ["webhook-id", "webhook-timestamp"])
        #expect(WebhookSigner.fault(in: secret)?.contains("env:A") == true)
    }
}
