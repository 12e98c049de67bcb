import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Hummingbird's HTTP/1 behind a guard that holds each connection, and all together, to their limits.
///
/// A connection comes to the server as a mere channel, and gets its handlers when it is its turn. Hummingbird
/// would make them at once: then one that the system had accepted when the server stopped, and that nobody
/// ever handled, ended the process (SwiftNIO insists that its writer is finished).
struct GuardedChannel: ServerChildChannel {
    private let http: HTTP1Channel
    private let limits: ConnectionLimits
    private let roster: ConnectionRoster

    /// A connection that is guarded, and reads nothing yet.
    struct Value: ServerChildChannelValue {
        let channel: any Channel
        fileprivate let connection: NIOLoopBound<ConnectionGuard>
    }

    /// The decoder's own limit is above the guard's, which has an answer of its own.
    private static let headerBytesSpare = 4096

    init(responder: @escaping HTTPChannelHandler.Responder, limits: ConnectionLimits) {
        let headerBytesMax = limits.headerBytes + Self.headerBytesSpare
        http = HTTP1Channel(
            responder: responder,
            configuration: HTTP1Channel.Configuration(
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: headerBytesMax,
                    maxHeaderListSize: headerBytesMax
                )
            )
        )
        self.limits = limits
        roster = ConnectionRoster(connectionsMax: limits.connections)
    }

    /// The server for an application.
    static func server(limits: ConnectionLimits) -> HTTPServerBuilder {
        HTTPServerBuilder { GuardedChannel(responder: $0, limits: limits) }
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            guard roster.admit(channel) else {
                channel.close(promise: nil)
                throw ChannelError.operationUnsupported
            }
            channel.closeFuture.whenComplete { [roster] _ in roster.remove(channel) }
            let connection = ConnectionGuard(limits: limits, roster: roster)
            try channel.pipeline.syncOperations.addHandler(connection)
            return Value(
                channel: channel,
                connection: NIOLoopBound(connection, eventLoop: channel.eventLoop)
            )
        }
    }

    func handle(value: Value, logger: Logger) async {
        do {
            let channel = try await value.channel.eventLoop.flatSubmit { [http] in
                Self.complete(value, http, logger)
            }.get()
            await http.handle(value: channel, logger: logger)
        } catch {
            // It was closed before its turn, or its pipeline could not be made.
            value.channel.close(promise: nil)
        }
    }

    private static func complete(
        _ value: Value,
        _ http: HTTP1Channel,
        _ logger: Logger
    ) -> EventLoopFuture<HTTP1Channel.Value> {
        guard value.channel.isActive else {
            return value.channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
        }
        return http.setup(channel: value.channel, logger: logger).map { channel in
            let pipeline = value.channel.pipeline.syncOperations
            let connection = value.connection.value
            do {
                let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
                try pipeline.addHandler(RequestObserver(connection), position: .after(decoder))
                connection.open()
            } catch {
                // Nobody is served unguarded.
                value.channel.close(promise: nil)
            }
            return channel
        }
    }
}
