import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP endpoint on loopback that keeps what it gets and answers as a test says.
final class LoopbackEndpoint: Sendable {
    /// A request that came whole.
    struct Request: Sendable {
        let headers: HTTPHeaders
        let body: [UInt8]
        /// The event's id.
        let event: Int64
        /// The full name of the event's repository.
        let repository: String?
        /// How often this event has come, from 1.
        let ordinal: Int
    }

    /// What is answered.
    struct Answer: Sendable {
        var status = HTTPResponseStatus.ok
        var headers: HTTPHeaders = [:]
        var body = ""

        static let ok = Answer()
        static let failure = Answer(status: .internalServerError)

        /// As it goes over the wire.
        fileprivate var text: String {
            let head = [
                "HTTP/1.1 \(status.code) \(status.reasonPhrase)", "content-length: \(body.utf8.count)",
            ]
            let lines = head + headers.map { "\($0.name): \($0.value)" }
            return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
        }
    }

    /// Decides on an answer, and may take its time.
    typealias Script = @Sendable (Request) async -> Answer

    private let script: Script
    private let other: Answer
    private let state = Mutex(State())
    private let arrivals = LineCollector()

    private struct State {
        var requests: [Request] = []
        var open = 0
        var openMost = 0
        var channel: (any Channel)?
    }

    private struct Event: Decodable {
        struct Repository: Decodable { var fullName: String? }

        var id: Int64
        var repository: Repository?
    }

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - other: The answer to what is no event.
    ///   - script: The answers to events.
    /// - Throws: An error if there is no port.
    init(
        other: Answer = Answer(status: .badRequest),
        _ script: @escaping Script = { _ in .ok }
    ) async throws {
        self.script = script
        self.other = other
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { [weak self] channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
                    try pipeline.addHandler(LoopbackHandler { await self?.answer($0, $1) ?? .failure })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        state.withLock { $0.channel = channel }
    }

    deinit {
        state.withLock { $0.channel }?.close(promise: nil)
    }

    /// Every request so far, in the order in which they came.
    var requests: [Request] { state.withLock { $0.requests } }

    /// The most requests that were open at the same time.
    var openMost: Int { state.withLock { $0.openMost } }

    /// Where it listens.
    var url: String { "http://127.0.0.1:\(state.withLock { $0.channel?.localAddress?.port } ?? 0)/" }

    /// The listener's section of a configuration.
    ///
    /// - Parameter more: Keys beside the address.
    /// - Returns: A mapping in braces.
    func listener(_ more: String...) -> String {
        let address = ["url: \"\(url)\"", "allowAddresses: [\"127.0.0.1\"]"]
        return "{ \((address + more).joined(separator: ", ")) }"
    }

    /// Waits until so many requests have come.
    func wait(forRequests count: Int) async throws {
        try await arrivals.wait { $0.count >= count }
    }

    private func answer(_ head: HTTPRequestHead, _ body: [UInt8]) async -> Answer {
        guard let event = try? JSONDecoder().decode(Event.self, from: Data(body)) else {
            return other
        }
        let request = state.withLock { state in
            let request = Request(
                headers: head.headers,
                body: body,
                event: event.id,
                repository: event.repository?.fullName,
                ordinal: state.requests.count { $0.event == event.id } + 1
            )
            state.requests.append(request)
            state.open += 1
            state.openMost = max(state.openMost, state.open)
            return request
        }
        arrivals.add("\(event.id)")
        let answer = await script(request)
        state.withLock { $0.open -= 1 }
        return answer
    }
}

/// One connection; all of it on the connection's event loop.
private final class LoopbackHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias Answering = @Sendable (HTTPRequestHead, [UInt8]) async -> LoopbackEndpoint.Answer

    private let answering: Answering
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(_ answering: @escaping Answering) {
        self.answering = answering
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, body) = (head, [])
        case .body(let part): body += part.readableBytesView
        case .end: answer(on: context.channel)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(on channel: any Channel) {
        guard let head else { return }
        Task { [answering, body] in
            let answer = await answering(head, body)
            channel.writeAndFlush(ByteBuffer(string: answer.text), promise: nil)
        }
    }
}
