import Events
import Providers
import Signatures
import Testing

@Suite("Standard Webhooks events")
struct StandardWebhooksEventTests {
    @Test("The body's type is the event's name and the action")
    func type() throws {
        let json = #"{"type":"invoice.paid","timestamp":"2026-01-01T00:00:00.5+01:00","data":{"id":7}}"#
        let hook = try Hook(StandardWebhooks())
        let delivery = try hook.delivery(nil, json)
        #expect(delivery.eventName == "invoice.paid")
        #expect(delivery.deliveryId == Hook.deliveryId)
        let event = try #require(delivery.events.first as? UnknownEvent)
        #expect(event.action == "invoice.paid")
        #expect(event.occurredAt == (try time("2025-12-31T23:00:00.500Z")))
        #expect(event.subject == nil && event.repository == nil && event.actor == nil)
        #expect(delivery.events.count == 1 && delivery.problem == nil)
    }

    @Test(
        "What the body does not say is none",
        arguments: [
            "{}", #"{"type":null,"timestamp":null}"#, #"{"type":"","timestamp":""}"#,
            #"{"type":7,"timestamp":"soon"}"#, #"{"type":["a"],"timestamp":{}}"#,
            #"{"eventType":"a","time":"2026-01-01T00:00:00Z"}"#,
        ]
    )
    func missing(json: String) throws {
        let (event, problem) = try unknown(nil, json, from: StandardWebhooks())
        #expect(event.action == nil && event.occurredAt == nil)
        #expect(problem == nil)
    }

    @Test(
        "A type that cannot be stored is left out, and told once",
        arguments: [
            (String(repeating: "x", count: 256), "the event name is longer than 255 bytes and was left out"),
            (#"a\u0000b"#, "the event name has control characters and was left out"),
        ]
    )
    func unstorable(type: String, expected: String) throws {
        let (event, problem) = try unknown(nil, #"{"type":"\#(type)"}"#, from: StandardWebhooks())
        #expect(event.action == nil)
        #expect(problem == expected)
    }

    @Test("Id and time of an attempt are kept, the signature is not")
    func headers() throws {
        let delivery = try Hook(StandardWebhooks()).delivery(nil, #"{"type":"a"}"#)
        #expect(delivery.headers.contains(#""webhook-id":"\#(Hook.deliveryId)""#))
        #expect(delivery.headers.contains(#""webhook-timestamp":"1767225600""#))
        #expect(!delivery.headers.contains("v1,"))
    }

    @Test("Samples have their type as name")
    func samples() throws {
        let hook = try Hook(StandardWebhooks())
        for sample in StandardWebhooks().samples {
            #expect(sample.event == sample.name)
            let delivery = try hook.delivery(hook.request(sample.event, sample.body))
            #expect(delivery.eventName == sample.name)
            #expect(delivery.events.first?.occurredAt != nil)
        }
    }
}
