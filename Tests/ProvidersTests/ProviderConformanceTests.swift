import Events
import Foundation
import Providers
import Testing

/// What holds for every provider, whatever its dialect.
@Suite("Every provider")
struct ProviderConformanceTests {
    @Test("accepts what it signs, and names the secret", arguments: TestedProviders.catalog.names)
    func signing(name: String) throws {
        let provider = try #require(TestedProviders.catalog.named(name))
        let hook = try Hook(provider)
        for sample in provider.samples {
            let delivery = try hook.delivery(hook.request(sample.event, sample.body))
            #expect(delivery.provider == name)
            #expect(delivery.eventName != nil, "\(sample.name)")
            #expect(delivery.problem == nil, "\(sample.name)")
            #expect(delivery.verifiedBy.hasSuffix(" env:HOOK"))
        }
    }

    @Test("refuses its samples under another secret, and unsigned", arguments: TestedProviders.catalog.names)
    func forgery(name: String) throws {
        let provider = try #require(TestedProviders.catalog.named(name))
        var hook = try Hook(provider)
        let requests = try provider.samples.flatMap { sample in
            let webhook = OutgoingWebhook(
                eventName: sample.event,
                deliveryId: Hook.deliveryId,
                body: sample.body,
                sentAt: hook.receivedAt
            )
            let unsigned = try provider.request(for: webhook, secret: nil)
            return [try hook.request(sample.event, sample.body), unsigned]
        }
        hook.source.secrets = try Hook(provider, secret: TestedProviders.otherSecret(of: provider)).source
            .secrets
        for request in requests { #expect(hook.isRefused(request)) }
    }

    @Test(
        "has samples of distinct names, in their order, that are objects",
        arguments: TestedProviders.catalog.names
    )
    func samples(name: String) throws {
        let samples = try #require(TestedProviders.catalog.named(name)).samples
        #expect(!samples.isEmpty)
        #expect(samples.map(\.name) == Set(samples.map(\.name)).sorted())
        for sample in samples {
            #expect(try JSONSerialization.jsonObject(with: Data(sample.body)) is [String: Any])
        }
    }

    @Test(
        "sends samples that are new deliveries, and the same one under the same id",
        arguments: TestedProviders.catalog.names
    )
    func deliveryIds(name: String) throws {
        let provider = try #require(TestedProviders.catalog.named(name))
        let hook = try Hook(provider)
        func identifier(_ sample: Sample, _ id: String) throws -> String {
            let webhook = OutgoingWebhook(
                eventName: sample.event,
                deliveryId: id,
                body: sample.body,
                keepsBody: false,
                sentAt: hook.receivedAt
            )
            return try hook.delivery(provider.request(for: webhook, secret: hook.secret)).deliveryId
        }
        for sample in provider.samples {
            #expect(try identifier(sample, "a-1") != identifier(sample, "a-2"))
            #expect(try identifier(sample, "a-1") == identifier(sample, "a-1"))
        }
    }

    @Test("keeps no header that could hold a credential", arguments: TestedProviders.catalog.names)
    func credentials(name: String) throws {
        let provider = try #require(TestedProviders.catalog.named(name))
        for header in provider.keptHeaders {
            #expect(header == header.lowercased())
            for word in ["signature", "token", "cookie", "auth", "secret"] { #expect(!header.contains(word)) }
        }
    }

    @Test("maps the deliveries written for it as they say", arguments: ProviderCatalog.standard.names)
    func deliveries(name: String) throws {
        let hook = try Hook(#require(ProviderCatalog.standard.named(name)))
        let deliveries = TestedProviders.deliveries(of: name)
        #expect(!deliveries.isEmpty)
        for expected in deliveries {
            let delivery = try hook.delivery(expected.event, expected.json)
            let comment = "\(expected.testDescription)"
            #expect(delivery.events.map(TestDelivery.name) == expected.expected, "\(comment)")
            #expect(delivery.problem == nil, "\(comment)")
        }
    }

    @Test(
        "takes a body without an event name or id as one delivery",
        arguments: TestedProviders.catalog.names
    )
    func bare(name: String) throws {
        let provider = try #require(TestedProviders.catalog.named(name))
        let hook = try Hook(provider)
        for body in ["", "7", "[]", "{}", "{\"action\":\"opened\"}", "{", "\u{FEFF}{}"] {
            let delivery = try hook.delivery(nil, body)
            #expect(delivery.events.count == 1)
            #expect(delivery.events.first is UnknownEvent)
        }
    }
}
