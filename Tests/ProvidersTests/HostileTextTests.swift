import Events
import Foundation
import Providers
import TestKit
import Testing

/// Texts whose canonical form takes the square of their length to find, so that comparing or hashing one as a
/// `String` would hold a thread for seconds, and hundreds of them the whole run beyond its limit.
@Suite("Texts of combining marks", .timeLimit(.minutes(10)))
struct HostileTextTests {
    static let text = "a" + String(repeating: "\u{301}\u{316}", count: 20_000)

    @Test("Wherever one stands in a body, it is read in no time", arguments: ProviderCatalog.standard.names)
    func bodies(name: String) throws {
        let provider = try #require(ProviderCatalog.standard.named(name))
        let hook = try Hook(provider)
        var random = SeededGenerator(printedFor: "Texts of combining marks, \(name)")
        for sample in provider.samples {
            let original = try JSONSerialization.jsonObject(with: Data(sample.body))
            for key in Self.keys(of: original).sorted().shuffled(using: &random).prefix(3) {
                let body = try JSONSerialization.data(withJSONObject: Self.replacing(key, in: original))
                let delivery = try hook.delivery(hook.request(sample.event, Array(body)))
                #expect(!delivery.events.isEmpty)
            }
        }
    }

    @Test("So it is in a header, whoever sends it", arguments: ProviderCatalog.standard.names)
    func headers(name: String) throws {
        let provider = try #require(ProviderCatalog.standard.named(name))
        let hook = try Hook(provider)
        let sample = try #require(provider.samples.first)
        for field in try hook.request(sample.event, sample.body).headers.fields {
            let request = try hook.request(sample.event, sample.body, [field.name: Self.text])
            guard case .authentic(let delivery) = hook.source.admit(request) else { continue }
            #expect(!delivery.events.isEmpty && !delivery.deliveryId.isEmpty, "\(field.name)")
            #expect(delivery.headers.utf8.count < Self.text.utf8.count, "\(field.name)")
        }
    }

    @Test("So it is as a key with an escape in it")
    func keys() throws {
        let delivery = try Hook().delivery("ping", #"{"\u0061\#(Self.text)":1,"\u0061ction":"x"}"#)
        #expect(delivery.events.first?.actionName == "x")
    }

    /// The names of all members with a text, anywhere.
    private static func keys(of value: Any) -> Set<String> {
        if let array = value as? [Any] { return array.reduce(into: []) { $0.formUnion(keys(of: $1)) } }
        guard let object = value as? [String: Any] else { return [] }
        return object.reduce(into: []) { keys, member in
            if member.value is String {
                keys.insert(member.key)
            } else {
                keys.formUnion(Self.keys(of: member.value))
            }
        }
    }

    /// With the text in all members of that name.
    private static func replacing(_ key: String, in value: Any) -> Any {
        if let array = value as? [Any] { return array.map { replacing(key, in: $0) } }
        guard let object = value as? [String: Any] else { return value }
        return Dictionary(
            uniqueKeysWithValues: object.map { name, value in
                name == key && value is String ? (name, text as Any) : (name, replacing(key, in: value))
            }
        )
    }
}
