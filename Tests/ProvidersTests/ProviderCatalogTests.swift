import Events
import Providers
import Testing

@Suite("The catalog of providers")
struct ProviderCatalogTests {
    @Test("Every provider is found by its name, which no other has")
    func names() throws {
        let catalog = ProviderCatalog.standard
        #expect(catalog.names.contains("github"))
        #expect(Set(catalog.names).count == catalog.names.count)
        for name in catalog.names { #expect(catalog.named(name)?.name == name) }
    }

    @Test("Another name is no provider", arguments: ["", "GitHub", "git", "github "])
    func unknown(name: String) {
        #expect(ProviderCatalog.standard.named(name) == nil)
    }
}
