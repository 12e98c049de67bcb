import NIOCore
import NIOEmbedded
import NIOHTTP1
import Settings

@testable import Daemon

/// A guarded connection without a socket, whose time passes when it is told to.
struct GuardedBench {
    let channel: EmbeddedChannel
    let connection: ConnectionGuard

    private let requests = RequestRecorder()

    /// Ten seconds for a head, thirty for a body, a minute between requests.
    static var limits: ConnectionLimits {
        var limits = IngestLimits()
        limits.idleTimeout = .seconds(60)
        return .admin(limits)
    }

    init(
        _ limits: ConnectionLimits = limits,
        roster: ConnectionRoster = ConnectionRoster(connectionsMax: 64)
    ) throws {
        channel = EmbeddedChannel()
        connection = ConnectionGuard(limits: limits, roster: roster)
        _ = roster.admit(channel)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandlers([
            connection, HTTPResponseEncoder(), ByteToMessageHandler(HTTPRequestDecoder()),
            RequestObserver(connection), requests,
        ])
        connection.open()
    }

    /// The paths of the requests whose heads got through.
    var heads: [String] { requests.heads }

    /// Has the client send text.
    func send(_ text: String) throws { try channel.writeInbound(ByteBuffer(string: text)) }

    /// Lets time pass.
    func wait(_ time: TimeAmount) { channel.embeddedEventLoop.advanceTime(by: time) }

    /// Has the daemon answer a request.
    func answer() throws {
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: ["Content-Length": "0"])
        try channel.writeOutbound(HTTPServerResponsePart.head(head))
        try channel.writeOutbound(HTTPServerResponsePart.end(nil))
    }

    /// What the client has got since the last time.
    func received() throws -> String {
        var text = ""
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
        return text
    }
}

/// Notes what comes out of the decoder.
private final class RequestRecorder: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private(set) var heads: [String] = []

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = Self.unwrapInboundIn(data) { heads.append(head.uri) }
    }

    /// The decoder does not like to be cut off.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
