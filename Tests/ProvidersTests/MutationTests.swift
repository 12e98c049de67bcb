import Events
import Foundation
import Providers
import TestKit
import Testing

/// Bodies with something wrong in them, made from the samples by a seed: whoever replays the seed gets the
/// same bodies.
@Suite("Mutated bodies")
struct MutationTests {
    static let bodyCountPerSample = 12

    /// Always the same ones, and one that is new each time or given in `FORGEWIRE_SEED`.
    static let seeds: [UInt64] = [1, 2, SeededGenerator(printedFor: "Mutated bodies").seed]

    @Test(
        "They are one delivery with its events, whatever is wrong",
        arguments: seeds,
        TestedProviders.catalog.names
    )
    func values(seed: UInt64, name: String) throws {
        var random = SeededGenerator(seed: seed)
        let provider = try #require(TestedProviders.catalog.named(name))
        let hook = try Hook(provider)
        for sample in provider.samples {
            let original = try JSONSerialization.jsonObject(with: Data(sample.body))
            for round in 0..<Self.bodyCountPerSample {
                var value = original
                for _ in 0...random.next() % 4 { value = Mutation.mutated(value, &random) }
                let body = [UInt8](
                    try JSONSerialization.data(withJSONObject: value, options: .fragmentsAllowed)
                )
                try check(
                    hook.delivery(try hook.request(sample.event, body)),
                    "seed \(seed), \(name), \(sample.name), round \(round)"
                )
            }
        }
    }

    @Test("So are bodies with broken bytes", arguments: seeds, TestedProviders.catalog.names)
    func bytes(seed: UInt64, name: String) throws {
        var random = SeededGenerator(seed: seed)
        let provider = try #require(TestedProviders.catalog.named(name))
        let hook = try Hook(provider)
        for sample in provider.samples {
            for round in 0..<Self.bodyCountPerSample {
                var body = sample.body
                switch random.next() % 3 {
                case 0: body.removeLast(random.below(body.count) + 1)
                case 1:
                    for _ in 0...random.below(8) { body[random.below(body.count)] = UInt8(random.below(256)) }
                default: body.insert(UInt8(random.below(256)), at: random.below(body.count))
                }
                try check(
                    hook.delivery(try hook.request(sample.event, body)),
                    "seed \(seed), \(name), \(sample.name), round \(round)"
                )
            }
        }
    }

    /// What holds for every delivery, and what the outbox relies on.
    private func check(_ delivery: Delivery, _ comment: Testing.Comment) throws {
        #expect((1...Source.eventCountMax).contains(delivery.events.count), comment)
        for event in delivery.events { try check(event, comment) }
        #expect(delivery.events.count == 1 || !delivery.events.contains { $0.kind == .unknown }, comment)
    }

    private func check(_ event: any Event, _ comment: Testing.Comment) throws {
        let stored = try AnyEvent.decode(json: Array(event.json.utf8))
        #expect(stored.kind == event.kind, comment)
        #expect(!event.json.contains(#":"""#), comment)
        for text in [
            stored.action, event.subject, event.repository?.fullName, event.repository?.id, event.actor?.id,
        ] {
            guard let text else { continue }
            #expect(text.utf8.count <= 255, comment)
            #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control }, comment)
        }
        if event.kind == .unknown { #expect(event is UnknownEvent, comment) }
    }
}

/// Changes of JSON values that senders make, or could.
enum Mutation {
    /// The value with one of its parts replaced, removed or repeated.
    static func mutated(_ value: Any, _ random: inout SeededGenerator) -> Any {
        if let object = value as? [String: Any], !object.isEmpty, random.below(5) > 0 {
            var object = object
            let name = object.keys.sorted()[random.below(object.count)]
            switch random.below(4) {
            case 0: object[name] = nil
            default: object[name] = mutated(object[name] ?? 0, &random)
            }
            return object
        }
        if let array = value as? [Any], !array.isEmpty, random.below(3) > 0 {
            var array = array
            let index = random.below(array.count)
            array[index] = mutated(array[index], &random)
            return array
        }
        return replacement(&random)
    }

    private static func replacement(_ random: inout SeededGenerator) -> Any {
        switch random.below(14) {
        case 0: NSNull()
        case 1: random.below(2) == 0
        case 2: 0
        case 3: -1
        case 4: Int64.max
        case 5: 1.5
        case 6: ""
        case 7: String(repeating: "x", count: 200 + random.below(100))
        case 8: "a\u{00}\u{85}\u{1B}b"
        case 9: "0001-01-01T00:00:00Z"
        case 10: [Any]()
        case 11: [String: Any]()
        case 12: (0..<random.below(600)).reduce(1 as Any) { inner, _ in [inner] }
        default: [["number": "7"], ["number": 7], 7, NSNull()] as [Any]
        }
    }
}

extension SeededGenerator {
    fileprivate mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
