import Events
import Providers
import Signatures
import TestKit
import Testing

@Suite("Standard Webhooks authentication")
struct StandardWebhooksAuthenticationTests {
    static let first = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    static let second = "C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
    static let publicKey = "whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="
    static let otherPublicKey = "whpk_iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w="

    static let firstSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    static let secondSignature = "v1,78nXHjpFP0tVJQW5D0SBwmVyyW87BV/rL6MgfM/Bw44="
    static let publicSignature =
        "v1a,yoUrgEkc12aGqm0n4Sydmdz55xJfTz4AsAgieHFjmkR7LJtqVCZOQYzvvHjI5kAey+r4iaBGxTFRrl2iBQxtDQ=="
    static let wrongSignature = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc="

    static let emptyKeySignature = "v1,woH/1mJtZGSMCmpFTxRYbStS24eLLD/oXIYr4PYyZ7g="

    static let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    static let seconds: Int64 = 1_614_265_330

    /// What the published signatures are of, received some time later.
    private func request(
        _ signature: String,
        id: String = id,
        timestamp: String = "\(seconds)",
        body: String = #"{"test": 2432232314}"#,
        laterMilliseconds: Int64 = 0
    ) -> WebhookRequest {
        WebhookRequest(
            headers: [
                "content-type": "application/json", "webhook-id": id, "webhook-timestamp": timestamp,
                "webhook-signature": signature,
            ],
            body: Array(body.utf8),
            receivedAt: Timestamp(milliseconds: Self.seconds * 1000 + laterMilliseconds)
        )
    }

    private func hook(_ secrets: String...) throws -> Hook {
        var hook = try Hook(StandardWebhooks())
        hook.source.secrets = try secrets.enumerated().map { index, text in
            try #require(Secret(reference: "env:KEY\(index + 1)", bytes: Array(text.utf8)))
        }
        return hook
    }

    @Test(
        "A published signature is right",
        arguments: [
            (first, firstSignature, "standard-webhooks-v1 env:KEY1"),
            (String(first.dropFirst(6)), firstSignature, "standard-webhooks-v1 env:KEY1"),
            (second, secondSignature, "standard-webhooks-v1 env:KEY1"),
            ("whsec_\(second)", secondSignature, "standard-webhooks-v1 env:KEY1"),
            (publicKey, publicSignature, "standard-webhooks-v1a env:KEY1"),
            (String(publicKey.dropLast()), publicSignature, "standard-webhooks-v1a env:KEY1"),
            (publicKey, String(publicSignature.dropLast(2)), "standard-webhooks-v1a env:KEY1"),
            (first, String(firstSignature.dropLast()), "standard-webhooks-v1 env:KEY1"),
        ]
    )
    func publishedVectors(secret: String, signature: String, scheme: String) throws {
        #expect(try hook(secret).verdict(on: request(signature)) == .verified(by: scheme))
        #expect(try hook(secret).delivery(request(signature)).deliveryId == Self.id)
    }

    @Test(
        "Any signature of a list may be right, whatever the others are",
        arguments: [
            "\(firstSignature) \(secondSignature)", "\(secondSignature) \(firstSignature)",
            "\(wrongSignature) v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= \(firstSignature)",
            "nonsense \(firstSignature)", "v1 v1, ,  \(firstSignature)", "\(firstSignature) ",
            " \(firstSignature)", "v1,=== \(firstSignature)", "\(firstSignature) \(firstSignature)",
            "\(publicSignature) \(firstSignature)",
        ]
    )
    func list(signatures: String) throws {
        let verdict = try hook(Self.first).verdict(on: request(signatures))
        #expect(verdict == .verified(by: "standard-webhooks-v1 env:KEY1"))
    }

    @Test("Any secret may match, and the record says which and how")
    func rotation() throws {
        let hook = try hook(Self.second, Self.otherPublicKey, Self.publicKey, Self.first)
        let schemes = [
            (Self.firstSignature, "standard-webhooks-v1 env:KEY4"),
            (Self.secondSignature, "standard-webhooks-v1 env:KEY1"),
            (Self.publicSignature, "standard-webhooks-v1a env:KEY3"),
        ]
        for (signature, scheme) in schemes {
            #expect(hook.verdict(on: request(signature)) == .verified(by: scheme))
        }
        #expect(hook.isRefused(request(Self.wrongSignature)))
    }

    @Test(
        "A signature that is not exactly right is refused",
        arguments: [
            "", " ", ",", "v1", "v1,", "v1,dawfeoifkpqwoekfpqoekf", wrongSignature, secondSignature,
            // The right code under another version, a changed last character, bits behind the last byte.
            "v2,\(firstSignature.dropFirst(3))", "v1a,\(firstSignature.dropFirst(3))",
            "V1,\(firstSignature.dropFirst(3))", "\(firstSignature.dropFirst(3))",
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=",
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=",
            // Another alphabet, hexadecimal digits, white space, other separators.
            "v1,g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v1,\(String(repeating: "00", count: 32))",
            "v1, \(firstSignature.dropFirst(3))", "v1=\(firstSignature.dropFirst(3))",
            "v1;\(firstSignature.dropFirst(3))", "\(wrongSignature),\(firstSignature)",
            "\(wrongSignature)\t\(firstSignature)", "v1,v1,\(firstSignature.dropFirst(3))",
            // SHA-1 and SHA-512 of the same message, the key used without decoding it, an empty key,
            // and a code of the body alone.
            "v1,nLII/83MyaPcuxB/WdA7EkMxDsE=",
            "v1,6tCj9QaIA2sXno6tr52xtJSf7C1DFUjL57o7GpMcNtKT+cTJjCL7+MR725hhy1tRjDat8d8ZD0zjkEupzYSsjw==",
            "v1,TcxlhK9b6UD6iVI1ZU2tTqp8PEVfYRseNNfa6b+LcUg=", emptyKeySignature,
            "v1,4stPUlFXJTnUWL+4p621M7CIAeanlEZ+Bvdx3ruwgYs=",
        ]
    )
    func wrong(signature: String) throws {
        #expect(try hook(Self.first).isRefused(request(signature)))
    }

    @Test("A public key's signature is not taken from anybody else")
    func otherKey() throws {
        #expect(try hook(Self.otherPublicKey).isRefused(request(Self.publicSignature)))
        #expect(try hook(Self.publicKey).isRefused(request(Self.firstSignature)))
        #expect(try hook(Self.publicKey).isRefused(request("v1,\(Self.publicSignature.dropFirst(4))")))
        #expect(try hook(Self.publicKey).isRefused(request(Self.publicSignature, body: "{}")))
    }

    @Test("A single flipped bit in a signature is refused", arguments: [firstSignature, publicSignature])
    func flippedBit(signature: String) throws {
        let hook = try hook(Self.first, Self.publicKey)
        for index in signature.utf8.indices {
            for bit in 0..<7 {
                var bytes = Array(signature.utf8)
                bytes[signature.utf8.distance(from: signature.startIndex, to: index)] ^= 1 << bit
                #expect(hook.isRefused(request(String(decoding: bytes, as: UTF8.self))), "\(bytes)")
            }
        }
    }

    @Test("Id, time and body are signed")
    func message() throws {
        let hook = try hook(Self.first)
        #expect(hook.isRefused(request(Self.firstSignature, id: "msg_2")))
        #expect(hook.isRefused(request(Self.firstSignature, timestamp: "1614265331")))
        #expect(hook.isRefused(request(Self.firstSignature, body: #"{"test":2432232314}"#)))
        #expect(hook.isRefused(request(Self.firstSignature, body: #"{"test": 2432232314} "#)))
    }

    @Test("Only so many signatures are looked at", arguments: [(15, true), (16, false), (10_000, false)])
    func signatureCount(before: Int, isTaken: Bool) throws {
        let list = Array(repeating: Self.wrongSignature, count: before) + [Self.firstSignature]
        let isRefused = try hook(Self.first).isRefused(request(list.joined(separator: " ")))
        #expect(isRefused == !isTaken)
    }

    @Test(
        "A header that is missing, empty or there twice is refused",
        arguments: ["webhook-id", "webhook-timestamp", "webhook-signature"]
    )
    func headers(name: String) throws {
        let hook = try hook(Self.first)
        let whole = request(Self.firstSignature).headers.fields
        let own = whole.filter { $0.name == name }
        let others = whole.filter { $0.name != name }
        for fields in [others, others + [(name, "")], own + whole, whole + [(name.uppercased(), "x")]] {
            var request = request(Self.firstSignature)
            request.headers = HeaderFields(fields)
            #expect(hook.isRefused(request))
        }
    }

    @Test("The older names of the headers are not looked at")
    func olderNames() throws {
        var request = request(Self.firstSignature)
        request.headers = HeaderFields(
            request.headers.fields.map { ($0.name.replacing("webhook-", with: "svix-"), $0.value) }
        )
        #expect(try hook(Self.first).isRefused(request))
    }

    @Test(
        "A secret that is no key matches nothing",
        arguments: ["whsec_", "whpk_", "not base64", "whsk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="]
    )
    func noKey(secret: String) throws {
        for signature in [Self.firstSignature, Self.publicSignature, Self.emptyKeySignature] {
            #expect(try hook(secret).isRefused(request(signature)))
        }
    }

    @Test("A reason holds nothing that came with the request")
    func reasons() throws {
        let hook = try hook(Self.first)
        for request in [
            request("marker"), request("v1,marker"), request(Self.firstSignature, timestamp: "marker"),
            request(Self.firstSignature, id: "marker"), request(Self.firstSignature, timestamp: "7"),
        ] {
            guard case .unauthenticated(let reason) = hook.source.admit(request) else {
                Issue.record("authentic: \(request)")
                continue
            }
            #expect(!reason.isEmpty && !reason.contains("marker") && !reason.contains("7"))
        }
    }

    @Test(
        "Recorded signatures are judged as their sources say",
        .enabled(if: Corpus.isPresent, "\(Corpus.absence)"),
        arguments: Corpus.signatureVectors(of: ["standard-webhooks"])
    )
    func recorded(vector: Corpus.SignatureVector) throws {
        let fields = vector.headers.map { (name: $0.key, value: $0.value) }
        let request = WebhookRequest(
            headers: HeaderFields(fields + [(name: "Content-Type", value: "application/json")]),
            body: try vector.bytes(),
            receivedAt: Timestamp(milliseconds: Self.seconds * 1000)
        )
        #expect(try hook(vector.secret).isRefused(request) == !vector.expectedValid)
    }

    @Test("The corpus has such signatures", .enabled(if: Corpus.isPresent, "\(Corpus.absence)"))
    func recordedCount() {
        #expect(Corpus.signatureVectors(of: ["standard-webhooks"]).count >= 12)
    }

    @Test("A signed message cannot be divided anew into another id, time and body")
    func dividedAnew() throws {
        let hook = try hook(Self.first)
        func signed(_ id: String, _ body: String) throws -> WebhookRequest {
            let sentAt = Timestamp(milliseconds: Self.seconds * 1000)
            let webhook = OutgoingWebhook(
                eventName: nil,
                deliveryId: id,
                body: Array(body.utf8),
                sentAt: sentAt
            )
            return try StandardWebhooks().request(for: webhook, secret: hook.source.secrets[0])
        }
        let (time, inner) = ("\(Self.seconds)", #"{"type":"paid"}"#)
        let original = try signed("msg_1", #"{"said":"a.\#(time).\#(inner)"#)
        #expect(!hook.isRefused(original))
        let signature = try #require(original.headers.only("webhook-signature"))
        // The bytes are the same, divided elsewhere.
        #expect(hook.isRefused(request(signature, id: #"msg_1.\#(time).{"said":"a"#, body: inner)))
        #expect(hook.isRefused(try signed("msg_1.\(time).", inner)))
        #expect(!hook.isRefused(try signed("msg.1.2", inner)))
    }
}
