import NIOCore
import NIOPosix

/// A connection that says exactly what it is told to, and hears when the other side ends it.
struct RawConnection: Sendable {
    private let channel: any Channel
    private let answer: EventLoopFuture<String>

    /// Connects to a base such as `http://127.0.0.1:8788`.
    init(to base: String) async throws {
        let parts = base.dropFirst("http://".count).split(separator: ":")
        let (host, port) = (String(parts[0]), Int(parts[1]) ?? 0)
        try await self.init { try await $0.connect(host: host, port: port).get() }
    }

    /// Connects to a Unix socket.
    init(toSocket path: String) async throws {
        try await self.init { try await $0.connect(unixDomainSocketPath: path).get() }
    }

    private init(_ connect: (ClientBootstrap) async throws -> any Channel) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let end = group.any().makePromise(of: String.self)
        let bootstrap = ClientBootstrap(group: group).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(Collector(end))
            }
        }
        answer = end.futureResult
        do {
            channel = try await connect(bootstrap)
        } catch {
            end.fail(error)
            throw error
        }
    }

    /// Sends text.
    func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }

    /// Waits until the other side has ended the connection, and returns what it had said.
    func end() async throws -> String { try await answer.get() }
}

private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let end: EventLoopPromise<String>
    private var text = ""

    init(_ end: EventLoopPromise<String>) { self.end = end }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        text += String(buffer: Self.unwrapInboundIn(data))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelInactive(context: ChannelHandlerContext) { end.succeed(text) }
}

/// Answers everything at a Unix socket with the same bytes.
struct CannedServer: Sendable {
    private let channel: any Channel

    init(at path: String, answer: String) async throws {
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(CannedAnswer(answer))
                }
            }
            .bind(unixDomainSocketPath: path).get()
    }

    func close() async throws { try await channel.close() }
}

private final class CannedAnswer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: String
    private var request = ""

    init(_ answer: String) { self.answer = answer }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        request += String(buffer: Self.unwrapInboundIn(data))
        guard request.hasSuffix("}") else { return }
        context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
    }
}
