import Events
import Providers
import Testing

@Suite("GitLab identity")
struct GitLabIdentityTests {
    /// What a request with these headers, and a token, is.
    private func delivery(_ headers: [String: String?], _ body: String = #"{"a":1}"#) throws -> Delivery {
        let none: [String: String?] = [
            "Idempotency-Key": String?.none, "X-Gitlab-Event-UUID": String?.none,
            "X-Gitlab-Event": String?.none,
        ]
        let hook = try Hook(GitLab())
        let replaced = none.merging(headers) { $1 }
        return try hook.delivery(hook.request(nil, Array(body.utf8), replaced))
    }

    private static let digest = "sha256:015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"

    @Test("The key comes before the signed id, and both before the chain's id")
    func order() throws {
        var headers: [String: String?] = [
            "Idempotency-Key": "k", "webhook-id": "w", "X-Gitlab-Event-UUID": "e",
            "X-Gitlab-Webhook-UUID": "h",
        ]
        #expect(try delivery(headers).deliveryId == "k")
        headers["Idempotency-Key"] = ""
        #expect(try delivery(headers).deliveryId == "w")
        headers["webhook-id"] = String?.none
        #expect(try delivery(headers).deliveryId == "e:\(Self.digest)")
        headers["X-Gitlab-Event-UUID"] = String?.none
        #expect(try delivery(headers).deliveryId == Self.digest)
    }

    @Test("Deliveries of one chain are told apart by their bodies")
    func chain() throws {
        let headers: [String: String?] = ["X-Gitlab-Event-UUID": "e"]
        #expect(try delivery(headers).deliveryId == delivery(headers).deliveryId)
        #expect(try delivery(headers).deliveryId != delivery(headers, #"{"a":2}"#).deliveryId)
    }

    @Test(
        "The event's name is the header's, else the body's",
        arguments: [
            ("System Hook", #"{"object_kind":"push"}"#, "System Hook"),
            (nil, #"{"object_kind":"push","event_name":"other"}"#, "push"),
            ("", #"{"object_kind":"","event_name":"key_create"}"#, "key_create"), (nil, "{}", nil),
        ] as [(String?, String, String?)]
    )
    func eventName(header: String?, body: String, name: String?) throws {
        #expect(try delivery(["X-Gitlab-Event": header], body).eventName == name)
    }

    @Test("Headers that tell of the delivery are kept, its proofs are not")
    func kept() throws {
        let hook = try Hook(GitLab(), secret: GitLabAuthenticationTests.signingToken)
        let token = "X-Gitlab-Token"
        let delivery = try hook.delivery(
            hook.request(
                "Push Hook",
                Array("{}".utf8),
                ["X-Gitlab-Instance": "https://x", "X-Gitlab-Webhook-UUID": "h", token: "t", "Cookie": "c"]
            )
        )
        let kept = [
            "content-type", "user-agent", "x-gitlab-event", "x-gitlab-instance", "x-gitlab-webhook-uuid",
            "x-gitlab-event-uuid", "idempotency-key", "webhook-id", "webhook-timestamp",
        ]
        for name in kept { #expect(delivery.headers.contains(#""\#(name)":"#), "\(name)") }
        for name in ["webhook-signature", "x-gitlab-token", "cookie"] {
            #expect(!delivery.headers.contains(name))
        }
    }
}
