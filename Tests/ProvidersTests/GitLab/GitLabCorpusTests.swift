import Events
import Foundation
import Providers
import TestKit
import Testing

@Suite("GitLab corpus", .enabled(if: Corpus.isPresent, "\(Corpus.absence)"))
struct GitLabCorpusTests {
    @Test("The corpus has the bodies that its manifest lists")
    func count() {
        #expect(Corpus.entries(of: "gitlab").count >= 80)
    }

    @Test("A body is taken with a token and maps to what it is", arguments: Corpus.entries(of: "gitlab"))
    func mapping(entry: Corpus.Entry) throws {
        let body = try Corpus.bytes(entry.file)
        let hook = try Hook(GitLab())
        let delivery = try hook.delivery(try hook.request(entry.event, body))
        #expect(delivery.eventName == entry.event)
        #expect(delivery.problem == nil)
        let object = try JSONSerialization.jsonObject(with: Data(body))
        #expect(try GitLabExpectation(mapped: delivery.events) == GitLabExpectation(body: GitLabNode(object)))
        for event in delivery.events { #expect(!event.json.contains(#":"""#)) }
    }

    @Test("The same body without its header maps to the same", arguments: Corpus.entries(of: "gitlab"))
    func withoutHeader(entry: Corpus.Entry) throws {
        let body = try Corpus.bytes(entry.file)
        let hook = try Hook(GitLab())
        let named = try hook.delivery(hook.request(entry.event, body))
        let unnamed = try hook.delivery(hook.request(nil, body))
        #expect(named.events.map(\.json) == unnamed.events.map(\.json))
    }

    @Test(
        "One flipped bit anywhere in a signed body, and it is refused",
        arguments: Corpus.entries(of: "gitlab")
    )
    func flippedBit(entry: Corpus.Entry) throws {
        let hook = try Hook(GitLab(), secret: GitLabAuthenticationTests.signingToken)
        let request = try hook.request(entry.event, try Corpus.bytes(entry.file))
        #expect(!hook.isRefused(request))
        for offset in [0, request.body.count / 2, request.body.count - 1] {
            var flipped = request
            flipped.body[offset] ^= 1
            #expect(hook.isRefused(flipped))
        }
    }
}
