import Events
import Providers
import Signatures
import Testing

@Suite("Azure DevOps authentication")
struct AzureDevOpsAuthenticationTests {
    /// The credentials of `hooks` with the password `s3cr3t`.
    static let right = "aG9va3M6czNjcjN0"

    private func request(_ values: String..., name: String = "Authorization") throws -> WebhookRequest {
        let fields = values.map { (name: name, value: $0) }
        return WebhookRequest(
            headers: HeaderFields(fields + [(name: "Content-Type", value: "application/json")]),
            body: Array("{}".utf8),
            receivedAt: Timestamp(milliseconds: 0)
        )
    }

    @Test(
        "User and password in Basic credentials are right, whatever the case of the scheme and header",
        arguments: [
            ("Authorization", "Basic \(right)"), ("authorization", "basic \(right)"),
            ("AUTHORIZATION", "BASIC \(right)"), ("Authorization", "Basic  \(right)"),
        ]
    )
    func credentials(name: String, value: String) throws {
        let hook = try Hook(AzureDevOps(), secret: "hooks:s3cr3t")
        #expect(hook.verdict(on: try request(value, name: name)) == .verified(by: "basic env:HOOK"))
        #expect(try hook.delivery(request(value, name: name)).verifiedBy == "basic env:HOOK")
    }

    @Test(
        "Whatever else is in the header is refused",
        arguments: [
            "", " ", right, "Basic", "Basic ", "Bearer \(right)", "Digest \(right)", "Basic\(right)",
            "Basic \(right) ", "Basic \(right)=", "Basic \(right),", "Basic hooks:s3cr3t", "Basic \(right)AA",
            "Basic\t\(right)", "Basic \(right.lowercased())", "Basic x \(right)", "Basic é",
            // hooks:s3cr3, hooks:s3cr3t!, hooks:, :s3cr3t, Hooks:s3cr3t, hooks, s3cr3t, hooks:s3cr3t and LF.
            "Basic aG9va3M6czNjcjM=", "Basic aG9va3M6czNjcjN0IQ==", "Basic aG9va3M6", "Basic OnMzY3IzdA==",
            "Basic SG9va3M6czNjcjN0", "Basic aG9va3M=", "Basic czNjcjN0", "Basic aG9va3M6czNjcjN0Cg==",
        ]
    )
    func refused(value: String) throws {
        #expect(try Hook(AzureDevOps(), secret: "hooks:s3cr3t").isRefused(request(value)))
    }

    @Test("One flipped bit in the credentials, and they are refused")
    func flippedBit() throws {
        let hook = try Hook(AzureDevOps(), secret: "hooks:s3cr3t")
        let credentials = Array("hooks:s3cr3t".utf8)
        for bit in 0..<credentials.count * 8 {
            var other = credentials
            other[bit / 8] ^= 1 << (bit % 8)
            #expect(hook.isRefused(try request("Basic " + Base64.encode(other))))
        }
    }

    @Test("The header has to be there exactly once")
    func count() throws {
        let hook = try Hook(AzureDevOps(), secret: "hooks:s3cr3t")
        let right = "Basic \(Self.right)"
        #expect(hook.isRefused(try request()))
        for other in [right, "", "Bearer x"] {
            #expect(hook.isRefused(try request(right, other)))
            #expect(hook.isRefused(try request(other, right)))
        }
        #expect(hook.isRefused(try request(right, name: "Proxy-Authorization")))
        #expect(hook.isRefused(try request(right, name: "X-Hub-Signature-256")))
    }

    @Test(
        "The user may be empty, the password may have colons and characters of any script",
        arguments: [":s3cr3t", "hooks:a:b:", "hooks:пароль", "user name:pass word", "::"]
    )
    func unusual(secret: String) throws {
        let hook = try Hook(AzureDevOps(), secret: secret)
        #expect(AzureDevOps().fault(in: hook.secret, policy: VerificationPolicy()) == nil)
        let value = "Basic " + Base64.encode(Array(secret.utf8))
        #expect(hook.verdict(on: try request(value)) == .verified(by: "basic env:HOOK"))
    }

    @Test("Any of several secrets may match, and the record says which")
    func rotation() throws {
        var hook = try Hook(AzureDevOps(), secret: "hooks:old")
        let new = try #require(Secret(reference: "file:/new", bytes: Array("hooks:s3cr3t".utf8)))
        hook.source.secrets.append(new)
        #expect(hook.verdict(on: try request("Basic \(Self.right)")) == .verified(by: "basic file:/new"))
        #expect(hook.verdict(on: try request("Basic aG9va3M6b2xk")) == .verified(by: "basic env:HOOK"))
    }

    @Test(
        "A secret without a password is refused, and matches nothing",
        arguments: [
            ("s3cr3t", "is no user and password: expected `user:password`, of which the user may be empty"),
            ("hooks:", "has an empty password: expected `user:password`"),
            (":", "has an empty password: expected `user:password`"),
        ]
    )
    func faults(secret: String, fault: String) throws {
        let hook = try Hook(AzureDevOps(), secret: secret)
        #expect(AzureDevOps().fault(in: hook.secret, policy: VerificationPolicy()) == fault)
        #expect(hook.isRefused(try request("Basic " + Base64.encode(Array(secret.utf8)))))
    }

    @Test("A source without a secret takes nothing unless it says that it takes all")
    func withoutSecret() throws {
        var hook = try Hook(AzureDevOps())
        hook.source.secrets = []
        #expect(hook.isRefused(try request("Basic \(Self.right)")))
        hook.source.policy.allowsUnsigned = true
        #expect(try hook.delivery(request()).verifiedBy == "none")
    }

    @Test(
        "A reason holds nothing that came with the request",
        arguments: ["marker", "Basic bWFya2VyOm1hcmtlcg=="]
    )
    func reasons(value: String) throws {
        let hook = try Hook(AzureDevOps())
        guard case .unauthenticated(let reason) = hook.source.admit(try request(value)) else {
            Issue.record("authentic with \(value)")
            return
        }
        #expect(!reason.isEmpty && !reason.contains("marker") && !reason.contains("bWFy"))
    }

    @Test("The credentials are not kept with the delivery")
    func headers() throws {
        let hook = try Hook(AzureDevOps())
        let fields: [String: String?] = ["X-VSS-ActivityId": "a-1", "X-VSS-SubscriptionId": "s-1"]
        let headers = try hook.delivery(hook.request(nil, Array("{}".utf8), fields)).headers
        #expect(headers.contains(#""x-vss-activityid":"a-1""#))
        #expect(headers.contains(#""x-vss-subscriptionid":"s-1""#))
        #expect(!headers.lowercased().contains("authorization") && !headers.contains(Self.right))
    }
}
