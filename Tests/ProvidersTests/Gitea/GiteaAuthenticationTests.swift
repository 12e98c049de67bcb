import Events
import Providers
import Signatures
import TestKit
import Testing

@Suite("Gitea, Forgejo and Gogs authentication")
struct GiteaAuthenticationTests {
    static let secret = "gitea-secret"
    static let body = "{\n  \"action\": \"opened\",\n  \"number\": 7\n}"
    static let digits = "2a187334d126854d336bcab3b82eb4c6dddee48907267dde26c46c62bb512d40"
    static let sha1 = "27dff9f128be55f142b745e6a66ad9239d7cad10"
    static let form = "payload=%7B%0A++%22action%22%3A+%22opened%22%2C%0A++%22number%22%3A+7%0A%7D"
    static let formType = "application/x-www-form-urlencoded"

    static let malformedSignatures: [String] = [
        "", " ", "foo", "sha256=\(digits)", "sha1=\(sha1)", sha1, "\(digits) ", " \(digits)", "\(digits)00",
        "\(digits),\(digits)", String(digits.dropLast()), String(digits.dropLast(2)), digits + digits,
        "0x\(digits.dropFirst(2))", "g\(digits.dropFirst())", String(repeating: "é", count: 32),
        "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad",
    ]

    private func request(
        _ fields: [(String, String)],
        _ body: String = body,
        type: String? = "application/json"
    ) -> WebhookRequest {
        let type = type.map { [(name: "Content-Type", value: $0)] } ?? []
        return WebhookRequest(
            headers: HeaderFields(type + fields.map { (name: $0.0, value: $0.1) }),
            body: Array(body.utf8),
            receivedAt: Timestamp(milliseconds: 0)
        )
    }

    private func hook(_ dialect: Gitea.Dialect) throws -> Hook {
        try Hook(Gitea(dialect), secret: Self.secret)
    }

    private func isAccepted(
        _ fields: [(String, String)],
        _ dialect: Gitea.Dialect,
        _ body: String = body,
        type: String? = "application/json"
    ) throws -> Bool {
        let hook = try hook(dialect)
        return !hook.isRefused(request(fields, body, type: type))
    }

    @Test("The digits alone in the forge's own header are the signature", arguments: Gitea.Dialect.allCases)
    func publishedVector(dialect: Gitea.Dialect) throws {
        let header = "x-\(dialect.rawValue)-signature"
        let verdict = try hook(dialect).verdict(on: request([(header, Self.digits)]))
        #expect(verdict == .verified(by: "\(dialect.rawValue)-sha256 env:HOOK"))
    }

    @Test("The JSON in a form is what was signed", arguments: Gitea.Dialect.allCases)
    func form(dialect: Gitea.Dialect) throws {
        let fields = [("X-Gogs-Signature", Self.digits)]
        for type in [Self.formType, "\(Self.formType); charset=utf-8"] {
            #expect(try isAccepted(fields, dialect, Self.form, type: type))
            #expect(try isAccepted(fields, dialect, "a=b&" + Self.form + "&c", type: type))
        }
        let delivery = try hook(dialect).delivery(request(fields, Self.form, type: Self.formType))
        #expect(delivery.payload == Array(Self.form.utf8))
        #expect(delivery.problem == nil)
    }

    @Test("A form is refused without payload, with another first, or signed as it was sent")
    func badForms() throws {
        let hook = try hook(.gitea)
        let code = HMACSHA256.code(of: Array(Self.form.utf8), key: Array(Self.secret.utf8))
        let ofForm = Hexadecimal.encode(code)
        let fields = [("X-Gitea-Signature", Self.digits)]
        #expect(hook.isRefused(request([("X-Gitea-Signature", ofForm)], Self.form, type: Self.formType)))
        for body in ["", "payloads={}", Self.body, "payload=%7B%7D&" + Self.form] {
            #expect(hook.isRefused(request(fields, body, type: Self.formType)))
        }
        #expect(hook.isRefused(request(fields, Self.form)))
    }

    @Test("What is neither JSON nor a form, but signed, is only of the wrong type")
    func otherTypes() throws {
        let hook = try hook(.gitea)
        for type in ["text/plain", nil] {
            let request = request([("X-Gitea-Signature", Self.digits)], type: type)
            guard case .unsupportedMediaType = hook.source.admit(request) else {
                Issue.record("not refused for its type: \(type ?? "none")")
                continue
            }
        }
    }

    @Test(
        "A signature that is not exactly the right digits is refused",
        arguments: Gitea.Dialect.allCases,
        malformedSignatures
    )
    func malformed(dialect: Gitea.Dialect, signature: String) throws {
        let header = "X-\(dialect.rawValue)-Signature"
        #expect(try !isAccepted([(header, signature)], dialect))
        #expect(try !isAccepted([(header, signature)], dialect, Self.form, type: Self.formType))
    }

    @Test("SHA-512 and SHA-1 are refused, however right")
    func otherDigests() throws {
        let sha512 = String(repeating: Self.digits, count: 2)
        for value in [sha512, Self.sha1] {
            #expect(try !isAccepted([("X-Gitea-Signature", value)], .gitea))
        }
    }

    @Test("Digits may be of either case")
    func upperCaseDigits() throws {
        #expect(try isAccepted([("X-Gitea-Signature", Self.digits.uppercased())], .gitea))
    }

    @Test(
        "A forge's own header and those of the forges it descends from are taken, no others",
        arguments: [
            (.forgejo, ["Forgejo", "Gitea", "Gogs"]), (.gitea, ["Gitea", "Gogs"]), (.gogs, ["Gogs"]),
        ] as [(Gitea.Dialect, [String])]
    )
    func compatibleHeaders(dialect: Gitea.Dialect, taken: [String]) throws {
        for name in ["Forgejo", "Gitea", "Gogs", "GitHub", "Hub"] {
            let isTaken = try isAccepted([("X-\(name)-Signature", Self.digits)], dialect)
            #expect(isTaken == taken.contains(name))
        }
        #expect(try !isAccepted([], dialect))
    }

    @Test("The first header that is there decides, whatever the others hold", arguments: ["", "00", sha1])
    func precedence(wrong: String) throws {
        let (forgejo, gitea, gogs) = ("X-Forgejo-Signature", "X-Gitea-Signature", "X-Gogs-Signature")
        let right = Self.digits
        #expect(try !isAccepted([(forgejo, wrong), (gitea, right), (gogs, right)], .forgejo))
        #expect(try isAccepted([(gogs, wrong), (gitea, wrong), (forgejo, right)], .forgejo))
        #expect(try !isAccepted([(gitea, wrong), (gogs, right)], .forgejo))
        #expect(try isAccepted([(gogs, wrong), (gitea, right)], .forgejo))
        #expect(try !isAccepted([(gogs, right), (gitea, wrong)], .gitea))
        #expect(try isAccepted([(forgejo, wrong), (gitea, right), (gogs, wrong)], .gitea))
        #expect(try isAccepted([(forgejo, wrong), (gitea, wrong), (gogs, right)], .gogs))
        #expect(try !isAccepted([(forgejo, right), (gitea, right), (gogs, wrong)], .gogs))
    }

    @Test("A header that stands twice is refused, the right one twice too")
    func duplicated() throws {
        for other in [Self.digits, "00", ""] {
            for values in [[Self.digits, other], [other, Self.digits]] {
                #expect(try !isAccepted(values.map { ("X-Gitea-Signature", $0) }, .gitea))
            }
        }
    }

    @Test("Headers of GitHub's kind neither help nor harm")
    func hubHeaders() throws {
        let right = [
            ("X-Hub-Signature-256", "sha256=\(Self.digits)"), ("X-Hub-Signature", "sha1=\(Self.sha1)"),
        ]
        let wrong = [("X-Hub-Signature-256", "sha256="), ("X-Hub-Signature", "sha1=00")]
        #expect(try !isAccepted(right, .gitea))
        #expect(try !isAccepted(right + [("X-Gitea-Signature", "")], .gitea))
        #expect(try isAccepted(wrong + [("X-Gitea-Signature", Self.digits)], .gitea))
    }

    @Test("Any of several secrets may match, and the record says which")
    func rotation() throws {
        var hook = try Hook(Gitea(.forgejo), secret: "new")
        let old = try #require(Secret(reference: "file:/old", bytes: Array(Self.secret.utf8)))
        let request = request([("X-Forgejo-Signature", Self.digits)])
        #expect(hook.isRefused(request))
        hook.source.secrets.append(old)
        #expect(try hook.delivery(request).verifiedBy == "forgejo-sha256 file:/old")
    }

    @Test("An unsigned delivery carries an empty signature, as the forges send it")
    func unsigned() throws {
        for dialect in Gitea.Dialect.allCases {
            let webhook = OutgoingWebhook(
                eventName: "push",
                deliveryId: "d",
                body: Array("{}".utf8),
                sentAt: Timestamp(milliseconds: 0)
            )
            let request = Gitea(dialect).request(for: webhook, secret: nil)
            #expect(request.headers.values("X-\(dialect.rawValue)-Signature") == [""])
            #expect(try hook(dialect).isRefused(request))
        }
    }

    @Test(
        "Recorded signatures are judged as their sources say",
        .enabled(if: Corpus.isPresent, "\(Corpus.absence)"),
        arguments: Corpus.signatureVectors(of: ["gitea", "forgejo", "gogs"])
    )
    func recorded(vector: Corpus.SignatureVector) throws {
        let dialect = try #require(Gitea.Dialect(rawValue: vector.provider))
        let hook = try Hook(Gitea(dialect), secret: vector.secret)
        let fields = vector.headers.map { (name: $0.key, value: $0.value) }
        let request = WebhookRequest(
            headers: HeaderFields(fields + [(name: "Content-Type", value: "application/json")]),
            body: try vector.bytes(),
            receivedAt: hook.receivedAt
        )
        #expect(hook.isRefused(request) == !vector.expectedValid)
        if vector.expectedValid { #expect(try hook.delivery(request).events.count == 1) }
    }
}
