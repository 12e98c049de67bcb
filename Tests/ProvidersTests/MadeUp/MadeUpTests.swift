import Events
import Providers
import Testing

@Suite("A made-up provider")
struct MadeUpTests {
    @Test("It is in the catalog of the tests beside all others, and not in the product's")
    func catalog() {
        #expect(ProviderCatalog.standard.named("made-up") == nil)
        #expect(TestedProviders.catalog.names == ProviderCatalog.standard.names + ["made-up"])
    }

    @Test("Its deliveries are typed like anybody's")
    func mapping() throws {
        let sample = try #require(MadeUp().samples.first)
        let hook = try Hook(MadeUp())
        let delivery = try hook.delivery(hook.request(sample.event, sample.body))
        #expect(delivery.provider == "made-up" && delivery.verifiedBy == "made-up-sha256 env:HOOK")
        let event = try #require(delivery.events.first as? PullRequestEvent)
        #expect(event.pullRequest.number == 7 && event.pullRequest.title == "A door")
        #expect(event.action == .opened && event.subject == "pull_request/7")
        #expect(event.repository?.fullName == "acme/app")
    }
}
