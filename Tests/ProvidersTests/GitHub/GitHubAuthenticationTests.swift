import Events
import Providers
import Signatures
import TestKit
import Testing

@Suite("GitHub authentication")
struct GitHubAuthenticationTests {
    static let secret = "It's a Secret to Everybody"
    static let right = "sha256=\(digits)"

    static let digits = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"

    static let malformedSignatures: [String] = [
        "", "foo", "sha256", "sha256=", digits, "SHA256=\(digits)", "Sha256=\(digits)", "sha512=\(digits)",
        "sha256=sha256=\(digits)", "sha256= \(digits)", " sha256=\(digits)", "sha256=\(digits) ",
        "sha256=\(digits)00", "sha256=\(digits),sha256=\(digits)", "sha256=\(digits.dropLast())",
        "sha256=\(digits.dropLast(2))", "sha256=0x\(digits.dropFirst(2))", "sha256=g\(digits.dropFirst())",
        "sha256=\(String(repeating: "é", count: 32))", "sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59",
    ]

    struct Vector: CustomTestStringConvertible, Sendable {
        let name: String
        let body: String
        let signature: String

        var testDescription: String { name }
    }

    @Test(
        "A published signature is right, over the bytes as they are",
        arguments: [
            Vector(name: "GitHub's documentation", body: "Hello, World!", signature: right),
            Vector(
                name: "a form is signed as it is sent",
                body: "payload=%7B%22zen%22%3A%22Keep+it+logically+awesome.%22%2C%22hook_id%22%3A1%7D",
                signature: "sha256=fddacfb7d7106fd32f5d94dc8846df6694e2ed5e2aed3806b11ab82cccff8d01"
            ),
            Vector(
                name: "text with escapes",
                body: #"{"title":"caf\u00e9"}"#,
                signature: "sha256=4753f8807224df85395e9e7f30c63787b8b0327f0446ad177e330bf19f6e05fe"
            ),
            Vector(
                name: "the same text in UTF-8",
                body: #"{"title":"café"}"#,
                signature: "sha256=0cb526df76a59217e2b6aa332a6a5f6846451ad77d05636f5d5a9e775500b556"
            ),
        ]
    )
    func publishedVectors(vector: Vector) throws {
        let request = WebhookRequest(
            headers: ["x-hub-signature-256": vector.signature],
            body: Array(vector.body.utf8),
            receivedAt: Timestamp(milliseconds: 0)
        )
        #expect(try Hook(secret: Self.secret).verdict(on: request) == .verified(by: "hub-sha256 env:HOOK"))
    }

    @Test("A form whose JSON was signed instead of the form is refused")
    func formSignedAsJSON() throws {
        let form = "payload=%7B%22zen%22%3A%22Keep+it+logically+awesome.%22%2C%22hook_id%22%3A1%7D"
        let signature = "sha256=ae8951f50ab87ba47d298c0511bb1d0d80b1ee963458ccef865aa62f53c0be7f"
        let hook = try Hook()
        let request = try hook.request("ping", Array(form.utf8), ["X-Hub-Signature-256": signature])
        #expect(hook.isRefused(request))
    }

    @Test(
        "A signature that is not exactly one of the right form is refused",
        arguments: malformedSignatures
    )
    func malformed(signature: String) throws {
        let hook = try Hook()
        let body = Array("Hello, World!".utf8)
        #expect(hook.isRefused(try hook.request("ping", body, ["X-Hub-Signature-256": signature])))
    }

    @Test("Digits may be of either case")
    func upperCaseDigits() throws {
        let hook = try Hook()
        let signature = "sha256=\(Self.digits.uppercased())"
        let request = try hook.request(
            "ping",
            Array("Hello, World!".utf8),
            ["X-Hub-Signature-256": signature]
        )
        #expect(hook.verdict(on: request) == .verified(by: "hub-sha256 env:HOOK"))
    }

    @Test("Two signature headers are refused, the right one twice too")
    func duplicated() throws {
        let hook = try Hook()
        for other in [Self.right, "sha256=00", ""] {
            for values in [[Self.right, other], [other, Self.right]] {
                let request = WebhookRequest(
                    headers: HeaderFields(values.map { (name: "X-Hub-Signature-256", value: $0) }),
                    body: Array("Hello, World!".utf8),
                    receivedAt: hook.receivedAt
                )
                #expect(hook.isRefused(request))
            }
        }
    }

    @Test("SHA-1 alone is refused, however right")
    func legacy() throws {
        let hook = try Hook()
        let fields: [String: String?] = [
            "X-Hub-Signature-256": nil,
            "X-Hub-Signature": "sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59",
        ]
        #expect(hook.isRefused(try hook.request("ping", Array("Hello, World!".utf8), fields)))
    }

    @Test("SHA-1 beside the right signature changes nothing", arguments: ["sha1=00", "", "sha256=00"])
    func legacyBeside(value: String) throws {
        let hook = try Hook()
        let request = try hook.request("ping", Array("{}".utf8), ["X-Hub-Signature": value])
        #expect(hook.verdict(on: request) == .verified(by: "hub-sha256 env:HOOK"))
    }

    @Test("Any of several secrets may match, and the record says which")
    func rotation() throws {
        let old = try Hook(secret: "old")
        var new = try Hook(secret: "new")
        let other = try #require(Secret(reference: "file:/run/secrets/old", bytes: Array("old".utf8)))
        new.source.secrets.append(other)
        let body = Array(#"{"zen":"x"}"#.utf8)
        #expect(try new.delivery(old.request("ping", body)).verifiedBy == "hub-sha256 file:/run/secrets/old")
        #expect(try new.delivery(new.request("ping", body)).verifiedBy == "hub-sha256 env:HOOK")
        #expect(try Hook(secret: "third").isRefused(new.request("ping", body)))
    }

    @Test("A source without a secret takes nothing unless it says that it takes all")
    func withoutSecret() throws {
        var hook = try Hook()
        let request = try hook.request("ping", Array("{}".utf8), ["X-Hub-Signature-256": nil])
        hook.source.secrets = []
        #expect(hook.isRefused(request))
        hook.source.policy.allowsUnsigned = true
        #expect(try hook.delivery(request).verifiedBy == "none")
    }

    @Test("A source with a secret verifies even if it says that it takes all")
    func unsignedWithSecret() throws {
        var hook = try Hook()
        hook.source.policy.allowsUnsigned = true
        #expect(hook.isRefused(try hook.request("ping", Array("{}".utf8), ["X-Hub-Signature-256": nil])))
    }

    @Test("A reason holds nothing that came with the request")
    func reasons() throws {
        let hook = try Hook()
        for signature in ["marker", "sha256=" + String(repeating: "ab", count: 32)] {
            let request = try hook.request("marker", Array("marker".utf8), ["X-Hub-Signature-256": signature])
            guard case .unauthenticated(let reason) = hook.source.admit(request) else {
                Issue.record("authentic with \(signature)")
                continue
            }
            #expect(!reason.isEmpty && !reason.contains("marker") && !reason.contains("abab"))
        }
    }

    @Test(
        "Recorded signatures are judged as their sources say, but for schemes that are not taken",
        .enabled(if: Corpus.isPresent, "\(Corpus.absence)"),
        arguments: Corpus.signatureVectors(of: ["github", "generic"])
    )
    func recorded(vector: Corpus.SignatureVector) throws {
        let hook = try Hook(secret: vector.secret)
        var fields = vector.headers.map { (name: $0.key, value: $0.value) }
        fields.removeAll { $0.name.lowercased() == "content-type" }
        fields.append((name: "Content-Type", value: "application/json"))
        let request = WebhookRequest(
            headers: HeaderFields(fields),
            body: try vector.bytes(),
            receivedAt: hook.receivedAt
        )
        let isTaken = vector.expectedValid && vector.scheme == "hub-sha256"
        #expect(hook.isRefused(request) == !isTaken)
        if isTaken { #expect(try hook.delivery(request).events.count == 1) }
    }
}

extension Hook {
    func verdict(on request: WebhookRequest) -> Authentication {
        source.provider.authenticate(request, secrets: source.secrets, policy: source.policy)
    }

    func isRefused(_ request: WebhookRequest) -> Bool {
        let fault = source.refuses(head: request.headers)
        guard case .unauthenticated(let reason) = source.admit(request) else {
            #expect(fault == nil, "taken, but its head is refused")
            return false
        }
        #expect(fault == nil || fault == reason, "the head is refused for another reason")
        return true
    }
}
