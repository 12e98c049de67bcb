import Events
import Providers
import TestKit
import Testing

/// A fresh dispatch is handed over with its typed event, a claimed one is decoded: a listener must not see
/// which of the two it was.
@Suite("Events as the outbox has them")
struct StoredEventTests {
    @Test(
        "The typed event of a sample is what its stored text reads as",
        arguments: TestedProviders.catalog.names
    )
    func samples(name: String) throws {
        let provider = try #require(TestedProviders.catalog.named(name))
        for sample in provider.samples {
            try check(provider, sample.event, sample.body, "\(sample.name)")
        }
    }

    @Test(
        "The typed event of a real delivery is what its stored text reads as",
        .enabled(if: Corpus.isPresent, "\(Corpus.absence)"),
        arguments: TestedProviders.catalog.names
    )
    func corpus(name: String) throws {
        let provider = try #require(TestedProviders.catalog.named(name))
        for entry in Corpus.entries(of: name) {
            try check(provider, entry.event, Corpus.bytes(entry.file), "\(entry.file)")
        }
    }

    private func check(
        _ provider: any Provider,
        _ name: String?,
        _ body: [UInt8],
        _ comment: Testing.Comment
    ) throws {
        let hook = try Hook(provider)
        for event in try hook.delivery(hook.request(name, body)).events {
            let stored = event.stored(as: 15)
            let decoded = try type(of: event).decode(json: EventJSON(event).bytes(id: 15))
            #expect(String(reflecting: stored) == String(reflecting: decoded), comment)
        }
    }
}
