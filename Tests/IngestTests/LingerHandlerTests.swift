import NIOCore
import NIOEmbedded
import Testing

@testable import Ingest

@Suite("Lingering")
struct LingerHandlerTests {
    /// Stands between the handler and the channel, where a half-close would close everything.
    private final class OutputCloser: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer
        var isOutputClosed = false

        func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
            guard mode == .output else { return context.close(mode: mode, promise: promise) }
            isOutputClosed = true
            promise?.succeed()
        }
    }

    private final class ReadCounter: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer
        var count = 0

        func read(context: ChannelHandlerContext) {
            count += 1
            context.read()
        }
    }

    private struct Subject {
        let channel = EmbeddedChannel()
        let reads = ReadCounter()
        let closer = OutputCloser()

        init(
            farewell: ByteBuffer? = nil,
            discardedBytesMax: Int = LingerHandler.discardedBytesMax,
            pace: ReadPace? = nil
        ) throws {
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            try channel.pipeline.syncOperations.addHandlers(
                reads,
                closer,
                LingerHandler(
                    LingerPatience(),
                    farewell: farewell,
                    discardedBytesMax: discardedBytesMax,
                    pace: pace
                )
            )
        }

        func pass(_ seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }
    }

    @Test("The output is closed at once, behind the farewell")
    func farewell() throws {
        let subject = try Subject(farewell: ByteBuffer(string: "goodbye"))
        #expect(subject.closer.isOutputClosed)
        #expect(try subject.channel.readOutbound(as: ByteBuffer.self) == ByteBuffer(string: "goodbye"))
        #expect(subject.channel.isActive)
    }

    @Test("What arrives is thrown away")
    func discards() throws {
        let subject = try Subject()
        try subject.channel.writeInbound(ByteBuffer(string: "more"))
        #expect(try subject.channel.readInbound(as: ByteBuffer.self) == nil)
        #expect(subject.channel.isActive)
    }

    @Test("Much of what is thrown away is read at a pace, so that it takes no time from others")
    func paced() throws {
        let pace = ReadPace()
        // Its client has read ahead as far as is remembered.
        _ = pace.delay(afterReading: 2 * ReadPace.bytesPerSecond, at: .uptimeNanoseconds(0))
        let subject = try Subject(pace: pace)
        let before = subject.reads.count
        let count = LingerHandler.discardedAtOnceBytesMax
        try subject.channel.writeInbound(ByteBuffer(repeating: 0, count: count))
        #expect(subject.reads.count == before + 1)
        try subject.channel.writeInbound(ByteBuffer(repeating: 0, count: 64 * 1024))
        #expect(subject.reads.count == before + 1)
        subject.pass(1)
        #expect(subject.reads.count == before + 2)
        #expect(subject.channel.isActive)
    }

    @Test("A client that says nothing for two seconds is closed")
    func quiet() throws {
        let subject = try Subject()
        subject.pass(1)
        try subject.channel.writeInbound(ByteBuffer(string: "more"))
        subject.pass(1)
        #expect(subject.channel.isActive)
        subject.pass(1)
        #expect(!subject.channel.isActive)
    }

    @Test("A client that never ends is closed all the same")
    func endless() throws {
        let subject = try Subject()
        for _ in 1..<15 {
            subject.pass(1)
            try subject.channel.writeInbound(ByteBuffer(string: "more"))
        }
        #expect(subject.channel.isActive)
        subject.pass(1)
        #expect(!subject.channel.isActive)
    }

    @Test("A client that sends far too much is closed at once")
    func flood() throws {
        let subject = try Subject()
        let piece = ByteBuffer(repeating: 0, count: LingerHandler.discardedBytesMax / 2)
        try subject.channel.writeInbound(piece)
        try subject.channel.writeInbound(piece)
        #expect(subject.channel.isActive)
        try subject.channel.writeInbound(ByteBuffer(string: "x"))
        #expect(!subject.channel.isActive)
    }

    @Test("While memory is short, less is read for nothing")
    func short() throws {
        let subject = try Subject(discardedBytesMax: 10)
        try subject.channel.writeInbound(ByteBuffer(repeating: 0, count: 10))
        #expect(subject.channel.isActive)
        try subject.channel.writeInbound(ByteBuffer(string: "x"))
        #expect(!subject.channel.isActive)
    }

    @Test("One whose place others need is closed at once: else places that were made free would pile up")
    func leaves() throws {
        let subject = try Subject()
        subject.channel.pipeline.fireUserInboundEventTriggered(ConnectionEvent.stop)
        #expect(subject.channel.isActive)
        subject.channel.pipeline.fireUserInboundEventTriggered(ConnectionEvent.leave(.idle))
        #expect(!subject.channel.isActive)
    }

    @Test("A client that closes its side is let go")
    func ended() throws {
        let subject = try Subject()
        subject.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(!subject.channel.isActive)
    }
}
