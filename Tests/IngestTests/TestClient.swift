import NIOCore
import NIOPosix

@testable import Ingest

/// A client that sends raw bytes over a real socket and reads answers.
final class TestClient {
    private let channel: any Channel
    private let input: AsyncStream<String>
    private var text = ""

    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let continuation: AsyncStream<String>.Continuation

        init(_ continuation: AsyncStream<String>.Continuation) { self.continuation = continuation }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            continuation.yield(String(buffer: Self.unwrapInboundIn(data)))
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case ChannelEvent.inputClosed = event { continuation.finish() }
        }

        func channelInactive(context: ChannelHandlerContext) { continuation.finish() }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            continuation.finish()
            context.close(promise: nil)
        }
    }

    init(to address: ListenAddress) async throws {
        let (stream, continuation) = AsyncStream<String>.makeStream()
        input = stream
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Reader(continuation))
                }
            }
        channel =
            switch address {
            case .tcp(let host, let port): try await bootstrap.connect(host: host, port: port).get()
            case .unix(let path): try await bootstrap.connect(unixDomainSocketPath: path).get()
            }
    }

    deinit { channel.close(promise: nil) }

    /// Sends bytes; returns when the system has them all.
    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    /// Sends bytes that may not all find a taker.
    func trySend(_ text: String) {
        channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
    }

    /// The next answer; nil if the connection ends before it.
    func answer() async -> TestAnswer? {
        while true {
            if let answer = TestAnswer.take(from: &text) { return answer }
            guard let more = await next() else { return nil }
            text += more
        }
    }

    /// Whether the server ends the connection without a further byte.
    func isEnded() async -> Bool {
        guard text.isEmpty else { return false }
        return await next() == nil
    }

    private func next() async -> String? {
        for await more in input { return more }
        return nil
    }

    /// Closes the sending side.
    func endOutput() async throws { try await channel.close(mode: .output) }

    func close() async throws { try await channel.close() }
}
