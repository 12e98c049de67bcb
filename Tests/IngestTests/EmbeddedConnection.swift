import NIOCore
import NIOEmbedded

@testable import Ingest

/// One connection without a socket, in a time that stands still.
final class EmbeddedConnection {
    let channel = EmbeddedChannel()
    let shared: ConnectionContext

    var registry: ConnectionRegistry { shared.registry }

    init(settings: IngestSettings = .small(), context: IngestContext) throws {
        shared = ConnectionContext(settings: settings, context: context)
        try ConnectionInitializer(shared: shared).initialize(channel)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    /// Whether the server has not closed the connection.
    var isOpen: Bool { channel.isActive }

    /// How many bytes wait before the decoder.
    var heldBytes: Int {
        let gate = try? channel.pipeline.syncOperations.handler(type: InboundGate.self)
        return gate?.feedable(max: .max) ?? 0
    }

    /// Longer than all turns take of what tests send.
    private static let turns = TurnQueue.pauseMin * 200

    func send(_ text: String) throws {
        try channel.writeInbound(ByteBuffer(string: text))
        channel.embeddedEventLoop.advanceTime(by: Self.turns)
    }

    /// Closes the client's side for writing.
    func endInput() {
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }

    func pass(_ seconds: Int64) {
        channel.embeddedEventLoop.advanceTime(by: .seconds(seconds))
    }

    /// Ends the connection from the client's side.
    func cut() {
        channel.close(promise: nil)
        channel.embeddedEventLoop.run()
    }

    func stop() {
        for channel in registry.stop() {
            channel.pipeline.fireUserInboundEventTriggered(ConnectionEvent.stop)
        }
    }

    /// What was sent to the client since the last call.
    func takeOutput() throws -> String {
        var output = ""
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { output += String(buffer: buffer) }
        return output
    }

    /// The answers since the last call.
    func answers() throws -> [TestAnswer] { TestAnswer.all(in: try takeOutput()) }

    /// The only answer since the last call.
    func answer() throws -> TestAnswer? {
        let answers = try answers()
        return answers.count == 1 ? answers.first : nil
    }
}
