import NIOCore
import TestKit
import Testing

@testable import Ingest

@Suite("Bodies as they arrive")
struct BodyBufferTests {
    @Test("Whatever pieces it comes in, a body is whole, and takes the room that is counted for it")
    func pieces() {
        var generator = SeededGenerator(printedFor: "body pieces")
        for _ in 0..<60 {
            let size = Int.random(in: 0...700_000, using: &generator)
            let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let announced = Bool.random(using: &generator) ? size : nil
            var buffer = BodyBuffer(announcedBytes: announced)
            var rest = body[...]
            while !rest.isEmpty {
                let part = rest.prefix(Int.random(in: 1...90_000, using: &generator))
                buffer.append(ByteBuffer(bytes: part))
                rest = rest.dropFirst(part.count)
                let counted = BodyBuffer.capacity(for: buffer.count, announcedBytes: announced)
                #expect(buffer.capacity == counted, "seed \(generator.seed)")
                #expect(counted >= buffer.count && counted < buffer.count + BodyBuffer.segmentBytes)
            }
            #expect(buffer.takeBytes() == body, "seed \(generator.seed)")
            #expect(buffer.count == 0 && buffer.capacity == 0)
        }
    }

    @Test("A body that is announced takes no more than that, and one that is not begins small")
    func room() {
        #expect(BodyBuffer.capacity(for: 1, announcedBytes: 10) == 10)
        #expect(BodyBuffer.capacity(for: 1, announcedBytes: 65_536) == 65_536)
        #expect(BodyBuffer.capacity(for: 1, announcedBytes: 1 << 30) == 65_536)
        #expect(BodyBuffer.capacity(for: 65_537, announcedBytes: 1 << 30) == 327_680)
        #expect(BodyBuffer.capacity(for: 25 << 20, announcedBytes: 25 << 20) == 25 << 20)
        #expect(BodyBuffer.capacity(for: 65_537, announcedBytes: 65_540) == 65_540)
        #expect(BodyBuffer.capacity(for: 1, announcedBytes: nil) == 1024)
        #expect(BodyBuffer.capacity(for: 0, announcedBytes: nil) == 0)
    }

    @Test("A body is given away once")
    func once() {
        var buffer = BodyBuffer(announcedBytes: nil)
        buffer.append(ByteBuffer(string: "{}"))
        let arrived = ArrivedBody(buffer)
        #expect(arrived.count == 2)
        #expect(arrived.takeBytes() == Array("{}".utf8))
        #expect(arrived.takeBytes().isEmpty)
    }
}
