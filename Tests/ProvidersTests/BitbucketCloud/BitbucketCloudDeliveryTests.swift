import Events
import Foundation
import Providers
import TestKit
import Testing

@Suite("Bitbucket Cloud deliveries")
struct BitbucketCloudDeliveryTests {
    private func delivery(_ fields: [String: String?] = [:]) throws -> Delivery {
        let hook = try Hook(BitbucketCloud())
        return try hook.delivery(try hook.request("repo:fork", Array("{}".utf8), fields))
    }

    @Test("A delivery is named by its request's UUID and its event by its key")
    func identity() throws {
        let delivery = try delivery()
        #expect(delivery.deliveryId == Hook.deliveryId)
        #expect(delivery.eventName == "repo:fork")
        #expect(delivery.provider == "bitbucket-cloud")
        #expect(delivery.problem == nil)
    }

    @Test("Data Center's header does not name a delivery")
    func otherHeader() throws {
        let delivery = try delivery(["X-Request-UUID": nil, "X-Request-Id": "abc"])
        #expect(delivery.deliveryId == IdentityTests.digest)
    }

    @Test("Hook and attempt are kept, the signature is not")
    func keptHeaders() throws {
        let headers = try delivery(["X-Hook-UUID": "{h}", "X-Attempt-Number": "2", "Cookie": "a"]).headers
        let kept = try JSONSerialization.jsonObject(with: Data(headers.utf8)) as? [String: String]
        #expect(
            kept == [
                "content-type": "application/json", "user-agent": "Bitbucket-Webhooks/forgewire",
                "x-event-key": "repo:fork", "x-hook-uuid": "{h}", "x-request-uuid": Hook.deliveryId,
                "x-attempt-number": "2",
            ]
        )
    }

    @Test(
        "Recorded signatures are judged as their sources say",
        .enabled(if: Corpus.isPresent, "\(Corpus.absence)"),
        arguments: Corpus.signatureVectors(of: ["bitbucket-cloud"])
    )
    func recorded(vector: Corpus.SignatureVector) throws {
        try vector.check(by: BitbucketCloud())
    }
}

extension Corpus.SignatureVector {
    /// Expects what the vector says, but for schemes that are not taken.
    func check(by provider: any Provider) throws {
        let hook = try Hook(provider, secret: secret)
        var fields = headers.map { (name: $0.key, value: $0.value) }
        fields.removeAll { $0.name.lowercased() == "content-type" }
        fields.append((name: "Content-Type", value: "application/json"))
        let request = WebhookRequest(
            headers: HeaderFields(fields),
            body: try bytes(),
            receivedAt: hook.receivedAt
        )
        let isTaken = expectedValid && scheme == "hub-sha256"
        #expect(hook.isRefused(request) == !isTaken)
        if isTaken { #expect(try hook.delivery(request).events.count >= 1) }
    }
}
