import Events
import Foundation
import TestKit
import Testing

@testable import Outbox

@Suite("Stored payloads")
struct StoredPayloadTests {
    @Test("Whatever is stored comes back exactly, and is never longer")
    func roundTrip() throws {
        var random = SeededGenerator(printedFor: "stored payloads")
        for count in Array(0...1200) + [4095, 4096, 65_535, 65_536, 65_537, 300_000] {
            for payload in [
                Self.text(count, &random), EventFactory.noise(count), [UInt8](repeating: 0x61, count: count),
            ] {
                let stored = StoredPayload(compressing: payload)
                #expect(stored.bytes.count <= payload.count)
                #expect(stored.originalCount == payload.count)
                let read = StoredPayload(bytes: stored.bytes, originalCount: payload.count)
                #expect(try read.original() == payload)
            }
        }
    }

    @Test("A small payload and one that cannot be compressed stay as they are")
    func unchanged() {
        let small = [UInt8](repeating: 0x61, count: StoredPayload.compressedFrom - 1)
        #expect(StoredPayload(compressing: small).bytes == small)
        let noise = EventFactory.noise(50_000)
        #expect(StoredPayload(compressing: noise).bytes == noise)
    }

    @Test("A payload of JSON shrinks, and is a zlib stream")
    func compressed() throws {
        let payload = Array(repeatElement(#"{"login":"octocat","id":21031067},"#, count: 400).joined().utf8)
        let stored = StoredPayload(compressing: payload)
        #expect(stored.bytes.count < payload.count / 4)
        // RFC 1950 section 2.2: deflate in the low half of the first byte, both bytes a multiple of 31.
        let (method, flags) = (stored.bytes[0], stored.bytes[1])
        #expect(method & 0x0F == 8)
        #expect((Int(method) << 8 | Int(flags)).isMultiple(of: 31))
    }

    @Test("Bytes that are damaged, cut off or too many are an error, whatever they hold")
    func damaged() throws {
        var random = SeededGenerator(printedFor: "stored payloads")
        let payload = Self.text(3000, &random)
        let stored = StoredPayload(compressing: payload).bytes
        try #require(stored.count < payload.count)
        for index in stored.indices {
            var bytes = stored
            bytes[index] ^= 1 << UInt8(index % 8)
            let read = try? StoredPayload(bytes: bytes, originalCount: payload.count).original()
            #expect(read == nil || read == payload)  // a bit of the header's hint may differ
        }
        for bytes in [Array(stored.dropLast()), Array(stored.prefix(1)), [], EventFactory.noise(900)] {
            #expect(throws: OutboxError.self) {
                try StoredPayload(bytes: bytes, originalCount: payload.count).original()
            }
        }
        for count in [payload.count - 1, payload.count + 1] {
            #expect(throws: OutboxError.self) {
                try StoredPayload(bytes: stored, originalCount: count).original()
            }
        }
    }

    @Test("Readers and operators get a compressed payload as it was received")
    func readers() async throws {
        let payload = Array(repeatElement(#"{"title":"Größe ✓"},"#, count: 200).joined().utf8)
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery("big", payload: payload))
            let sizes = try bench.rows(
                "SELECT payload_bytes, length(payload) < payload_bytes FROM deliveries"
            )
            #expect(sizes == ["\(payload.count)|1"])
            let reader = try OutboxReader(path: bench.path)
            defer { reader.close() }
            #expect(try reader.payload(ofDelivery: 1) == payload)
            let operators = try AdministrationReader(path: bench.path)
            defer { operators.close() }
            #expect(try await operators.mappable(ofEvent: 1)?.payload == payload)
        }
    }

    @Test("A damaged row is told as such")
    func damagedRow() async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery("one"))
            try await bench.execute("UPDATE deliveries SET payload = x'789c00', payload_bytes = 5")
            let reader = try OutboxReader(path: bench.path)
            defer { reader.close() }
            let error = #expect(throws: OutboxError.self) { try reader.payload(ofDelivery: 1) }
            #expect(error?.code == .corrupt)
        }
    }

    private static func text(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
        let words = [
            "\"login\":", "\"octocat\",", "{\"id\":", "12345", "}, ", "https://api.example/", "null",
        ]
        var text: [UInt8] = []
        while text.count < count {
            text += Array(words[Int.random(in: 0..<words.count, using: &random)].utf8)
        }
        return Array(text.prefix(count))
    }
}
