import Events
import Providers
import Testing

@Suite("Identity of a delivery")
struct IdentityTests {
    static let digest = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"

    private func delivery(_ fields: [String: String?]) throws -> Delivery {
        let hook = try Hook()
        return try hook.delivery(try hook.request("ping", Array("{}".utf8), fields))
    }

    @Test("It is the provider's own id")
    func own() throws {
        let delivery = try delivery([:])
        #expect(delivery.deliveryId == Hook.deliveryId)
        #expect(delivery.eventName == "ping")
        #expect(delivery.problem == nil)
    }

    @Test("Without an id it is the digest of the body", arguments: [nil, ""] as [String?])
    func digest(header: String?) throws {
        let delivery = try delivery(["X-GitHub-Delivery": header])
        #expect(delivery.deliveryId == Self.digest)
        #expect(delivery.events.first?.deliveryId == Self.digest)
        #expect(delivery.problem == nil)
    }

    @Test("Without an event name the delivery is taken as unknown", arguments: [nil, ""] as [String?])
    func withoutEventName(header: String?) throws {
        let delivery = try delivery(["X-GitHub-Event": header])
        #expect(delivery.eventName == nil)
        #expect(delivery.events.map(\.kind) == [.unknown])
        #expect(delivery.problem == nil)
    }

    @Test(
        "An id that cannot be stored gives way to the digest, with a problem",
        arguments: [
            (String(repeating: "x", count: 256), "the delivery id is longer than 255 bytes and was left out"),
            (
                String(repeating: "é", count: 128),
                "the delivery id is longer than 255 bytes and was left out"
            ),
            ("a\u{00}b", "the delivery id has control characters and was left out"),
            ("a\u{7F}", "the delivery id has control characters and was left out"),
            ("\u{85}", "the delivery id has control characters and was left out"),
        ]
    )
    func unstorable(header: String, problem: String) throws {
        let delivery = try delivery(["X-GitHub-Delivery": header])
        #expect(delivery.deliveryId == Self.digest)
        #expect(delivery.problem == problem)
    }

    @Test("An id of 255 bytes is taken over", arguments: [String(repeating: "x", count: 255), "é · 1"])
    func longest(header: String) throws {
        #expect(try delivery(["X-GitHub-Delivery": header]).deliveryId == header)
    }

    @Test("An event name that cannot be stored is left out, with a problem")
    func unstorableEventName() throws {
        let delivery = try delivery(["X-GitHub-Event": String(repeating: "p", count: 256)])
        #expect(delivery.eventName == nil)
        #expect(delivery.problem == "the event name is longer than 255 bytes and was left out")
    }
}
