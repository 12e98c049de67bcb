import Events
import Providers
import Testing

@Suite("The catalog of providers")
struct ProviderCatalogTests {
    @Test("Every provider is found by its name, which no other has")
    func names() throws {
        #expect(ProviderCatalog.names.contains("github"))
        #expect(Set(ProviderCatalog.names).count == ProviderCatalog.names.count)
        for name in ProviderCatalog.names { #expect(ProviderCatalog.named(name)?.name == name) }
    }

    @Test("Another name is no provider", arguments: ["", "GitHub", "git", "github "])
    func unknown(name: String) {
        #expect(ProviderCatalog.named(name) == nil)
        #expect(SampleCatalog.samples(of: name).isEmpty)
    }

    @Test("Every provider accepts what it signs", arguments: ProviderCatalog.names)
    func signing(name: String) throws {
        var hook = try Hook()
        hook.source.provider = try #require(ProviderCatalog.named(name))
        for sample in hook.source.provider.samples {
            let delivery = try hook.delivery(hook.request(sample.event, sample.body))
            #expect(delivery.eventName == sample.event)
            #expect(delivery.deliveryId == Hook.deliveryId)
            #expect(delivery.verifiedBy.hasSuffix(" env:HOOK"))
        }
    }

    @Test("Without a secret no signature is sent", arguments: ProviderCatalog.names)
    func unsigned(name: String) throws {
        let hook = try Hook()
        let provider = try #require(ProviderCatalog.named(name))
        let webhook = OutgoingWebhook(eventName: nil, deliveryId: "1", body: [], sentAt: hook.receivedAt)
        for field in provider.headers(for: webhook, secret: nil).fields {
            #expect(!field.name.lowercased().contains("signature"))
            #expect(field.name.lowercased() != "x-github-event")
        }
    }
}
