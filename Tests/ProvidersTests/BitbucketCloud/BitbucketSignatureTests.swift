import Events
import Providers
import Signatures
import Testing

/// What holds for the signatures of both Bitbuckets, which are made in the same way.
@Suite("Bitbucket signatures")
struct BitbucketSignatureTests {
    /// Both, by their names.
    static let names = ["bitbucket-cloud", "bitbucket-dc"]
    static let secret = "It's a Secret to Everybody"
    static let digits = "a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"
    static let right = "sha256=\(digits)"
    static let body = Array("Hello World!".utf8)

    static let malformedSignatures: [String] = [
        "", "foo", "sha256", "sha256=", digits, "SHA256=\(digits)", "Sha256=\(digits)", "sha512=\(digits)",
        "sha1=\(digits)", "sha256=sha256=\(digits)", "sha256= \(digits)", " sha256=\(digits)",
        "sha256=\(digits) ", "sha256=\(digits)00", "sha256=\(digits),sha256=\(digits)",
        "sha256=\(digits.dropLast())", "sha256=\(digits.dropLast(2))", "sha256=0x\(digits.dropFirst(2))",
        "sha256=g\(digits.dropFirst())", "sha256=\(String(repeating: "é", count: 32))",
    ]

    static func provider(_ name: String) -> any Provider {
        name == "bitbucket-cloud" ? BitbucketCloud() : BitbucketDataCenter()
    }

    private func hook(_ name: String, secret: String = secret) throws -> Hook {
        try Hook(Self.provider(name), secret: secret)
    }

    @Test("The vendor's own signature is right", arguments: names)
    func published(name: String) throws {
        let hook = try hook(name)
        let request = try hook.request("x", Self.body, ["X-Hub-Signature": Self.right])
        #expect(hook.verdict(on: request) == .verified(by: "hub-sha256 env:HOOK"))
        let upperCase = "sha256=\(Self.digits.uppercased())"
        let other = try hook.request("x", Self.body, ["x-hub-signature": upperCase])
        #expect(hook.verdict(on: other) == .verified(by: "hub-sha256 env:HOOK"))
    }

    @Test(
        "A signature that is not exactly one of the right form is refused",
        arguments: names,
        malformedSignatures
    )
    func malformed(name: String, signature: String) throws {
        let hook = try hook(name)
        #expect(hook.isRefused(try hook.request("x", Self.body, ["X-Hub-Signature": signature])))
    }

    @Test("Without a signature header it is refused", arguments: names)
    func missing(name: String) throws {
        let hook = try hook(name)
        #expect(hook.isRefused(try hook.request("x", Self.body, ["X-Hub-Signature": nil])))
    }

    @Test("GitHub's header does not count", arguments: names)
    func otherHeader(name: String) throws {
        let hook = try hook(name)
        let fields: [String: String?] = ["X-Hub-Signature": nil, "X-Hub-Signature-256": Self.right]
        #expect(hook.isRefused(try hook.request("x", Self.body, fields)))
    }

    @Test(
        "SHA-1 and SHA-512 are refused, however right",
        arguments: names,
        [
            "sha1=c515f330a339e006a451ec24110648f028c87a11",
            "sha512="
                + "bbfa6773bc306551cb4fd3b0fb0e5b65c352a188cdc4f8a3a3d54a6740460547"
                + "2ec97defc7610b1316f2d4906ac5454676b17fc01d64935a4fda65d20e0d4821",
        ]
    )
    func otherDigests(name: String, signature: String) throws {
        let hook = try hook(name)
        #expect(hook.isRefused(try hook.request("x", Self.body, ["X-Hub-Signature": signature])))
    }

    @Test("Two signature headers are refused, the right one twice too", arguments: names)
    func duplicated(name: String) throws {
        let hook = try hook(name)
        for other in [Self.right, "sha256=00", ""] {
            for values in [[Self.right, other], [other, Self.right]] {
                let request = WebhookRequest(
                    headers: HeaderFields(values.map { (name: "X-Hub-Signature", value: $0) }),
                    body: Self.body,
                    receivedAt: hook.receivedAt
                )
                #expect(hook.isRefused(request))
            }
        }
    }

    @Test("User and password beside a signature change nothing, and stand for none", arguments: names)
    func basicAuthentication(name: String) throws {
        let hook = try hook(name)
        let fields: [String: String?] = ["Authorization": "Basic aG9va3M6czNjcjN0"]
        let request = try hook.request("x", Array("{}".utf8), fields)
        #expect(hook.verdict(on: request) == .verified(by: "hub-sha256 env:HOOK"))
        #expect(try !hook.delivery(request).headers.contains("aG9va3M6czNjcjN0"))
        let unsigned = fields.merging(["X-Hub-Signature": nil]) { $1 }
        #expect(hook.isRefused(try hook.request("x", Array("{}".utf8), unsigned)))
    }

    @Test("Any of several secrets may match, and the record says which", arguments: names)
    func rotation(name: String) throws {
        let (old, third) = (try hook(name, secret: "old"), try hook(name, secret: "third"))
        var new = try hook(name, secret: "new")
        let other = try #require(Secret(reference: "file:/run/secrets/old", bytes: Array("old".utf8)))
        new.source.secrets.append(other)
        let body = Array("{}".utf8)
        #expect(try new.delivery(old.request("x", body)).verifiedBy == "hub-sha256 file:/run/secrets/old")
        #expect(try new.delivery(new.request("x", body)).verifiedBy == "hub-sha256 env:HOOK")
        #expect(third.isRefused(try new.request("x", body)))
    }

    @Test("A signature over other bytes is refused: escapes and UTF-8 are not the same", arguments: names)
    func otherBytes(name: String) throws {
        let hook = try hook(name)
        let (escaped, plain) = (#"{"title":"caf\u00e9"}"#, #"{"title":"café"}"#)
        var request = try hook.request("x", Array(escaped.utf8))
        #expect(try hook.delivery(request).problem == nil)
        request.body = Array(plain.utf8)
        #expect(hook.isRefused(request))
    }
}
