import Events
import Providers
import Testing

@Suite("Azure DevOps identity")
struct AzureDevOpsIdentityTests {
    private func delivery(_ json: String) throws -> Delivery {
        try Hook(AzureDevOps()).delivery(nil, json)
    }

    @Test(
        "It is subscription and notification together, and the body names the event",
        arguments: [
            (#"{"subscriptionId":"s-1","notificationId":7,"eventType":"git.push"}"#, "s-1:7"),
            (#"{"subscriptionId":"s-1","notificationId":"7","eventType":"git.push"}"#, "s-1:7"),
            (#"{"subscriptionId":"s-1","notificationId":"n-7","eventType":"git.push"}"#, "s-1:n-7"),
            (#"{"subscriptionId":"s-1","notificationId":0,"id":"e-1","eventType":"git.push"}"#, "s-1:0"),
        ]
    )
    func both(json: String, deliveryId: String) throws {
        let delivery = try delivery(json)
        #expect(delivery.deliveryId == deliveryId)
        #expect(delivery.eventName == "git.push")
    }

    @Test(
        "Without one of them it is the digest of the body",
        arguments: [
            #"{"subscriptionId":"s-1"}"#, #"{"notificationId":7,"id":"e-1"}"#,
            #"{"subscriptionId":null,"notificationId":7}"#, #"{"subscriptionId":"","notificationId":7}"#,
            #"{"subscriptionId":"s-1","notificationId":null}"#,
            #"{"subscriptionId":"s-1","notificationId":1.5}"#,
            #"{"subscriptionId":7,"notificationId":7}"#, "[]", "{",
        ]
    )
    func digest(json: String) throws {
        #expect(try delivery(json).deliveryId == DeliveryIdentity.digest(of: Array(json.utf8)))
    }

    @Test("Without a type of event the delivery is taken as unknown")
    func withoutType() throws {
        let delivery = try delivery(#"{"resource":{"pullRequestId":7,"status":"completed"}}"#)
        #expect(delivery.eventName == nil && delivery.problem == nil)
        #expect(delivery.events.map(\.kind) == [.unknown])
    }

    @Test("A body that does not have to stay as it is goes out under the id of the delivery")
    func outgoing() throws {
        func sent(_ json: String, _ id: String, keepsBody: Bool = false) throws -> String {
            let webhook = OutgoingWebhook(
                eventName: nil,
                deliveryId: id,
                body: Array(json.utf8),
                keepsBody: keepsBody,
                sentAt: Timestamp(milliseconds: 0)
            )
            return String(decoding: AzureDevOps().request(for: webhook, secret: nil).body, as: UTF8.self)
        }
        let json = #"{ "a" : {"subscriptionId":"x"}, "subscriptionId" : "s-\u0031", "notificationId":7 }"#
        #expect(try sent(json, "d-2") == json.replacing(#""s-\u0031""#, with: #""d-2""#))
        #expect(try sent(json, #"a"\"#) == json.replacing(#""s-\u0031""#, with: #""a\"\\""#))
        #expect(try sent(json, "d-2", keepsBody: true) == json)
        for other in ["[]", "{}", "", "{", #"{"subscriptionId":7}"#, #"[{"subscriptionId":"x"}]"#] {
            #expect(try sent(other, "d-2") == other)
        }
    }
}
