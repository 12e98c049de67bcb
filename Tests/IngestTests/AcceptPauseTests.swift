import Glibc
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import Ingest

@Suite("Pauses of accepting")
struct AcceptPauseTests {
    /// Notes what reaches SwiftNIO's own handler of a listening socket, which closes it on some events.
    private final class EventCounter: ChannelInboundHandler {
        typealias InboundIn = Any
        var count = 0
        var connections = 0

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { connections += 1 }
        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) { count += 1 }
    }

    private let channel = EmbeddedChannel()
    private let events = EventCounter()

    private let reserve = DescriptorReserve()

    init() throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let pause = AcceptPause(address: "here", logger: logger, reserve: reserve)
        try channel.pipeline.syncOperations.addHandlers(pause, events)
    }

    private var isReading: Bool? {
        channel.options.last { $0.option is ChannelOptions.Types.AutoReadOption }?.value as? Bool
    }

    private func lackDescriptors() {
        channel.pipeline.fireErrorCaught(IOError(errnoCode: EMFILE, reason: "accept"))
    }

    @Test("Without descriptors nothing is accepted for a while, and then again")
    func pauses() {
        lackDescriptors()
        #expect(isReading == false)
        channel.embeddedEventLoop.advanceTime(by: AcceptPause.pause)
        #expect(isReading == true)
    }

    @Test("What needs a descriptor or ends the process finds one during a pause, and none is taken for good")
    func reserveIsFree() {
        #expect(reserve.take() && !reserve.isGivenUp)
        lackDescriptors()
        #expect(reserve.isGivenUp)
        channel.embeddedEventLoop.advanceTime(by: AcceptPause.pause)
        #expect(!reserve.isGivenUp)
        reserve.release()
    }

    @Test("What another socket has given up is not taken by a connection to this one")
    func othersWait() throws {
        reserve.release()
        let connection = EmbeddedChannel()
        try channel.writeInbound(connection as any Channel)
        connection.embeddedEventLoop.run()
        // Fails at once where it is not closed, as nothing else could fulfil it.
        try connection.closeFuture.wait()
        #expect(events.connections == 0)
        #expect(isReading == false)
        channel.embeddedEventLoop.advanceTime(by: AcceptPause.pause)
        #expect(isReading == true)
        try channel.writeInbound(EmbeddedChannel() as any Channel)
        #expect(events.connections == 1)
        reserve.release()
    }

    @Test("A pause that is over does not accept again for a server that stops")
    func stopped() {
        lackDescriptors()
        channel.pipeline.fireUserInboundEventTriggered(AcceptPause.Stop())
        channel.embeddedEventLoop.advanceTime(by: AcceptPause.pause)
        #expect(isReading == false)
    }

    @Test("A stop does not close the socket while connections are being set up")
    func staysOpen() {
        channel.pipeline.fireUserInboundEventTriggered(AcceptPause.Stop())
        #expect(isReading == false)
        #expect(events.count == 0)
    }
}
