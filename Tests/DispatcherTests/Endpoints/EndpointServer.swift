import Dispatcher
import Events
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// An HTTP server on loopback that keeps what it gets and answers by a script.
final class EndpointServer: Sendable {
    /// One answer, as it goes over the wire.
    struct Answer: Sendable {
        /// What is sent.
        var text: String
        /// What follows.
        var end = End.keepsOpen

        /// What follows the text.
        enum End: Sendable {
            case keepsOpen
            case closes
            /// The text is followed by bytes until the client has had enough.
            case neverEnds
        }

        /// A whole answer with a length.
        static func status(_ line: String, _ headers: [String] = [], body: String = "") -> Answer {
            let head = ["HTTP/1.1 \(line)"] + headers + ["content-length: \(body.utf8.count)"]
            return Answer(text: head.joined(separator: "\r\n") + "\r\n\r\n" + body)
        }

        /// No answer at all.
        static let hangs = Answer(text: "")
        /// The plainest success.
        static let ok = Answer.status("200 OK")
    }

    /// A request that came whole.
    struct Request: Sendable {
        let method: HTTPMethod
        let uri: String
        let headers: HTTPHeaders
        let body: [UInt8]
        /// Which connection it came over, from 1.
        let connection: Int
    }

    /// Every request, as it comes; each is given once.
    let requests: AsyncStream<Request>
    /// The number of every connection that ends; each is given once.
    let closings: AsyncStream<Int>

    fileprivate let requestsEntry: AsyncStream<Request>.Continuation
    fileprivate let closingsEntry: AsyncStream<Int>.Continuation
    fileprivate let state: Mutex<State>
    private let channel = Mutex<(any Channel)?>(nil)

    fileprivate struct State {
        var answers: [Answer]
        var received: [Request] = []
        var connections = 0
        var open: [Int: any Channel] = [:]
    }

    private init(_ answers: [Answer]) {
        (requests, requestsEntry) = AsyncStream.makeStream()
        (closings, closingsEntry) = AsyncStream.makeStream()
        state = Mutex(State(answers: answers))
    }

    /// What has been received so far.
    var received: [Request] { state.withLock { $0.received } }
    /// How many connections there were.
    var connections: Int { state.withLock { $0.connections } }
    /// Where the server listens.
    var port: Int { channel.withLock { $0?.localAddress?.port } ?? 0 }

    /// Runs a server while a body runs.
    ///
    /// - Parameters:
    ///   - answers: One for each request; the last one stays.
    ///   - address: Where to listen.
    ///   - port: The port; 0 for any.
    ///   - tls: Makes it an HTTPS server.
    ///   - body: Uses the server.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws, or an error if the server cannot listen.
    static func run<Value>(
        _ answers: [Answer],
        on address: String = "127.0.0.1",
        port: Int = 0,
        tls: NIOSSLContext? = nil,
        _ body: (EndpointServer) async throws -> Value
    ) async throws -> Value {
        let server = EndpointServer(answers)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
                    try pipeline.addHandler(EndpointServerHandler(server))
                }
            }
            .bind(host: address, port: port).get()
        server.channel.withLock { $0 = channel }
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(server))
        } catch {
            result = .failure(error)
        }
        try await channel.close().get()
        for connection in server.state.withLock({ $0.open.values }) { connection.close(promise: nil) }
        return try result.get()
    }

    /// Waits for the next request.
    @discardableResult
    func nextRequest() async -> Request? { await requests.first { _ in true } }

    /// Waits for the next end of a connection.
    @discardableResult
    func nextClosing() async -> Int? { await closings.first { _ in true } }
}

/// One connection of the server; all of it on the connection's event loop.
private final class EndpointServerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let server: EndpointServer
    private var number = 0
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()

    init(_ server: EndpointServer) {
        self.server = server
    }

    func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        number = server.state.withLock { state in
            state.connections += 1
            state.open[state.connections] = channel
            return state.connections
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        server.state.withLock { _ = $0.open.removeValue(forKey: number) }
        server.closingsEntry.yield(number)
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.clear()
        case .body(var part): body.writeBuffer(&part)
        case .end:
            if let head { answer(head, context) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let request = EndpointServer.Request(
            method: head.method,
            uri: head.uri,
            headers: head.headers,
            body: Array(body.readableBytesView),
            connection: number
        )
        let answer = server.state.withLock { state in
            state.received.append(request)
            return state.answers.count > 1 ? state.answers.removeFirst() : state.answers.first
        }
        server.requestsEntry.yield(request)
        guard let answer else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer.text)), promise: nil)
        switch answer.end {
        case .keepsOpen: break
        case .closes: context.close(promise: nil)
        case .neverEnds: goOn(context.channel)
        }
    }

    private func goOn(_ channel: any Channel) {
        let chunk = ByteBuffer(repeating: UInt8(ascii: "x"), count: 16 * 1024)
        channel.writeAndFlush(chunk).assumeIsolated().whenSuccess { self.goOn(channel) }
    }
}
