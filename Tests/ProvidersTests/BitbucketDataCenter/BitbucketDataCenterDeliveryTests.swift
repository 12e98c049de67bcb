import Events
import Foundation
import Providers
import TestKit
import Testing

@Suite("Bitbucket Data Center deliveries")
struct BitbucketDataCenterDeliveryTests {
    private func delivery(
        _ body: String = #"{"eventKey":"repo:forked"}"#,
        _ fields: [String: String?] = [:]
    ) throws -> Delivery {
        let hook = try Hook(BitbucketDataCenter())
        return try hook.delivery(try hook.request("repo:modified", Array(body.utf8), fields))
    }

    @Test("A delivery is named by its request's id and its event by its key")
    func identity() throws {
        let delivery = try delivery()
        #expect(delivery.deliveryId == Hook.deliveryId)
        #expect(delivery.eventName == "repo:modified")
        #expect(delivery.provider == "bitbucket-dc")
        #expect(delivery.problem == nil)
    }

    @Test("Without its header the body's own key counts", arguments: [nil, ""] as [String?])
    func bodyKey(header: String?) throws {
        #expect(try delivery(fields("X-Event-Key", header)).eventName == "repo:forked")
        let body = #"{"eventKey":"pr:opened","pullRequest":{"id":7}}"#
        #expect(try delivery(body, ["X-Event-Key": header]).events.map(\.kind) == [.pullRequest])
        #expect(try delivery(#"{"eventKey":7}"#, ["X-Event-Key": header]).eventName == nil)
    }

    private func fields(_ name: String, _ value: String?) -> [String: String?] { [name: value] }

    private func delivery(_ fields: [String: String?]) throws -> Delivery {
        try delivery(#"{"eventKey":"repo:forked"}"#, fields)
    }

    @Test("Cloud's header does not name a delivery")
    func otherHeader() throws {
        let delivery = try delivery("{}", ["X-Request-Id": nil, "X-Request-UUID": "abc"])
        #expect(delivery.deliveryId == IdentityTests.digest)
    }

    @Test("The connection test is taken, without a problem")
    func ping() throws {
        let hook = try Hook(BitbucketDataCenter(), secret: "dc-secret")
        let signature = "sha256=250cd8756cd4284955e1bec1f4741b6ed77f7f35c74d2e3f257732828e54e69f"
        let request = try hook.request(
            "diagnostics:ping",
            Array(#"{"test":true}"#.utf8),
            ["X-Hub-Signature": signature]
        )
        let delivery = try hook.delivery(request)
        #expect(delivery.events.map(\.kind) == [.unknown])
        #expect(delivery.eventName == "diagnostics:ping" && delivery.problem == nil)
        #expect(delivery.events.first?.repository == nil && delivery.events.first?.actor == nil)
    }

    @Test("A body with an offset without a colon has the signature that was worked out for it")
    func opened() throws {
        let hook = try Hook(BitbucketDataCenter(), secret: "dc-secret")
        let request = try hook.request(
            "pr:opened",
            Array(#"{"eventKey":"pr:opened","date":"2019-03-01T10:31:15+0100"}"#.utf8),
            ["X-Hub-Signature": "sha256=8867b0d0be9a163ad5ee83e6ed21c2742a93b9a5607d925acf1a88ae09829182"]
        )
        let delivery = try hook.delivery(request)
        #expect(delivery.problem == "the pr:opened event has no pullRequest object")
        #expect(delivery.events.first?.occurredAt == (try time("2019-03-01T09:31:15Z")))
    }

    @Test("Key and request are kept, signature and password are not")
    func keptHeaders() throws {
        let headers = try delivery("{}", ["Authorization": "Basic x", "Cookie": "a"]).headers
        let kept = try JSONSerialization.jsonObject(with: Data(headers.utf8)) as? [String: String]
        #expect(
            kept == [
                "content-type": "application/json; charset=utf-8",
                "user-agent": "Atlassian HttpClient / forgewire",
                "x-event-key": "repo:modified", "x-request-id": Hook.deliveryId,
            ]
        )
    }

    @Test(
        "Recorded signatures are judged as their sources say, but for schemes that are not taken",
        .enabled(if: Corpus.isPresent, "\(Corpus.absence)"),
        arguments: Corpus.signatureVectors(of: ["bitbucket-dc"])
    )
    func recorded(vector: Corpus.SignatureVector) throws {
        try vector.check(by: BitbucketDataCenter())
    }
}
