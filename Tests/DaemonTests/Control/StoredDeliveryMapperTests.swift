import Events
import Outbox
import Providers
import TestKit
import Testing

@testable import Daemon

@Suite("Mapping what is stored")
struct StoredDeliveryMapperTests {
    private static let providers = ProviderCatalog.standard.names

    private func deliveries(of name: String) throws -> [Delivery] {
        let provider = try #require(ProviderCatalog.standard.named(name))
        let source = Source(
            name: "hub",
            provider: provider,
            secrets: [],
            policy: VerificationPolicy(allowsUnsigned: true)
        )
        return try provider.samples.map { sample in
            let webhook = OutgoingWebhook(
                eventName: sample.event,
                deliveryId: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                body: sample.body,
                keepsBody: false,
                sentAt: EventFactory.receivedAt
            )
            let request = try provider.request(for: webhook, secret: nil)
            guard case .authentic(let delivery) = source.admit(request) else {
                throw MappingFailure(sample: sample.name)
            }
            return delivery
        }
    }

    @Test("Every sample gives the same events again from what the outbox keeps of it", arguments: providers)
    func sameEvents(provider: String) async throws {
        let deliveries = try deliveries(of: provider)
        try #require(!deliveries.isEmpty)
        try await AdministrationBench.use { bench in
            for (index, delivery) in deliveries.enumerated() {
                var stored = delivery
                stored.deliveryId = "\(index)"
                stored.events = [Self.unknown(of: delivery)]
                try await bench.accept(stored)
            }
            let request = ReplayRequest(
                listener: "all",
                kind: nil,
                repository: nil,
                since: nil,
                until: nil,
                retype: true,
                dryRun: false
            )
            let report = try await bench.administration.replay(request)
            #expect(report.retyping?.unreadable == 0)
            let reader = try OutboxReader(path: bench.path)
            defer { reader.close() }
            for (index, delivery) in deliveries.enumerated() {
                let event = try #require(try reader.details(ofEvent: Int64(index + 1)))
                var expected = try #require(delivery.events.first).json
                expected.replace("\"id\":0,", with: "\"id\":\(index + 1),", maxReplacements: 1)
                // It is stored under another id here, and that one stays.
                expected.replace(
                    "\"deliveryId\":\"\(delivery.deliveryId)\"",
                    with: "\"deliveryId\":\"\(index)\""
                )
                #expect(event.event.json == expected)
            }
        }
    }

    @Test("What a provider of another build sent cannot be mapped, and stays")
    func unknownProvider() async throws {
        try await AdministrationBench.use { bench in
            var delivery = EventFactory.delivery(events: [EventFactory.populated(.push)])
            delivery.provider = "elsewhere"
            try await bench.accept(delivery)
            let request = ReplayRequest(
                listener: "all",
                kind: nil,
                repository: nil,
                since: nil,
                until: nil,
                retype: true,
                dryRun: false
            )
            let report = try await bench.administration.replay(request)
            #expect(report.made == 1 && report.retyping?.unreadable == 1)
        }
    }

    private static func unknown(of delivery: Delivery) -> any Event {
        UnknownEvent(envelope: EventFactory.envelope(.unknown, isBare: true), action: nil)
    }
}

/// A sample that its own provider does not read.
private struct MappingFailure: Error {
    let sample: String
}
